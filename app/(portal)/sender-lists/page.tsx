import type { Metadata } from 'next'
import { SenderLists } from '#components/sender-lists/sender-lists.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadSenderLists } from '#lib/features/sender-lists/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sender-lists'))('title') }
}

export default async function SenderListsPage() {
  const result = await loadSenderLists()
  if (!result.ok) {
    const t = await getTranslations('sender-lists')
    return <NotOpened title={t('title')} href="/sender-lists" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['sender-lists']}>
      <SenderLists initial={result.data} loadedAt={Date.now()} />
    </ClientMessages>
  )
}
