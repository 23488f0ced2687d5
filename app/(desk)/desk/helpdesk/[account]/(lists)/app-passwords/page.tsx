import type { Metadata } from 'next'
import { AppPasswords } from '#components/app-passwords/app-passwords.tsx'
import { loadAppPasswords } from '#lib/features/app-passwords/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'
import { NotListed } from '../not-listed.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('on-behalf'))('lists.app-passwords') }
}

export default async function AccountAppPasswordsPage({ params }: { params: Promise<{ account: string }> }) {
  const { account } = await params
  const result = await loadAppPasswords(account)
  if (!result.ok) {
    const t = await getTranslations('on-behalf')
    return <NotListed title={t('lists.app-passwords')} {...{ account, list: 'app-passwords', refusal: result }} />
  }
  return (
    <ClientMessages onBehalf namespaces={['app-passwords']}>
      <AppPasswords initial={result.data} loadedAt={Date.now()} freshFor={0} wanted={null} from={null} />
    </ClientMessages>
  )
}
