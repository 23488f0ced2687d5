'use client'
import { useKeys } from '#components/ui/use-keys.ts'
import type { ReceivedMail } from '#lib/features/received/schema.ts'
import { SEARCH } from './filters.tsx'
import { rowId } from './row.tsx'
import type { Selection } from './use-selection.ts'

interface Moving {
  rows: ReceivedMail[]
  openId: string | null
  selection: Selection
  onOpen: (mail: ReceivedMail, how: 'replace') => void
  onClose: () => void
}

/** What the keys do: the focus goes from row to row, and with a mail open the next one opens. */
export function useListKeys({ rows, openId, selection, onOpen, onClose }: Moving): void {
  const focus = (id: string) => document.getElementById(id)?.focus()
  useKeys({
    step: (from, by) => {
      const at = rows.findIndex(({ id }) => id === (openId ?? from))
      const next = at < 0 ? rows[0] : rows[at + by]
      if (!next) return
      if (openId) onOpen(next, 'replace')
      else focus(rowId(next.id))
    },
    select: (id, through) => {
      const mail = rows.find((row) => row.id === id)
      if (mail) (through ? selection.extend : selection.toggle)(mail)
    },
    search: () => focus(SEARCH),
    escape: () => (openId ? onClose() : selection.clear()),
  })
}
