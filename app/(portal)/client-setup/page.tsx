import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ClientSetupScreen } from '#components/client-setup/client-setup-screen.tsx'
import { clientFor } from '#components/client-setup/guides.ts'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadClientSetup } from '#lib/features/client-setup/loaders.ts'
import { env } from '#lib/platform/env.ts'
import { pageCaller, stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { describeUserAgent } from '#lib/platform/user-agent.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('client-setup'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ClientSetupPage({ searchParams }: Props) {
  const [result, freshFor, query, sent, { actor }] = await Promise.all([
    loadClientSetup(),
    stepUpSecondsLeft(),
    searchParams,
    headers(),
    pageCaller(),
  ])
  if (!result.ok) {
    const t = await getTranslations('client-setup')
    return <NotOpened title={t('title')} href="/client-setup" refusal={result} />
  }
  const client = clientFor(query.client, describeUserAgent(sent.get('user-agent')).system)
  return (
    <ClientMessages namespaces={['client-setup']}>
      <ClientSetupScreen
        setup={result.data}
        client={client}
        pageUrl={`${env().PUBLIC_URL}/client-setup?client=${client}`}
        freshFor={freshFor}
        profileWanted={query.do === 'profile'}
        isAdmin={actor.kind === 'staff' && actor.roles.includes('admin')}
      />
    </ClientMessages>
  )
}
