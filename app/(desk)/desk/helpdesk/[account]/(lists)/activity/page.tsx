import type { Metadata } from 'next'
import { ActivityList } from '#components/activity/activity-list.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadActivity } from '#lib/features/activity/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { NotListed } from '../not-listed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('on-behalf'))('lists.activity') }
}

/** Never empty: that staff look is an entry, too. */
export default async function AccountActivityPage({ params }: { params: Promise<{ account: string }> }) {
  const [{ account }, t] = await Promise.all([params, getTranslations('on-behalf')])
  const result = await loadActivity(account)
  if (!result.ok) return <NotListed title={t('lists.activity')} {...{ account, list: 'activity', refusal: result }} />
  return (
    <>
      <PageHead title={t('lists.activity')}>{t('activity')}</PageHead>
      <ClientMessages onBehalf namespaces={['activity']}>
        <ActivityList first={result.data} />
      </ClientMessages>
    </>
  )
}
