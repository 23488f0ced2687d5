'use client'
import { useState } from 'react'

const NONE: ReadonlySet<string> = new Set()

/** The chosen contacts by their ids, in the order of the rows. `list` names the list: in another one nothing is chosen. */
export function useSelection(list: string, rows: { id: string }[]) {
  const [chosen, setChosen] = useState({ list, ids: NONE })
  const [anchor, setAnchor] = useState<string | null>(null)
  if (chosen.list !== list) {
    setChosen({ list, ids: NONE })
    setAnchor(null)
  }
  const put = (ids: string[], on: boolean) =>
    setChosen((before) => {
      const after = new Set(before.ids)
      for (const id of ids) after[on ? 'add' : 'delete'](id)
      return { list, ids: after }
    })
  const toggle = (id: string) => {
    setAnchor(id)
    put([id], !chosen.ids.has(id))
  }
  /** From the one that was chosen last up to this. */
  const extend = (id: string) => {
    const [from, to] = [rows.findIndex((row) => row.id === anchor), rows.findIndex((row) => row.id === id)]
    if (from < 0) return toggle(id)
    put(
      rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id),
      true,
    )
  }
  return {
    // What is gone from the list is not chosen any more.
    ids: rows.flatMap(({ id }) => (chosen.ids.has(id) ? [id] : [])),
    has: (id: string) => chosen.ids.has(id),
    toggle,
    extend,
    put,
    clear: () => setChosen({ list, ids: NONE }),
  }
}

export type Selection = ReturnType<typeof useSelection>
