import type { Metadata } from 'next'
import { placeOf } from '#components/sent/place.ts'
import { Sent } from '#components/sent/sent.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadSent } from '#lib/features/sent/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sent'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SentPage({ searchParams }: Props) {
  const asked = await searchParams
  const { query } = placeOf({ get: (name) => [asked[name]].flat()[0] ?? null })
  const [result, freshFor] = await Promise.all([loadSent(query), stepUpSecondsLeft()])
  if (!result.ok) {
    const t = await getTranslations('sent')
    return <NotOpened title={t('title')} href="/sent" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['sent']}>
      <Sent first={{ query, page: result.data, at: Date.now() }} freshFor={freshFor} recallWanted={asked.do === 'recall'} />
    </ClientMessages>
  )
}
