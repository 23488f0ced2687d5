'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Fact, Facts } from '#components/ui/facts.tsx'
import type { NewPasswordWords } from '#components/ui/new-password.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Section, Split } from '#components/ui/section.tsx'
import { useFresh } from '#components/ui/use-fresh.ts'
import type { Changed, PasswordState } from '#lib/features/password/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { ChangeForm } from './change-form.tsx'
import { IfForgotten } from './if-forgotten.tsx'
import { PasswordHelp } from './password-help.tsx'
import { Receipt } from './receipt.tsx'

interface Props {
  state: PasswordState
  words: NewPasswordWords
  /** For how many seconds the last sign-in still counts as recent. */
  freshFor: number
  /** The person comes back from the identity provider, to make recovery codes. */
  codesWanted: boolean
  hotline: string
}

export function PasswordScreen({ state, words, freshFor, codesWanted, hotline }: Props) {
  const t = useTranslations('password')
  const router = useRouter()
  const isFresh = useFresh(freshFor)
  const [done, setDone] = useState<{ changed: Changed; reference: string }>()
  const onChanged = (changed: Changed, reference: string) => {
    setDone({ changed, reference })
    router.refresh()
  }
  return (
    <>
      <PageHead title={t('title')}>{t('text')}</PageHead>
      <Split asideLabel={t('help.label')} aside={<PasswordHelp hotline={hotline} />}>
        {done ? (
          <Receipt {...done} />
        ) : (
          <>
            <Present state={state} />
            <Section title={t('change.title')}>
              <ChangeForm rules={state.rules} words={words} isFresh={isFresh} onChanged={onChanged} />
            </Section>
          </>
        )}
        <IfForgotten state={state} isFresh={isFresh} wanted={codesWanted} onMade={() => router.refresh()} />
      </Split>
    </>
  )
}

function Present({ state: { changedAt, ageDays, expiresAt } }: { state: PasswordState }) {
  const t = useTranslations('password.present')
  const format = useFormat()
  return (
    <Section title={t('title')} first>
      <Facts>
        <Fact label={t('changed')}>
          {changedAt && ageDays !== null ? t('changedOn', { day: format.day(changedAt), days: ageDays }) : t('unknown')}
        </Fact>
        {expiresAt && (
          <Fact label={t('expires')}>
            {t('expiresOn', { day: format.day(expiresAt), days: Math.max(0, format.daysFromNow(expiresAt)) })}
          </Fact>
        )}
      </Facts>
    </Section>
  )
}
