'use client'
import { useTranslations } from 'next-intl'
import { GroupRow, Table, Th, Tr } from '#components/ui/table.tsx'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import type { Group } from './groups.ts'
import { Row } from './row.tsx'
import type { Selection } from './use-selection.ts'

const FOLD =
  "max-md:[&_tr]:[grid-template-areas:'x_b_a'_'x_c_c'_'x_d_d'] max-md:[&_tr]:grid-cols-[2rem_minmax(0,1fr)_auto] max-md:[&_tr]:border-line"

interface Props {
  groups: Group[]
  days: number
  /** A mail is open beside it. */
  openId: string | null
  added: ReadonlySet<string>
  selection: Selection
  addressOf: (id: string) => string
  onOpen: (mail: ReceivedMail) => void
}

export function List({ groups, days, openId, added, selection, addressOf, onOpen }: Props) {
  const t = useTranslations('received.list')
  const narrow = openId !== null
  const columns = narrow ? 5 : 6
  return (
    <Table label={t('label', { days })} hover fold={narrow ? `${FOLD} xl:[&_:is(th,td):not(:first-child)]:px-2` : FOLD}>
      <thead className="ui-bulk-head">
        <Tr>
          <Th className="w-9" hidden>
            {t('select')}
          </Th>
          <Th className={narrow ? 'w-14' : 'w-16'}>{t('time')}</Th>
          <Th className={narrow ? 'w-28' : 'w-44'}>{t('from')}</Th>
          <Th>{t('subject')}</Th>
          {!narrow && (
            <Th className="w-20 max-xl:hidden" end>
              {t('size')}
            </Th>
          )}
          <Th className={narrow ? 'w-27' : 'w-50'}>{t('outcome')}</Th>
        </Tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          <GroupRow columns={columns}>
            <GroupTitle group={group} />
          </GroupRow>
          {group.mails.map((mail) => (
            <Row
              key={mail.id}
              mail={mail}
              href={addressOf(mail.id)}
              narrow={narrow}
              expiring={group.key === 'expiring'}
              selected={selection.has(mail.id)}
              open={mail.id === openId}
              added={added.has(mail.id)}
              onOpen={() => onOpen(mail)}
              onSelect={(through) => (through ? selection.extend(mail) : selection.toggle(mail))}
            />
          ))}
        </tbody>
      ))}
    </Table>
  )
}

function GroupTitle({ group: { day, count } }: { group: Group }) {
  const t = useTranslations('received.list')
  const format = useFormat()
  const titleOf = (at: Date) => {
    const ago = -format.daysFromNow(at)
    if (ago > 1) return format.longDay(at)
    return ago === 1 ? t('yesterday', { day: format.day(at) }) : t('today')
  }
  return (
    <>
      {day ? titleOf(day) : t('expiring')}
      {count !== null && <span className="font-normal text-ink-3 tabular-nums"> {t('count', { count })}</span>}
    </>
  )
}
