import type { Metadata } from 'next'
import { ImportPage } from '#components/contacts/import-page.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadContactGroups, loadFilePreview, loadImports } from '#lib/features/contacts/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts-import'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const MOST_FILES = 10

export default async function ContactsImportPage({ searchParams }: Props) {
  const asked = await searchParams
  const files = [asked.file].flat().filter((file) => file !== undefined)
  const [t, groups, recent, ...previews] = await Promise.all([
    getTranslations('contacts-import'),
    loadContactGroups(),
    loadImports(),
    ...files.slice(0, MOST_FILES).map(loadFilePreview),
  ])
  if (!groups.ok) return <NotOpened title={t('title')} href="/contacts/import" refusal={groups} />
  return (
    <ClientMessages namespaces={['contacts', 'contacts-import']}>
      <ImportPage
        // What is too old to be kept is chosen anew.
        kept={previews.flatMap((preview) => (preview.ok ? [preview.data] : []))}
        groups={groups.data}
        recent={recent.ok ? recent.data.imports : []}
      />
    </ClientMessages>
  )
}
