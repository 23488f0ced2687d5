import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Policy } from '#components/settings/policy.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadSettings } from '#lib/features/settings/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.policy'))('title') }
}

export default async function SettingsPage() {
  const [result, freshFor, t] = await Promise.all([loadSettings(), stepUpSecondsLeft(), getTranslations('settings.policy')])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    return <NotOpened title={t('title')} href="/desk/settings" refusal={result} />
  }
  return (
    <>
      <PageHead title={t('title')}>{t('text')}</PageHead>
      <Policy initial={result.data} freshFor={freshFor} />
    </>
  )
}
