import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Places } from '#components/settings/places.tsx'
import { Tokens } from '#components/tokens/tokens.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadTokens } from '#lib/features/tokens/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tokens'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function TokensPage({ searchParams }: Props) {
  const [result, freshFor, query] = await Promise.all([loadTokens(), stepUpSecondsLeft(), searchParams])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    const t = await getTranslations('tokens')
    return <NotOpened title={t('title')} href="/desk/tokens" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['settings', 'tokens']}>
      <Places />
      <Tokens list={result.data} freshFor={freshFor} wanted={query.do === 'create'} />
    </ClientMessages>
  )
}
