import type { Metadata } from 'next'
import { placeOf } from '#components/received/place.ts'
import { Received } from '#components/received/received.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadReceived } from '#lib/features/received/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('received'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ReceivedPage({ searchParams }: Props) {
  const asked = await searchParams
  const { query } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const result = await loadReceived(query)
  if (!result.ok) {
    const t = await getTranslations('received')
    return <NotOpened title={t('title')} href="/received" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['received', 'filter-reasons']}>
      <Received first={{ query, page: result.data, at: Date.now() }} />
    </ClientMessages>
  )
}
