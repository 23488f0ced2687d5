'use client'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import Ban from 'lucide-react/icons/ban'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Status } from '#components/ui/status.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import type { SenderRule, Verdict } from '#lib/features/sender-lists/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'

export const removeButtonId = (sender: string) => `remove-${sender}`

/** From so many days on, the list says how long a rule still counts. */
const EXPIRING_DAYS = 14
const ICONS = { block: Ban, allow: UserRoundCheck }

const FOLD =
  "max-md:[&_tr]:[grid-template-areas:'a_a_e'_'b_c_c'_'d_d_d'] max-md:[&_tr]:grid-cols-[auto_minmax(0,1fr)_auto] max-md:[&_tr]:gap-y-0.5 max-md:[&_[data-area=e]]:self-start max-md:[&_[data-area=e]]:-mt-1"

interface Props {
  items: SenderRule[]
  busy: ReadonlySet<string>
  onRemove: (rule: SenderRule) => void
}

export function List({ items, busy, onRemove }: Props) {
  const t = useTranslations('sender-lists.list')
  return (
    <Table label={t('title')} hover wrap fold={FOLD}>
      <thead>
        <Tr>
          <Th>{t('sender')}</Th>
          <Th className="w-24">{t('verdict')}</Th>
          <Th className="w-34">{t('period')}</Th>
          <Th className="w-34">{t('lastHit')}</Th>
          <Th className="w-18" hidden>
            {t('actions')}
          </Th>
        </Tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.sender} item={item} busy={busy.has(item.sender)} onRemove={onRemove} />
        ))}
      </tbody>
    </Table>
  )
}

interface RowProps {
  item: SenderRule
  busy: boolean
  onRemove: Props['onRemove']
}

const Row = memo(
  function Row({ item, busy, onRemove }: RowProps) {
    const t = useTranslations('sender-lists.list')
    const format = useFormat()
    return (
      <Tr>
        <Td area="a" className="[overflow-wrap:anywhere]">
          <span className="max-md:font-semibold">{item.sender}</span>
          <Note item={item} />
        </Td>
        <Td area="b">
          <VerdictMark verdict={item.verdict} />
        </Td>
        <Td area="c" figures faint className={item.expiresAt ? undefined : 'max-md:hidden'}>
          <span className="max-md:hidden">{format.date(item.createdAt)}</span>
          {item.expiresAt && <Expiry expiresAt={item.expiresAt} />}
        </Td>
        <Td area="d" figures faint>
          <LastHit item={item} />
        </Td>
        <Td area="e" action>
          <span className="-my-1 -mr-2 block">
            <Button id={removeButtonId(item.sender)} kind="quiet" size="sm" busy={busy} onClick={() => onRemove(item)}>
              {t('remove')}
              <span className="sr-only"> {item.sender}</span>
            </Button>
          </span>
        </Td>
      </Tr>
    )
  },
  (before, after) => before.item === after.item && before.busy === after.busy,
)

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const t = useTranslations('sender-lists.verdict')
  const Icon = ICONS[verdict]
  return (
    <Status kind="ok" icon={<Icon />}>
      {t(verdict)}
    </Status>
  )
}

/** How it reads in its own script, and which other rule it goes before or gives way to. */
function Note({ item: { unicode, insteadOf, exceptions, verdict } }: { item: SenderRule }) {
  const t = useTranslations('sender-lists.list')
  const notes = [
    unicode && t('unicode', { sender: unicode }),
    insteadOf && t('insteadOf', { verdict, domain: insteadOf }),
    exceptions > 0 && t('exceptions', { verdict, count: exceptions }),
  ].filter(Boolean)
  return notes.map((note) => (
    <span key={String(note)} className="block text-ink-2 text-xs">
      {note}
    </span>
  ))
}

function Expiry({ expiresAt }: { expiresAt: Date }) {
  const t = useTranslations('sender-lists.list')
  const format = useFormat()
  const soon = format.daysFromNow(expiresAt) < EXPIRING_DAYS
  return (
    <span className="block text-ink">
      {t('until', { date: format.date(expiresAt) })}{' '}
      {soon && (
        <Status kind="hold" icon={<AlarmClock />}>
          {format.inDays(expiresAt)}
        </Status>
      )}
    </span>
  )
}

function LastHit({ item: { lastHitAt, hits } }: { item: SenderRule }) {
  const t = useTranslations('sender-lists.list')
  const format = useFormat()
  if (!lastHitAt) return t('neverHit')
  return (
    <>
      <span className="md:hidden">{t('lastHit')} </span>
      <time dateTime={lastHitAt.toISOString()} className="whitespace-nowrap text-ink">
        {format.moment(lastHitAt)}
      </time>{' '}
      <span className="whitespace-nowrap text-xs">{t('hits', { count: hits })}</span>
    </>
  )
}
