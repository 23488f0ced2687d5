import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Roles } from '#components/settings/roles.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadRoles } from '#lib/features/settings/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.roles'))('title') }
}

export default async function SettingsRolesPage() {
  const [result, freshFor, t] = await Promise.all([loadRoles(), stepUpSecondsLeft(), getTranslations('settings.roles')])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    return <NotOpened title={t('title')} href="/desk/settings/roles" refusal={result} />
  }
  return (
    <>
      <PageHead title={t('title')}>{t('text')}</PageHead>
      <Roles state={result.data} freshFor={freshFor} />
    </>
  )
}
