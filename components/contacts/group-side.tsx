'use client'
import { useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { cx } from '#components/ui/cx.ts'
import { isPlain } from '#components/ui/row-click.ts'
import type { GroupList } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { addressOf, type Query } from './place.ts'

interface Props {
  groups: GroupList
  query: Query
  /** A contact is open: there is less room. */
  beside: boolean
  onShow: (query: Query) => void
}

/** The groups with how many are in each. Where there is no room a select stands above the list instead. */
export function GroupSide({ groups: { groups, all, ungrouped }, query, beside, onShow }: Props) {
  const t = useTranslations('contacts.groups')
  const shown = { text: undefined, group: undefined, ungrouped: undefined }
  const chosen = !query.group && !query.ungrouped
  return (
    <nav aria-label={t('label')} className={cx('max-lg:hidden', beside && 'max-[90rem]:hidden')}>
      <ul className="-ml-2">
        <Entry query={shown} count={all} current={chosen} onShow={onShow}>
          {t('all')}
        </Entry>
        {groups.map(({ name, count }) => (
          <Entry key={name} query={{ ...shown, group: name }} count={count} current={query.group === name} onShow={onShow}>
            <bdi>{name}</bdi>
          </Entry>
        ))}
        {groups.length > 0 && (
          <Entry query={{ ...shown, ungrouped: 'true' }} count={ungrouped} current={Boolean(query.ungrouped)} onShow={onShow}>
            {t('ungrouped')}
          </Entry>
        )}
      </ul>
    </nav>
  )
}

interface EntryProps {
  query: Query
  count: number
  current: boolean
  onShow: (query: Query) => void
  children: React.ReactNode
}

function Entry({ query, count, current, onShow, children }: EntryProps) {
  const format = useFormat()
  const show = (event: MouseEvent) => {
    if (!isPlain(event)) return
    event.preventDefault()
    onShow(query)
  }
  return (
    <li>
      <a
        href={addressOf({ query, id: null, editing: false })}
        aria-current={current || undefined}
        onClick={show}
        className={cx(
          'flex min-h-8 items-center gap-2 rounded-2 px-2 text-ink text-sm no-underline hover:bg-sunken',
          current && 'bg-accent-tint font-semibold',
        )}
      >
        <span className="min-w-0 flex-1 truncate">{children}</span>
        <span className="font-normal text-ink-3 text-xs tabular-nums">{format.number(count)}</span>
      </a>
    </li>
  )
}
