import type { Metadata } from 'next'
import { AppPasswords } from '#components/app-passwords/app-passwords.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadAppPasswords } from '#lib/features/app-passwords/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('app-passwords'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AppPasswordsPage({ searchParams }: Props) {
  const [result, freshFor, query] = await Promise.all([loadAppPasswords(), stepUpSecondsLeft(), searchParams])
  if (!result.ok) {
    const t = await getTranslations('app-passwords')
    return <NotOpened title={t('title')} href="/app-passwords" refusal={result} />
  }
  const from = query.from === 'client-setup' ? query.from : null
  const wanted = query.do === 'generate' || query.do === 'switchOn' ? query.do : null
  return (
    <ClientMessages namespaces={['app-passwords']}>
      <AppPasswords initial={result.data} loadedAt={Date.now()} freshFor={freshFor} wanted={wanted} from={from} />
    </ClientMessages>
  )
}
