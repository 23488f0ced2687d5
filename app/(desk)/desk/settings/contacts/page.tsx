import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ContactsForm } from '#components/help/contacts-form.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { loadContacts } from '#lib/features/help/loaders.ts'
import { loadPerson } from '#lib/features/sso/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.contacts'))('title') }
}

/** Everybody may read the contacts; the form is for whoever may change them. */
export default async function SettingsContactsPage() {
  const [{ roles }, result, freshFor, t] = await Promise.all([
    loadPerson(),
    loadContacts(),
    stepUpSecondsLeft(),
    getTranslations('settings.contacts'),
  ])
  if (!roles.includes('admin')) notFound()
  if (!result.ok) return <NotOpened title={t('title')} href="/desk/settings/contacts" refusal={result} />
  return (
    <>
      <PageHead title={t('title')}>{t('text')}</PageHead>
      <ContactsForm contacts={result.data} freshFor={freshFor} />
    </>
  )
}
