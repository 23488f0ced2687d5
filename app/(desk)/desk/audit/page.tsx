import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { AuditLog } from '#components/audit/audit-log.tsx'
import { placeOf } from '#components/audit/place.ts'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadAudit, loadChain } from '#lib/features/audit/loaders.ts'
import { ClientMessages } from '#lib/platform/i18n/client-messages.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') }
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AuditLogPage({ searchParams }: Props) {
  const place = placeOf(await searchParams)
  const [result, chain] = await Promise.all([loadAudit(place), loadChain()])
  const wrong = !result.ok && result.code === 'invalid_input' ? (result.fields ?? []) : []
  if (!result.ok && wrong.length === 0) {
    if (result.code === 'forbidden') notFound()
    return <NotOpened title={(await getTranslations('audit'))('title')} href="/desk/audit" refusal={result} />
  }
  const operations = OPERATIONS.map(({ name }) => name).sort()
  return (
    <ClientMessages namespaces={['audit']}>
      <AuditLog
        page={result.ok ? result.data : null}
        wrong={wrong}
        chain={chain.ok ? chain.data : null}
        place={place}
        operations={operations}
      />
    </ClientMessages>
  )
}
