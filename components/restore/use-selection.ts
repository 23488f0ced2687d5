'use client'
import { useEffect, useState } from 'react'
import type { DeletedMail } from '#lib/features/restore/schema.ts'

const KEY = 'restore-chosen'

/** What stands over the way to the identity provider and back. */
interface Kept {
  list: string
  ids: string[]
  all: boolean
}

const none = (list: string): Kept => ({ list, ids: [], all: false })

/** The chosen mails of a page, or all of its search. `list` names the list: in another one nothing is chosen. */
export function useSelection(list: string, rows: DeletedMail[]) {
  const [chosen, setChosen] = useState(none(list))
  if (chosen.list !== list) setChosen(none(list))
  useEffect(() => {
    const kept = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    const before: Kept = kept === null ? none(list) : JSON.parse(kept)
    if (before.list === list) setChosen(before)
  }, [])
  const there = rows.filter(({ id }) => chosen.all || chosen.ids.includes(id))
  const put = (ids: string[], on: boolean) =>
    setChosen((before) => {
      const others = (before.all ? rows.map(({ id }) => id) : before.ids).filter((id) => !ids.includes(id))
      return { list, ids: on ? [...others, ...ids] : others, all: false }
    })
  return {
    mails: there,
    all: chosen.all,
    has: (id: string) => chosen.all || chosen.ids.includes(id),
    put,
    chooseAll: () => setChosen({ list, ids: [], all: true }),
    clear: () => setChosen(none(list)),
    keep: () => sessionStorage.setItem(KEY, JSON.stringify(chosen)),
    forget: () => sessionStorage.removeItem(KEY),
  }
}

export type Selection = ReturnType<typeof useSelection>
