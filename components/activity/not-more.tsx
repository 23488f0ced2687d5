'use client'
import { useTranslations } from 'next-intl'
import { Banner } from '#components/ui/banner.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Refused } from './pages.ts'

/** The rows that are there stay; the button below tries again. */
export function NotMore({ error }: { error: Error }) {
  const t = useTranslations('activity')
  const errors = useTranslations('errors')
  const refused = error instanceof Refused ? error : null
  return (
    <div className="mb-4">
      <Banner kind="stop" role="alert" title={t('notMore')}>
        <p>{refused ? errors(refused.code) : t('offline')}</p>
        {refused?.reference && <Reference value={refused.reference} wrong />}
      </Banner>
    </div>
  )
}
