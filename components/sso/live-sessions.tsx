'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { Tag } from '#components/ui/tag.tsx'
import type { SignInRecord } from '#lib/features/sso/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { useWords } from './use-words.ts'

interface Props {
  sessions: SignInRecord[]
  /** The one that is being ended. */
  busy: string | null
  onEnd: (session: SignInRecord) => void
}

export const endButtonId = (id: string) => `end-${id}`

const FOLD =
  "max-md:[&_tr]:[grid-template-areas:'a_e'_'b_e'_'c_e'_'d_e'] max-md:[&_[data-area=e]]:self-start max-md:[&_[data-area=e]:has(button)]:-mt-1"

/** What is signed in now; the one in use has no button, it has "sign out". */
export function LiveSessions({ sessions, busy, onEnd }: Props) {
  const t = useTranslations('sso.sessions.live')
  // Staff may look when nobody is signed in.
  if (sessions.length === 0) return <p className="mt-3 text-ink-2">{t('none')}</p>
  return (
    <Table label={t('title')} hover fold={FOLD}>
      <thead>
        <Tr>
          <Th className="w-44">{t('device')}</Th>
          <Th>{t('place')}</Th>
          <Th className="w-36">{t('signedIn')}</Th>
          <Th className="w-36">{t('lastSeen')}</Th>
          <Th className="w-24" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <Row key={session.id} session={session} busy={busy === session.id} onEnd={onEnd} />
        ))}
      </tbody>
    </Table>
  )
}

function Row({ session, busy, onEnd }: { session: SignInRecord; busy: boolean; onEnd: Props['onEnd'] }) {
  const t = useTranslations('sso.sessions.live')
  const format = useFormat()
  const { deviceOf, placeOf } = useWords()
  const device = deviceOf(session)
  return (
    <Tr>
      <Td area="a" strong>
        {device}
      </Td>
      <Td area="b">{placeOf(session)}</Td>
      <Td area="c" figures faint>
        <span className="text-xs md:hidden">{t('signedIn')} </span>
        <time dateTime={session.at.toISOString()}>{format.moment(session.at)}</time>
      </Td>
      <Td area="d" figures faint>
        <span className="text-xs md:hidden">{t('lastSeen')} </span>
        <time dateTime={session.lastSeenAt.toISOString()}>{format.moment(session.lastSeenAt)}</time>
      </Td>
      <Td area="e" action>
        {session.current ? (
          <Tag>{t('current')}</Tag>
        ) : (
          <Button id={endButtonId(session.id)} kind="quiet" size="sm" busy={busy} onClick={() => onEnd(session)}>
            {t(busy ? 'ending' : 'end')}
            <span className="sr-only"> {t('endOf', { device, time: format.dayAndTime(session.at) })}</span>
          </Button>
        )}
      </Td>
    </Tr>
  )
}
