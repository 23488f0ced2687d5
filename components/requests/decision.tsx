'use client'
import Smartphone from 'lucide-react/icons/smartphone'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Banner } from '#components/ui/banner.tsx'
import { Button } from '#components/ui/button.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import { Stamp } from '#components/ui/stamp.tsx'
import { toast } from '#components/ui/toast.tsx'
import { useFocusOn } from '#components/ui/use-focus-on.ts'
import type { Decision as Decide, Decided, RequestDetail } from '#lib/features/requests/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Opened } from './place.ts'
import { useNameOf } from './state.tsx'
import { type Act, type Acts, useActs } from './use-acts.ts'
import { usePlace } from './use-place.ts'

const DecideDialog = lazy(() => import('./decide-dialog.tsx'))
const StepUp = lazy(() => import('#components/ui/step-up.tsx'))
const HERE = 'request-decision'

interface Props {
  detail: RequestDetail
  opened: Opened
  isFresh: () => boolean
}

/** Whose turn it is and what they can do, or the record of what was decided. */
export function Decision({ detail, opened, isFresh }: Props) {
  const t = useTranslations('requests')
  const told = useTold(detail)
  const focusOn = useFocusOn()
  const acts = useActs(opened, (act, decided) => {
    toast({ text: told(act, decided) })
    focusOn(HERE)
  })
  const [asking, setAsking] = useState<Decide | 'stepUp'>()
  const { addressWith } = usePlace()
  const { may } = detail
  const ask = (decision: Decide) => {
    acts.forget()
    setAsking(decision === 'approve' && !isFresh() ? 'stepUp' : decision)
  }
  const close = () => {
    setAsking(undefined)
    focusOn(HERE)
  }
  const refused = acts.refused?.act === asking ? undefined : acts.refused
  return (
    <div id={HERE} tabIndex={-1} className="mb-6 outline-none">
      {refused && (
        <div className="mb-3">
          <Refusal key={refused.attempt} title={t(`failed.${refused.act}`)} refusal={refused.answer} />
        </div>
      )}
      {may ? (
        <>
          <TwoPeople detail={detail} />
          <Buttons detail={detail} acts={acts} onAsk={ask} />
        </>
      ) : (
        <Record detail={detail} />
      )}
      <Suspense>
        {asking === 'stepUp' && <StepUp help={t('stepUp')} returnTo={addressWith({})} onClose={close} />}
        {asking && asking !== 'stepUp' && <DecideDialog decision={asking} {...{ detail, acts }} onClose={close} />}
      </Suspense>
    </div>
  )
}

/** What was done, in a sentence. */
function useTold({ kind }: RequestDetail) {
  const t = useTranslations('requests.told')
  return (act: Act, { waitsForSecond, count }: Partial<Decided>): string => {
    if (act === 'take' || act === 'giveBack' || act === 'comment') return t(act)
    if (waitsForSecond) return t('first')
    if (count === 0) return t('nothing')
    return act === 'approve' && kind === 'release' ? t('released', { count: count ?? 1 }) : t(act)
  }
}

/** Malware and a phone without proof take two people (T40, T45). */
function TwoPeople({ detail: { kind, firstBy, may } }: Pick<Props, 'detail'>) {
  const t = useTranslations('requests.two')
  const nameOf = useNameOf()
  if (kind !== 'release' && kind !== 'phone_unbinding') return null
  if (may?.approve === 'other_phone')
    return (
      <Banner kind="hold" icon={<Smartphone />} title={t('otherPhone')}>
        {t('otherPhoneText')}
      </Banner>
    )
  const next = may?.approve === 'somebody_else' ? t('somebodyElse') : may?.approve === 'second' ? t('yours') : t('second')
  return (
    <Banner kind="hold" icon={<UsersRound />} title={firstBy ? t('first', { name: nameOf(firstBy) }) : t('title')}>
      {firstBy ? next : t('text')}
    </Banner>
  )
}

interface ButtonsProps {
  detail: RequestDetail
  acts: Acts
  onAsk: (decision: Decide) => void
}

function Buttons({ detail: { kind, may }, acts: { act, busy }, onAsk }: ButtonsProps) {
  const t = useTranslations('requests.acts')
  if (!may) return null
  const { approve } = may
  const shut = approve === 'supervisor' || approve === 'somebody_else' ? approve : null
  return (
    <div className="mt-4 flex flex-wrap gap-x-3 gap-y-2">
      {may.answer && (
        <Button kind="primary" onClick={() => onAsk('answer')}>
          {t('answer')}
        </Button>
      )}
      {!may.answer && approve !== 'other_phone' && (
        <Button kind="primary" disabledReason={shut && t(`not.${shut}`)} onClick={() => onAsk('approve')}>
          {approve === 'first' ? t('recommend') : t(`approve.${kind}`)}
        </Button>
      )}
      {may.refuse && (
        <Button kind="danger" onClick={() => onAsk('refuse')}>
          {t('refuse')}
        </Button>
      )}
      {may.take && (
        <Button busy={busy === 'take'} busyLabel={t('taking')} onClick={() => void act('take')}>
          {t('take')}
        </Button>
      )}
      {may.giveBack && (
        <Button kind="quiet" busy={busy === 'giveBack'} busyLabel={t('givingBack')} onClick={() => void act('giveBack')}>
          {t('giveBack')}
        </Button>
      )}
    </div>
  )
}

/** The record is the receipt: how it was decided, by whom, in words that the owner has read. */
function Record({ detail: { state, firstBy, decidedBy, decidedAt, decision } }: Pick<Props, 'detail'>) {
  const t = useTranslations('requests.record')
  const format = useFormat()
  const nameOf = useNameOf()
  const who = [firstBy, decidedBy].filter((one) => one !== null)
  const names = [...new Set((state === 'approved' ? who : who.slice(-1)).map(nameOf))].join(t('and'))
  return (
    <Stamp
      title={t(state === 'approved' || state === 'refused' ? state : 'done')}
      time={decidedAt && t('when', { when: format.dayAndTime(decidedAt), name: names })}
    >
      {decision && (
        <div className="ui-preview mt-3">
          <p>{decision}</p>
        </div>
      )}
    </Stamp>
  )
}
