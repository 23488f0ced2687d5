import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { ActivityEntry } from '#lib/features/activity/schema.ts'
import { whatHappened, whoDidIt, whyItWasDone } from '#lib/platform/i18n/entry-words.ts'
import { getFormat, getTranslations, refusalWords } from '#lib/platform/i18n/server.ts'
import { Outcome } from './outcome.tsx'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'b_b'_'a_d']"

/** The newest entries as somebody else reads them: the owner is not `you`. */
export async function BriefList({ entries }: { entries: ActivityEntry[] }) {
  const [t, format, sentence] = await Promise.all([getTranslations('activity'), getFormat(), refusalWords(true)])
  return (
    <Table label={t('title')} compact wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-32">{t('columns.time')}</Th>
          <Th>{t('columns.what')}</Th>
          <Th className="w-56">{t('columns.who')}</Th>
        </Tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const why = whyItWasDone(t, entry)
          return (
            <Tr key={entry.id}>
              <Td area="a" figures faint>
                <time dateTime={entry.at.toISOString()}>{format.moment(entry.at)}</time>
              </Td>
              <Td area="b" className="[overflow-wrap:anywhere]">
                {whatHappened(t, entry)}
                {why && <p className="mt-0.5 text-ink-2">{why}</p>}
                <Outcome entry={entry} sentence={sentence} />
              </Td>
              <Td area="d" className="text-ink-2 [overflow-wrap:anywhere]">
                {entry.actor.own ? t('who.owner') : whoDidIt(t, entry)}
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
