import Link from 'next/link'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { AuditEntry } from '#lib/features/audit/schema.ts'
import { whatHappened } from '#lib/platform/i18n/entry-words.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'
import { Outcome } from './outcome.tsx'
import { entryAddress } from './place.ts'
import { textOf } from './words.ts'

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_a'_'c_b'_'d_d'_'e_e']"

/** What was done, the newest first; each opens under its reference. */
export async function EntryRows({ entries }: { entries: AuditEntry[] }) {
  const [t, did, format] = await Promise.all([getTranslations('audit'), getTranslations('activity'), getFormat()])
  return (
    <Table label={t('title')} compact wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-36">{t('columns.time')}</Th>
          <Th>{t('columns.what')}</Th>
          <Th className="w-52">{t('columns.actor')}</Th>
          <Th className="w-52">{t('columns.account')}</Th>
          <Th className="w-34">{t('columns.reference')}</Th>
        </Tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { id, at, actor, mailbox, reference, outcome } = entry
          const ticket = textOf(entry, 'ticket')
          return (
            <Tr key={id}>
              <Td area="c" figures faint className="max-md:self-start">
                <time dateTime={at.toISOString()}>{format.moment(at)}</time>
              </Td>
              <Td area="a" className="[overflow-wrap:anywhere]">
                {whatHappened(did, entry)}
                {ticket && <span className="ml-2 text-ink-3">{ticket}</span>}
                {outcome !== 'done' && (
                  <span className="ml-2">
                    <Outcome outcome={outcome} />
                  </span>
                )}
              </Td>
              <Td area="d" className="text-ink-2 [overflow-wrap:anywhere]">
                {actor.id || t(`kinds.${actor.kind}`)}
              </Td>
              <Td area="e" className="text-ink-2 [overflow-wrap:anywhere]">
                {mailbox === actor.id ? <span className="max-md:hidden">—</span> : mailbox}
              </Td>
              <Td area="b" className="max-md:text-right">
                <Link href={entryAddress(reference)} prefetch={false}>
                  <code>{reference}</code>
                </Link>
              </Td>
            </Tr>
          )
        })}
      </tbody>
    </Table>
  )
}
