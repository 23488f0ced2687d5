'use client'
import { useTranslations } from 'next-intl'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { FilePreview } from '#lib/features/contacts/schema.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_a'_'d_d']"

interface Props extends Pick<FilePreview, 'faults' | 'faulty'> {
  /** Of the file, where there are several. */
  name?: string
}

/** The rows that stay out, each with its reason. */
export function ImportFaults({ name, faults, faulty }: Props) {
  const t = useTranslations('contacts-import.faults')
  return (
    <>
      {name && (
        <h3 className="mt-2 [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </h3>
      )}
      <Table label={t('label', { count: faulty })} wrap fold={FOLD}>
        <thead>
          <Tr>
            <Th className="w-16" figures end>
              {t('row')}
            </Th>
            <Th className="w-64">{t('text')}</Th>
            <Th>{t('reason')}</Th>
          </Tr>
        </thead>
        <tbody>
          {faults.map(({ row, fault, text }) => (
            <Tr key={row}>
              <Td area="a" figures end faint>
                {row}
              </Td>
              <Td area="b" className="[overflow-wrap:anywhere]">
                <bdi>{text || '—'}</bdi>
              </Td>
              <Td area="d" className="text-ink-2">
                {t(`why.${fault}`)}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {faulty > faults.length && <p className="mt-2 text-ink-3 text-sm">{t('more', { count: faulty - faults.length })}</p>}
    </>
  )
}
