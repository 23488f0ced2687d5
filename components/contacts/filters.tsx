'use client'
import { useTranslations } from 'next-intl'
import { cx } from '#components/ui/cx.ts'
import { SearchWhileTyping } from '#components/ui/search-while-typing.tsx'
import { Select } from '#components/ui/select.tsx'
import type { GroupList } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { GroupMenu } from './group-menu.tsx'
import type { Query } from './place.ts'

export const SEARCH = 'contacts-search'

const ALL = ''
const UNGROUPED = 'none'
/** A group may be called as it likes, also like one of the words above. */
const GROUP = 'group:'

interface Props {
  groups: GroupList
  query: Query
  beside: boolean
  onChange: (query: Query, how?: 'push' | 'replace') => void
}

export function Filters({ groups, query, beside, onChange }: Props) {
  const t = useTranslations('contacts')
  const format = useFormat()
  const choose = (value: string) => {
    const group = value.startsWith(GROUP) ? value.slice(GROUP.length) : undefined
    onChange({ text: query.text, group, ungrouped: value === UNGROUPED ? 'true' : undefined })
  }
  const options = [
    { value: ALL, label: t('groups.option', { name: t('groups.all'), count: format.number(groups.all) }) },
    ...groups.groups.map(({ name, count }) => ({
      value: `${GROUP}${name}`,
      label: t('groups.option', { name, count: format.number(count) }),
    })),
    { value: UNGROUPED, label: t('groups.option', { name: t('groups.ungrouped'), count: format.number(groups.ungrouped) }) },
  ]
  return (
    <search className="flex flex-wrap items-center gap-2 pb-3 [&>.ui-search]:basis-40 max-md:[&>.ui-search]:basis-full">
      <SearchWhileTyping
        id={SEARCH}
        label={t('search')}
        value={query.text ?? ''}
        onChange={(text) => onChange({ ...query, text }, 'replace')}
      />
      <div className={cx('min-w-0 max-md:flex-1 md:w-48', beside ? 'min-[90rem]:hidden' : 'lg:hidden')}>
        <Select
          label={t('groups.label')}
          labelHidden
          wide
          on={Boolean(query.group || query.ungrouped)}
          options={options}
          value={query.group ? `${GROUP}${query.group}` : query.ungrouped ? UNGROUPED : ALL}
          onChange={({ target }) => choose(target.value)}
        />
      </div>
      <GroupMenu query={query} onShow={(group) => onChange({ group })} />
    </search>
  )
}
