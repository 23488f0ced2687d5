import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DnsScreen } from '#components/client-setup/dns-screen.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadDns } from '#lib/features/client-setup/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('client-setup.dns'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ClientDnsPage({ searchParams }: Props) {
  const { domain } = await searchParams
  const result = await loadDns(typeof domain === 'string' ? domain : undefined)
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    const t = await getTranslations('client-setup.dns')
    return <NotOpened title={t('title')} href="/client-setup/dns" refusal={result} />
  }
  return (
    <ClientMessages namespaces={[]}>
      <DnsScreen dns={result.data} />
    </ClientMessages>
  )
}
