'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useState, useTransition } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Split } from '#components/ui/section.tsx'
import { Steps } from '#components/ui/steps.tsx'
import type { Flow, PhoneState } from '#lib/features/phone/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { type Bound, BoundNumber } from './bound-number.tsx'
import { CodeForm } from './code-form.tsx'
import { NumberForm } from './number-form.tsx'
import type { Failure } from './outcome.ts'
import { PhoneHelp, type Topics } from './phone-help.tsx'
import { Receipt } from './receipt.tsx'

interface Props {
  state: PhoneState
  /** The person asked to change the number. */
  change: boolean
  country: string
  hotline: string
}

interface Done {
  masked: string
  reference: string
  kind: Flow['kind']
}

export function PhoneScreen({ state: { bound, flow: found, coolingHours }, change, country, hotline }: Props) {
  const router = useRouter()
  const [, start] = useTransition()
  const [flow, setFlow] = useState(found)
  const [number, setNumber] = useState('')
  const [over, setOver] = useState<{ failure?: Failure }>()
  const [done, setDone] = useState<Done>()
  const [moved, setMoved] = useState(false)

  const onSent = useCallback((sent: Flow) => {
    setFlow(sent)
    setOver(undefined)
    setMoved(true)
  }, [])
  const onOver = useCallback((failure?: Failure) => {
    setFlow(null)
    setOver({ failure })
    setMoved(true)
  }, [])
  const onBound = (masked: string, reference: string) =>
    start(() => {
      setDone({ masked, reference, kind: flow?.kind ?? 'bind' })
      setNumber('')
      router.refresh()
    })

  const onKeep = () => {
    setOver(undefined)
    router.replace('/phone')
  }

  if (done) return <Finished done={done} bound={bound} hotline={hotline} />
  const changing = flow ? flow.kind === 'change' : bound !== null
  const asks = flow || over || !bound || (change && !bound.coolingUntil)
  if (!asks) return <Present bound={bound} hotline={hotline} />
  return (
    <Frame step={flow ? 1 : 0} changing={changing} help={changing ? 'change' : 'bind'} hotline={hotline}>
      {flow ? (
        <CodeForm flow={flow} arrived={moved} onResent={onSent} onOver={onOver} onBound={onBound} />
      ) : (
        <NumberForm
          bound={bound?.masked ?? null}
          coolingHours={coolingHours}
          country={country}
          number={number}
          failure={over?.failure}
          arrived={moved}
          onNumber={setNumber}
          onKeep={onKeep}
          onSent={onSent}
        />
      )}
    </Frame>
  )
}

interface FrameProps {
  step: number
  changing: boolean
  help: Topics
  hotline: string
  children: ReactNode
}

function Frame({ step, changing, help, hotline, children }: FrameProps) {
  const t = useTranslations('phone')
  return (
    <>
      <PageHead title={t(changing ? 'changeTitle' : 'title')}>{!changing && t('use')}</PageHead>
      <Steps label={t('steps.label')} items={[t('steps.number'), t('steps.code'), t('steps.done')]} current={step} />
      <Split asideLabel={t('help.label')} aside={<PhoneHelp about={help} hotline={hotline} />}>
        {children}
      </Split>
    </>
  )
}

function Finished({ done, bound, hotline }: { done: Done; bound: Bound | null; hotline: string }) {
  const changed = done.kind === 'change'
  return (
    <Frame step={3} changing={changed} help={changed ? 'cooling' : 'bound'} hotline={hotline}>
      <Receipt {...done} bound={bound} />
    </Frame>
  )
}

function Present({ bound, hotline }: { bound: Bound; hotline: string }) {
  const t = useTranslations('phone')
  const format = useFormat()
  const until = bound.coolingUntil
  const changeFrom = until && t('bound.changeFrom', { until: format.dayAndTime(until) })
  const action = changeFrom ? (
    <Button disabledReason={changeFrom}>{t('bound.change')}</Button>
  ) : (
    <ButtonLink href="/phone?change=1">{t('bound.change')}</ButtonLink>
  )
  return (
    <>
      <PageHead title={t('title')} action={action}>
        {t('bound.text')}
      </PageHead>
      <Split asideLabel={t('help.label')} aside={<PhoneHelp about={until ? 'cooling' : 'bound'} hotline={hotline} />}>
        <BoundNumber bound={bound} />
      </Split>
    </>
  )
}
