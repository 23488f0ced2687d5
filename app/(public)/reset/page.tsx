import type { Metadata } from 'next'
import { AccountStep } from '#components/reset/account-step.tsx'
import { ResetFrame } from '#components/reset/reset-frame.tsx'
import { ResetHelp } from '#components/reset/reset-help.tsx'
import { Banner } from '#components/ui/banner.tsx'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'
import { stepWords } from './step-words.ts'
import { startReset } from './take-step.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reset'))('title'), robots: { index: false, follow: false } }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** The same page and the same answer for every account, whether it exists or not (T1). */
export default async function ResetPage({ searchParams }: Props) {
  const [query, t, errors, steps, { hotline }] = await Promise.all([
    searchParams,
    getTranslations('reset'),
    getTranslations('errors'),
    stepWords(),
    getSite(),
  ])
  const by = query.by === 'pass' ? 'pass' : 'text'
  const words = {
    label: t('account.label'),
    help: t('account.help'),
    button: t(`account.${by}.button`),
    busy: t(`account.${by}.busy`),
    reference: t('reference'),
  }
  return (
    <ResetFrame steps={steps} current={0} help={<ResetHelp about="code" hotline={hotline} />}>
      <h1 className="mb-2 text-2xl">{t('title')}</h1>
      <p className="text-ink-2">{t(`account.${by}.text`)}</p>
      {query.over === '1' && (
        <div className="mt-4">
          <Banner kind="hold" role="status" title={t('over')}>
            {errors('reset_over')}
          </Banner>
        </div>
      )}
      <AccountStep start={startReset} by={by} words={words} />
      <p className="mt-4">
        <a href={by === 'text' ? '/reset?by=pass' : '/reset'}>{t(`account.${by}.other`)}</a>
      </p>
    </ResetFrame>
  )
}
