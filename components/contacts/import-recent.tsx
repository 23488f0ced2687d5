'use client'
import { useTranslations } from 'next-intl'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ImportReport } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_e'_'c_c'_'a_a']"

/** The imports of the last days: each can be looked at, and undone while it still can. */
export function ImportRecent({ imports }: { imports: ImportReport[] }) {
  const t = useTranslations('contacts-import.recent')
  const format = useFormat()
  return (
    <Table label={t('title')} fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-36">{t('when')}</Th>
          <Th>{t('files')}</Th>
          <Th className="w-48">{t('outcome')}</Th>
          <Th className="w-20" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {imports.map(({ id, startedAt, files, state, added, changed }) => (
          <Tr key={id}>
            <Td area="a" figures faint>
              <time dateTime={startedAt.toISOString()}>{format.moment(startedAt)}</time>
            </Td>
            <Td area="b" className="truncate">
              <bdi>{files.map(({ name }) => name).join(', ')}</bdi>
            </Td>
            <Td area="c">{t(`state.${state}`, { count: added + changed })}</Td>
            <Td area="e" action>
              <TextLink href={`/contacts/import/${id}`}>{t('show')}</TextLink>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
