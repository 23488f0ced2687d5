import type { Metadata } from 'next'
import { PasswordScreen } from '#components/password/password-screen.tsx'
import { newPasswordWords } from '#components/ui/new-password-words.ts'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadPassword } from '#lib/features/password/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('password'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function PasswordPage({ searchParams }: Props) {
  const [result, freshFor, query, site] = await Promise.all([loadPassword(), stepUpSecondsLeft(), searchParams, getSite()])
  if (!result.ok) {
    const t = await getTranslations('password')
    return <NotOpened title={t('title')} href="/password" refusal={result} />
  }
  const words = await newPasswordWords(result.data.rules.policy)
  return (
    <ClientMessages namespaces={['password']}>
      <PasswordScreen state={result.data} words={words} freshFor={freshFor} codesWanted={query.do === 'codes'} hotline={site.hotline} />
    </ClientMessages>
  )
}
