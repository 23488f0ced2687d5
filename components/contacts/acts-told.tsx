'use client'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Refusal } from '#components/ui/refusal.tsx'
import type { Acts } from './use-acts.ts'

/** What was not done. What was done is told by a toast. */
export function ActsTold({ acts: { refused, left } }: { acts: Acts }) {
  const t = useTranslations('contacts.acts')
  return (
    <div className="mb-5 empty:hidden">
      {refused && <Refusal key={refused.attempt} title={refused.title} refusal={refused.answer} />}
      {!refused && left > 0 && (
        <Banner kind="hold" role="status" title={t('left', { count: left })}>
          {t('leftText')}
        </Banner>
      )}
    </div>
  )
}
