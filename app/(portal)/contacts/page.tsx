import type { Metadata } from 'next'
import { Contacts } from '#components/contacts/contacts.tsx'
import { placeOf, written } from '#components/contacts/place.ts'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadContactGroups, loadContacts } from '#lib/features/contacts/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ContactsPage({ searchParams }: Props) {
  const asked = await searchParams
  const { query } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const [t, list, groups] = await Promise.all([getTranslations('contacts'), loadContacts(written(query)), loadContactGroups()])
  if (!list.ok) return <NotOpened title={t('title')} href="/contacts" refusal={list} />
  if (!groups.ok) return <NotOpened title={t('title')} href="/contacts" refusal={groups} />
  return (
    <ClientMessages namespaces={['contacts']}>
      <Contacts first={{ query, list: list.data, groups: groups.data, at: Date.now() }} />
    </ClientMessages>
  )
}
