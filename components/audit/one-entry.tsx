import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { PageHead } from '#components/ui/page-head.tsx'
import { Reference } from '#components/ui/reference.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { AuditDetail } from '#lib/features/audit/schema.ts'
import type { ErrorCode } from '#lib/platform/errors.ts'
import { deviceOf, networkName, whatHappened } from '#lib/platform/i18n/entry-words.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'
import { Outcome } from './outcome.tsx'
import { addressOf, type Place } from './place.ts'
import { fieldsOf, rolesOf, textOf } from './words.ts'

/** An entry with every field that it has. */
export async function OneEntry({ entry }: { entry: AuditDetail }) {
  const [t, did] = await Promise.all([getTranslations('audit'), getTranslations('activity')])
  return (
    <>
      <nav aria-label={t('title')} className="mb-2 flex items-center gap-2 text-ink-3 text-sm">
        <TextLink href={addressOf({})}>{t('title')}</TextLink>
        <ChevronRight />
        <span>{entry.reference}</span>
      </nav>
      <PageHead title={whatHappened(did, entry)} />
      <div className="max-w-208">
        <Who entry={entry} />
        <WrittenDown detail={entry.detail} />
        <InChain rows={entry.rows} />
      </div>
    </>
  )
}

async function Who({ entry }: { entry: AuditDetail }) {
  const [t, errors, format, locale] = await Promise.all([getTranslations('audit'), getTranslations('errors'), getFormat(), getLocale()])
  const { actor, mailbox, code, outcome, ip } = entry
  const [reason, ticket] = [textOf(entry, 'reason'), textOf(entry, 'ticket')]
  const all = (place: Place): ReactNode => <TextLink href={addressOf(place)}>{t('entry.all')}</TextLink>
  const why = code && errors.has(code as ErrorCode) ? errors(code as ErrorCode) : null
  return (
    <Facts>
      <Fact label={t('entry.when')}>
        {format.date(entry.at)} {format.clock(entry.at)}
      </Fact>
      <Fact label={t('entry.operation')} action={all({ operation: entry.operation })}>
        <code>{entry.operation}</code>
      </Fact>
      <Fact label={t('entry.outcome')}>
        <Outcome outcome={outcome} />
        {outcome === 'unknown' && <p>{t('unknownText')}</p>}
        {code && (
          <p>
            {why} <code className="text-ink-3">{code}</code>
          </p>
        )}
      </Fact>
      <Fact label={t('entry.actor')} action={actor.id && all({ actor: actor.id })}>
        {actor.id} <span className="text-ink-3">{[t(`kinds.${actor.kind}`), rolesOf(t, actor.roles)].filter(Boolean).join(' · ')}</span>
      </Fact>
      <Fact label={t('entry.account')} action={mailbox && all({ account: mailbox })}>
        {mailbox ?? t('entry.nobody')}
      </Fact>
      {reason && <Fact label={t('entry.reason')}>{reason}</Fact>}
      {ticket && (
        <Fact label={t('entry.ticket')} action={all({ ticket })}>
          {ticket}
        </Fact>
      )}
      <Fact label={t('entry.from')}>{[networkName(entry, locale), ip].filter(Boolean).join(' · ') || t('entry.nowhere')}</Fact>
      {entry.userAgent && (
        <Fact label={t('entry.device')}>
          {deviceOf(entry)} <span className="block text-ink-3">{entry.userAgent}</span>
        </Fact>
      )}
      <Fact label={t('entry.reference')}>
        <Reference value={entry.reference} />
      </Fact>
    </Facts>
  )
}

async function WrittenDown({ detail }: Pick<AuditDetail, 'detail'>) {
  const t = await getTranslations('audit')
  const fields = fieldsOf(t, detail)
  return (
    <Section title={t('entry.details')}>
      {fields.length === 0 && <p className="py-3 text-ink-2 text-sm">{t('entry.noDetails')}</p>}
      <Facts>
        {fields.map(({ name, label, value }) => (
          <Fact key={name} label={label}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_b'_'c_c'_'d_d']"

/** By its row and its seal anybody finds it again, also in a copy that was kept elsewhere. */
async function InChain({ rows }: Pick<AuditDetail, 'rows'>) {
  const [t, format] = await Promise.all([getTranslations('audit'), getFormat()])
  return (
    <Section title={t('entry.chain')}>
      <Table label={t('entry.chain')} compact wrap fold={FOLD}>
        <thead>
          <Tr>
            <Th className="w-24">{t('entry.row')}</Th>
            <Th className="w-40">{t('entry.phase')}</Th>
            <Th className="w-44">{t('entry.when')}</Th>
            <Th>{t('entry.hash')}</Th>
          </Tr>
        </thead>
        <tbody>
          {rows.map(({ seq, phase, at, hash }) => (
            <Tr key={seq}>
              <Td area="a" figures>
                {format.number(seq)}
              </Td>
              <Td area="b">{t(`entry.phases.${phase}`)}</Td>
              <Td area="c" figures faint>
                {format.date(at)} {format.clock(at)}
              </Td>
              <Td area="d" faint className="[overflow-wrap:anywhere]">
                <code>{hash}</code>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Section>
  )
}
