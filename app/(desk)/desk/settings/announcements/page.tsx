import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AnnouncedScreen } from '#components/help/announced.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadAnnouncements } from '#lib/features/help/loaders.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.announcements'))('heading') }
}

export default async function SettingsAnnouncementsPage() {
  const [result, t] = await Promise.all([loadAnnouncements(), getTranslations('settings.announcements')])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    return <NotOpened title={t('heading')} href="/desk/settings/announcements" refusal={result} />
  }
  return (
    <>
      <PageHead title={t('heading')}>{t('text')}</PageHead>
      <AnnouncedScreen announcements={result.data.announcements} />
    </>
  )
}
