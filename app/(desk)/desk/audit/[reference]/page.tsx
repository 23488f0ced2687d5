import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OneEntry } from '#components/audit/one-entry.tsx'
import { NotOpened } from '#components/ui/not-opened.tsx'
import { loadAuditEntry } from '#lib/features/audit/loaders.ts'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') }
}

interface Props {
  params: Promise<{ reference: string }>
}

export default async function AuditEntryPage({ params }: Props) {
  const { reference } = await params
  const result = await loadAuditEntry(reference)
  if (result.ok) return <OneEntry entry={result.data} />
  if (['forbidden', 'invalid_input', 'not_found'].includes(result.code)) notFound()
  return <NotOpened title={(await getTranslations('audit'))('title')} href={`/desk/audit/${reference}`} refusal={result} />
}
