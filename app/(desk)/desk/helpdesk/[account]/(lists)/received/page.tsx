import type { Metadata } from 'next'
import { placeOf } from '#components/received/place.ts'
import { Received } from '#components/received/received.tsx'
import { loadReceived } from '#lib/features/received/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { NotListed } from '../not-listed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('on-behalf'))('lists.received') }
}

interface Props {
  params: Promise<{ account: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AccountReceivedPage({ params, searchParams }: Props) {
  const [{ account }, asked] = await Promise.all([params, searchParams])
  const { query } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const result = await loadReceived(query, account)
  if (!result.ok) {
    const t = await getTranslations('on-behalf')
    return <NotListed title={t('lists.received')} {...{ account, list: 'received', refusal: result }} />
  }
  return (
    <ClientMessages onBehalf namespaces={['received', 'filter-reasons']}>
      <Received first={{ query, page: result.data, at: Date.now() }} />
    </ClientMessages>
  )
}
