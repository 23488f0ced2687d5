import Download from 'lucide-react/icons/download'
import History from 'lucide-react/icons/history'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ActivityList } from '#components/activity/activity-list.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadActivity } from '#lib/features/activity/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('activity'))('title') }
}

export default async function ActivityPage() {
  const [result, t] = await Promise.all([loadActivity(), getTranslations('activity')])
  if (!result.ok) return <NotOpened title={t('title')} href="/activity" refusal={result} />
  if (result.data.entries.length === 0) {
    return (
      <Frame>
        <Empty icon={<History />} title={t('emptyTitle')}>
          {t('emptyText')}
        </Empty>
      </Frame>
    )
  }
  return (
    <Frame exportable>
      <ClientMessages namespaces={['activity']}>
        <ActivityList first={result.data} />
      </ClientMessages>
    </Frame>
  )
}

async function Frame({ exportable, children }: { exportable?: boolean; children: ReactNode }) {
  const t = await getTranslations('activity')
  const download = (
    <a href="/activity/export" className={buttonClass()}>
      <Download />
      {t('export')}
    </a>
  )
  return (
    <>
      <PageHead title={t('title')} action={exportable && download}>
        {t('text')}
      </PageHead>
      {children}
    </>
  )
}
