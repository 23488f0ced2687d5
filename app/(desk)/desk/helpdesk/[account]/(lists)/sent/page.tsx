import type { Metadata } from 'next'
import { placeOf } from '#components/sent/place.ts'
import { Sent } from '#components/sent/sent.tsx'
import { loadSent } from '#lib/features/sent/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { NotListed } from '../not-listed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('on-behalf'))('lists.sent') }
}

interface Props {
  params: Promise<{ account: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AccountSentPage({ params, searchParams }: Props) {
  const [{ account }, asked] = await Promise.all([params, searchParams])
  const { query } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const result = await loadSent(query, account)
  if (!result.ok) {
    const t = await getTranslations('on-behalf')
    return <NotListed title={t('lists.sent')} {...{ account, list: 'sent', refusal: result }} />
  }
  return (
    <ClientMessages onBehalf namespaces={['sent']}>
      <Sent first={{ query, page: result.data, at: Date.now() }} freshFor={0} recallWanted={false} />
    </ClientMessages>
  )
}
