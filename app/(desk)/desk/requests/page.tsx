import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { placeOf } from '#components/requests/place.ts'
import { Requests } from '#components/requests/requests.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadRequests } from '#lib/features/requests/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('requests'))('title.page') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RequestsPage({ searchParams }: Props) {
  const asked = await searchParams
  const { query } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const [result, freshFor] = await Promise.all([loadRequests(query), stepUpSecondsLeft()])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    const t = await getTranslations('requests')
    return <NotOpened onBehalf title={t('title.page')} href="/desk/requests" refusal={result} />
  }
  return (
    <ClientMessages onBehalf namespaces={['requests', 'help']}>
      <Requests first={{ query, page: result.data, at: Date.now() }} freshFor={freshFor} />
    </ClientMessages>
  )
}
