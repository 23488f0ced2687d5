import type { Metadata } from 'next'
import { Sessions } from '#components/sso/sessions.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadSessions } from '#lib/features/sso/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('sso'))('sessions.title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function SessionsPage({ searchParams }: Props) {
  const [result, { check }] = await Promise.all([loadSessions(), searchParams])
  if (!result.ok) {
    const t = await getTranslations('sso')
    return <NotOpened title={t('sessions.title')} href="/sso" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['sso']}>
      <Sessions sessions={result.data} check={typeof check === 'string' ? check : null} />
    </ClientMessages>
  )
}
