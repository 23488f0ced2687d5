import { Section, Split } from '#components/ui/section.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { TableSkeleton } from '#components/ui/table.tsx'
import { getTranslations } from '#lib/platform/i18n/server.ts'

const FACTS = ['w-40', 'w-32', 'w-28', 'w-32', 'w-24']

export default async function Loading() {
  const [t, common] = await Promise.all([getTranslations('overview'), getTranslations('common')])
  return (
    <>
      <div className="ui-late mb-5 min-h-13 pt-2" aria-hidden="true">
        <Skeleton className="h-4 w-64 max-w-full" />
        <Skeleton className="mt-4 w-40" />
      </div>
      <Split
        asideLabel={t('facts.title')}
        aside={
          <Section title={t('facts.title')} first>
            <div className="ui-late ui-facts ui-facts-narrow" aria-hidden="true">
              {FACTS.map((width, line) => (
                <div key={line}>
                  <span className="py-1.5">
                    <Skeleton className="w-14" />
                  </span>
                  <span className="py-1.5">
                    <Skeleton className={width} />
                  </span>
                </div>
              ))}
            </div>
          </Section>
        }
      >
        <div className="min-h-18 border-line border-y" />
        <Section title={t('inbox.title')}>
          <TableSkeleton label={common('loading')} columns={['w-30', 'w-36', '', 'w-18']} />
        </Section>
      </Split>
    </>
  )
}
