'use client'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { LetterKeys } from '#components/ui/letter-keys.tsx'
import { useKeys } from '#components/ui/use-keys.ts'
import type { Contact, GroupList } from '#lib/features/contacts/schema.ts'
import { useFormat } from '#lib/platform/i18n/use-format.ts'
import { SEARCH } from './filters.tsx'
import { List, rowId } from './list.tsx'
import { addressOf, type Place, type Query } from './place.ts'
import { SelectionBar } from './selection-bar.tsx'
import type { Acts } from './use-acts.ts'
import type { useContacts } from './use-contacts.ts'
import { type Selection, useSelection } from './use-selection.ts'

const GroupsDialog = lazy(() => import('./groups-dialog.tsx'))
const ExportDialog = lazy(() => import('./export-dialog.tsx'))

export const LIST = 'contact-list'

interface Props {
  list: ReturnType<typeof useContacts>
  acts: Acts
  groups: GroupList
  query: Query
  openId: string | null
  narrow: boolean
  addressWith: (to: Partial<Place>) => string
  onOpen: (id: string, how?: 'push' | 'replace') => void
  onClose: () => void
}

/** The list with what is chosen in it. */
export function ListPane({ list, acts, groups, query, openId, narrow, addressWith, onOpen, onClose }: Props) {
  const t = useTranslations('contacts')
  const rows = list.contacts ?? []
  const selection = useSelection(addressOf({ query, id: null, editing: false }), rows)
  const [asking, setAsking] = useState<'groups' | 'export'>()
  useListKeys({ rows, openId, selection, onOpen, onClose })
  const close = () => setAsking(undefined)
  const chosen = rows.filter(({ id }) => selection.has(id))
  const closeIfGone = () => {
    if (openId && selection.has(openId)) onClose()
  }
  return (
    <>
      <div id={LIST} tabIndex={-1} aria-busy={list.turning} className="flex flex-col outline-none">
        <SelectionBar
          {...{ rows, selection }}
          busy={acts.busy}
          onGroups={() => setAsking('groups')}
          onExport={() => setAsking('export')}
          onRemove={() => void acts.remove(selection.ids, closeIfGone)}
        />
        <List contacts={rows} {...{ openId, narrow, selection }} addressOf={(id) => addressWith({ id, editing: false })} onOpen={onOpen} />
        <p role="status" className="sr-only">
          {selection.ids.length > 0 && t('bulk.count', { count: selection.ids.length })}
        </p>
      </div>
      <More list={list} shown={rows.length} />
      <Suspense>
        {asking === 'groups' && <GroupsDialog {...{ chosen, groups, acts }} onClose={close} />}
        {asking === 'export' && <ExportDialog groups={groups} ids={selection.ids} onClose={close} />}
      </Suspense>
    </>
  )
}

function More({ list: { count, more, growing, grow }, shown }: { list: Props['list']; shown: number }) {
  const t = useTranslations('contacts.list')
  const format = useFormat()
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3 text-ink-3 text-sm">
      <span role="status" className="tabular-nums">
        {more
          ? t('shown', { shown: format.number(shown), count: format.number(count) })
          : t('all', { total: count, count: format.number(count) })}
      </span>
      <LetterKeys />
      {more && (
        <span className="ml-auto">
          <Button size="sm" busy={growing} busyLabel={t('growing')} onClick={grow}>
            {t('more')}
          </Button>
        </span>
      )}
    </div>
  )
}

interface Moving {
  rows: Contact[]
  openId: string | null
  selection: Selection
  onOpen: (id: string, how: 'replace') => void
  onClose: () => void
}

/** The focus goes from row to row, and with a contact open the next one opens. */
function useListKeys({ rows, openId, selection, onOpen, onClose }: Moving): void {
  const focus = (id: string) => document.getElementById(id)?.focus()
  useKeys({
    step: (from, by) => {
      const at = rows.findIndex(({ id }) => id === (openId ?? from))
      const next = at < 0 ? rows[0] : rows[at + by]
      if (!next) return
      if (openId) onOpen(next.id, 'replace')
      else focus(rowId(next.id))
    },
    select: (id, through) => (through ? selection.extend : selection.toggle)(id),
    search: () => focus(SEARCH),
    escape: () => (openId ? onClose() : selection.clear()),
  })
}
