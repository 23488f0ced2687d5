import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const common = await getTranslations('common')
  return <TableSkeleton label={common('loading')} columns={['w-36', '', 'w-36']} rows={8} />
}
