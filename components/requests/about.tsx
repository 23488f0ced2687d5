'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Fact, Facts } from '#components/ui/facts.tsx'
import { Section } from '#components/ui/section.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { RequestDetail } from '#lib/features/requests/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useNameOf } from './state.tsx'

/** What it is about, in the words of whoever asked. */
export function About({ detail }: { detail: RequestDetail }) {
  const t = useTranslations('requests.about')
  const { kind, words, mails } = detail
  return (
    <>
      <Section first title={t(`words.${kind}`)}>
        <div className="ui-preview my-3">
          <p>{words}</p>
        </div>
        <Circumstances detail={detail} />
      </Section>
      {mails.length > 0 && (
        <Section title={t('mails')} count={t('mailCount', { count: mails.length })}>
          <Mails mails={mails} />
        </Section>
      )}
    </>
  )
}

function Circumstances({ detail: { requestedBy, ticket, createdAt, takenBy, message } }: { detail: RequestDetail }) {
  const t = useTranslations('requests.about')
  const topic = useTranslations('help.topic')
  const format = useFormat()
  const nameOf = useNameOf()
  const fact = (name: 'topic' | 'reference' | 'wrong' | 'page' | 'browser' | 'recent' | 'ticket', value: ReactNode) =>
    value ? <Fact label={t(name)}>{value}</Fact> : null
  return (
    <Facts narrow>
      <Fact label={t('by')}>{requestedBy ? t('agent', { name: nameOf(requestedBy) }) : t('owner')}</Fact>
      {fact('ticket', ticket && <Code>{ticket}</Code>)}
      <Fact label={t('at')}>
        <time dateTime={createdAt.toISOString()}>{format.moment(createdAt)}</time>
      </Fact>
      {takenBy && <Fact label={t('takenBy')}>{nameOf(takenBy)}</Fact>}
      {message && (
        <>
          {fact('topic', topic(message.topic))}
          {fact('reference', <Code>{message.reference}</Code>)}
          {fact('wrong', message.about && <Code>{message.about}</Code>)}
          {fact('page', message.page && <Code>{message.page}</Code>)}
          {fact('browser', message.browser)}
          {fact('recent', message.recent.length > 0 && <Code>{message.recent.join(' ')}</Code>)}
        </>
      )}
    </Facts>
  )
}

const Code = ({ children }: { children: ReactNode }) => <code className="text-sm [overflow-wrap:anywhere]">{children}</code>

const FOLD = "max-md:[&_tr]:[grid-template-areas:'a_b'_'c_d']"

/** Sender and size, never a subject. */
function Mails({ mails }: Pick<RequestDetail, 'mails'>) {
  const t = useTranslations('requests.about')
  const format = useFormat()
  return (
    <Table label={t('mails')} compact wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th>{t('from')}</Th>
          <Th className="w-20">{t('verdict')}</Th>
          <Th className="w-18" end>
            {t('size')}
          </Th>
          <Th className="w-16" end>
            {t('heldAt')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {mails.map(({ id, from, verdict, size, heldAt }) => (
          <Tr key={id}>
            <Td area="a">
              <bdi className="[overflow-wrap:anywhere]">{from ?? t('system')}</bdi>
            </Td>
            <Td area="b">{t(`verdicts.${verdict}`)}</Td>
            <Td area="d" figures end faint>
              {format.size(size)}
            </Td>
            <Td area="c" figures end faint>
              <time dateTime={heldAt.toISOString()}>{format.date(heldAt).slice(5)}</time>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
