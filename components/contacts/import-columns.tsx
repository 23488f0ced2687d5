'use client'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Section } from '#components/ui/section.tsx'
import { Select } from '#components/ui/select.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { FilePreview } from '#lib/features/contacts/schema.ts'
import type { ColumnField, Mapping } from './column-fields.ts'
import type { Found } from './import-file.ts'
import { ImportFirst } from './import-first.tsx'
import { useFieldOptions } from './use-field-options.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_b'_'c_c'] max-md:[&_tr]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
const SAMPLES = 3

interface Props {
  file: Found
  onMap: (mapping: Mapping) => void
}

/** Which column of the file becomes what, with the first rows; a file without columns shows its first contacts instead. */
export function ImportColumns({ file: { preview, reading, busy }, onMap }: Props) {
  const t = useTranslations('contacts-import.columns')
  const [all, setAll] = useState(false)
  // What is chosen by hand shows at once, and the file is read by it.
  const columns = preview.columns.map((column, at) => ({
    ...column,
    field: reading.mapping ? (reading.mapping[at] ?? null) : column.field,
  }))
  if (columns.length === 0) return <ImportFirst first={preview.first} />
  const numbered = columns.map((column, at) => ({ ...column, at }))
  const empty = numbered.filter((column) => column.empty)
  const shown = all ? numbered : numbered.filter((column) => !column.empty)
  const map = (at: number, field: ColumnField | null) => onMap(columns.map((column, each) => (each === at ? field : column.field)))
  const used = columns.filter(({ field, empty: bare }) => field !== null && !bare).length
  return (
    <section aria-busy={busy}>
      <Section first title={t('title')} action={<Count used={used} all={columns.length} />}>
        <Table label={t('title')} fold={FOLD}>
          <thead>
            <Tr>
              <Th className="w-32">{t('column')}</Th>
              <Th className="w-40">{t('field')}</Th>
              {Array.from({ length: SAMPLES }, (_, at) => (
                <Th key={at}>{t('row', { number: at + 1 })}</Th>
              ))}
            </Tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <Column key={column.at} column={column} onMap={(field) => map(column.at, field)} />
            ))}
          </tbody>
        </Table>
        {empty.length > 0 && (
          <p className="-ml-2 mt-2">
            <Button kind="quiet" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
              {t(all ? 'hideEmpty' : 'showEmpty', { count: empty.length })}
              {!all && <ChevronDown />}
            </Button>
          </p>
        )}
      </Section>
    </section>
  )
}

function Count({ used, all }: { used: number; all: number }) {
  const t = useTranslations('contacts-import.columns')
  return <span className="text-ink-3 text-sm tabular-nums">{t('used', { used, all })}</span>
}

interface ColumnProps {
  column: FilePreview['columns'][number] & { at: number }
  onMap: (field: ColumnField | null) => void
}

function Column({ column: { at, head, field, samples }, onMap }: ColumnProps) {
  const t = useTranslations('contacts-import.columns')
  const options = useFieldOptions()
  const name = head || t('numbered', { number: at + 1 })
  return (
    <Tr>
      <Td area="a" className="truncate">
        <bdi title={name}>{name}</bdi>
      </Td>
      <Td area="b" className="overflow-visible">
        <Select
          label={t('fieldOf', { column: name })}
          labelHidden
          small
          wide
          faint={field === null}
          options={options}
          value={field ?? ''}
          onChange={({ target }) => onMap((target.value || null) as ColumnField | null)}
        />
      </Td>
      {Array.from({ length: SAMPLES }, (_, row) => (
        <Td key={row} area={row === 0 ? 'c' : undefined} wideOnly={row > 0} className="truncate max-md:text-ink-2">
          {samples[row] ? <bdi title={samples[row]}>{samples[row]}</bdi> : <span className="text-ink-3">—</span>}
        </Td>
      ))}
    </Tr>
  )
}
