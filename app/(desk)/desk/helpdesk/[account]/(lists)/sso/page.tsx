import type { Metadata } from 'next'
import { Sessions } from '#components/sso/sessions.tsx'
import { loadSessions } from '#lib/features/sso/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { NotListed } from '../not-listed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('on-behalf'))('lists.sso') }
}

export default async function AccountSessionsPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params
  const result = await loadSessions(account)
  if (!result.ok) {
    const t = await getTranslations('on-behalf')
    return <NotListed title={t('lists.sso')} {...{ account, list: 'sso', refusal: result }} />
  }
  return (
    <ClientMessages onBehalf namespaces={['sso']}>
      <Sessions sessions={result.data} check={null} />
    </ClientMessages>
  )
}
