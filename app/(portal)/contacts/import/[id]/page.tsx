import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ImportShown } from '#components/contacts/import-shown.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadImport } from '#lib/features/contacts/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contacts-import'))('title') }
}

export default async function OneImportPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const result = await loadImport(id)
  if (!result.ok) {
    if (result.code === 'not_found' || result.code === 'invalid_input') notFound()
    const t = await getTranslations('contacts-import')
    return <NotOpened title={t('title')} href={`/contacts/import/${id}`} refusal={result} />
  }
  return (
    <ClientMessages namespaces={['contacts-import']}>
      <ImportShown first={result.data} />
    </ClientMessages>
  )
}
