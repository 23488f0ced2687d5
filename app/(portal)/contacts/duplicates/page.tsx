import type { Metadata } from 'next'
import { Duplicates } from '#components/contacts/duplicates.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadDuplicates } from '#lib/features/contacts/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts'))('duplicate.title') }
}

export default async function DuplicatesPage() {
  const result = await loadDuplicates()
  if (!result.ok) {
    const t = await getTranslations('contacts')
    return <NotOpened title={t('duplicate.title')} href="/contacts/duplicates" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['contacts']}>
      <Duplicates first={result.data} at={Date.now()} />
    </ClientMessages>
  )
}
