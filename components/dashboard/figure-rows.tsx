import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { DrillPage, Row } from '#lib/features/dashboard/schema.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'
import { countryName, operationName, type Words } from './words.ts'

type Key = Parameters<Words>[0]

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_a'_'c_c'_'d_d']"

/** The list behind a number: entries of the audit, texts, or held mail. */
export async function FigureRows({ page: { list, rows } }: { page: DrillPage }) {
  const [t, format, locale] = await Promise.all([getTranslations('dashboard'), getFormat(), getLocale()])
  if (rows.length === 0) return <p className="max-w-measure py-3 text-ink-2">{t('drill.none')}</p>
  const isText = list === 'texts'
  return (
    <Table label={t('drill.list')} compact fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-36">{t('drill.time')}</Th>
          <Th className="w-56">{t(isText ? 'drill.number' : 'drill.who')}</Th>
          {isText && <Th className="w-28">{t('drill.country')}</Th>}
          <Th>{t(isText ? 'drill.receipt' : list === 'held' ? 'drill.verdict' : 'drill.what')}</Th>
          {!isText && <Th className="w-40">{t(list === 'held' ? 'drill.state' : 'drill.reference')}</Th>}
        </Tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Tr key={index}>
            <Td area="a" figures faint>
              {format.moment(row.at)}
            </Td>
            <Td area="b" figures className="truncate">
              {row.who ?? t('drill.nobody')}
            </Td>
            {isText && <Td wideOnly>{countryName(t, locale, row.country)}</Td>}
            <Td area="c" className="truncate">
              {said(t, list, row)}
            </Td>
            {!isText && (
              <Td area="d" faint>
                {list === 'held' ? word(t, 'heldStates', row.reason) : <code>{row.reference}</code>}
              </Td>
            )}
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function said(t: Words, list: DrillPage['list'], { what, reason }: Row): string {
  if (list === 'audit') return operationName(t, what)
  if (list === 'held') return word(t, 'verdicts', what)
  return [word(t, 'textStates', what), word(t, 'textReasons', reason)].filter(Boolean).join(' · ')
}

function word(t: Words, group: string, name: string | null): string {
  const key = `${group}.${name}` as Key
  return name === null ? '' : t.has(key) ? t(key) : name
}
