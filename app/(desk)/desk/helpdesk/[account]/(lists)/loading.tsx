import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const t = await getTranslations('common')
  return <TableSkeleton label={t('loading')} columns={['w-24', 'w-44', '', 'w-40']} rows={10} />
}
