import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Places } from '#components/settings/places.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { Webhooks } from '#components/webhooks/webhooks.tsx'
import { loadWebhooks } from '#lib/features/webhooks/loaders.ts'
import { stepUpSecondsLeft } from '#lib/platform/faces/action.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('webhooks'))('title') }
}

/** What to open again after the way to the identity provider. */
function wantedOf({ do: act, id }: Record<string, string | string[] | undefined>) {
  if (act === 'create') return { kind: act } as const
  const kind = (['events', 'rotate', 'on', 'off', 'remove'] as const).find((one) => one === act)
  return kind && typeof id === 'string' ? { kind, id } : null
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function WebhooksPage({ searchParams }: Props) {
  const [result, freshFor, query] = await Promise.all([loadWebhooks(), stepUpSecondsLeft(), searchParams])
  if (!result.ok) {
    if (result.code === 'forbidden') notFound()
    const t = await getTranslations('webhooks')
    return <NotOpened title={t('title')} href="/desk/webhooks" refusal={result} />
  }
  return (
    <ClientMessages namespaces={['settings', 'webhooks']}>
      <Places />
      <Webhooks list={result.data} freshFor={freshFor} wanted={wantedOf(query)} />
    </ClientMessages>
  )
}
