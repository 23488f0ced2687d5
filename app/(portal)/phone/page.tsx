import type { Metadata } from 'next'
import { PhoneScreen } from '#components/phone/phone-screen.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadPhone } from '#lib/features/phone/loaders.ts'
import { env } from '#lib/platform/env.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getLocale, getSite, getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('phone'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function PhonePage({ searchParams }: Props) {
  const [result, { change }, t, locale, site] = await Promise.all([
    loadPhone(),
    searchParams,
    getTranslations('phone'),
    getLocale(),
    getSite(),
  ])
  if (!result.ok) return <NotOpened title={t('title')} href="/phone" refusal={result} />
  const country = new Intl.DisplayNames([locale], { type: 'region' }).of(env().DEFAULT_COUNTRY) ?? env().DEFAULT_COUNTRY
  return (
    <ClientMessages namespaces={['phone']}>
      <PhoneScreen state={result.data} change={change === '1'} country={country} hotline={site.hotline} />
    </ClientMessages>
  )
}
