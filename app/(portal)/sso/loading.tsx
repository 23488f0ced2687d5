import { PageHead } from '#components/ui/page-head.tsx'
import { Section } from '#components/ui/section.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('sso.sessions'), getTranslations('common')])
  return (
    <>
      <PageHead title={t('title')}>{t('intro')}</PageHead>
      <Section first title={t('live.title')}>
        <TableSkeleton label={common('loading')} columns={['w-44', '', 'w-36', 'w-36', 'w-24']} rows={2} />
      </Section>
      <Section title={t('recent.title')}>
        <TableSkeleton label={common('loading')} columns={['w-36', 'w-44', '', 'w-44']} />
      </Section>
    </>
  )
}
