'use client'
import { useState } from 'react'
import type { ReceivedMail } from '#lib/features/received/schema.ts'

const NONE: ReadonlyMap<string, ReceivedMail> = new Map()

/** The chosen mails. `list` names the list they are chosen from: in another one nothing is chosen. */
export function useSelection(list: string, rows: ReceivedMail[]) {
  const [chosen, setChosen] = useState({ list, mails: NONE })
  const [anchor, setAnchor] = useState<string | null>(null)
  if (chosen.list !== list) {
    setChosen({ list, mails: NONE })
    setAnchor(null)
  }
  const put = (mails: ReceivedMail[], on: boolean) =>
    setChosen((before) => {
      const after = new Map(before.mails)
      for (const mail of mails) {
        if (on) after.set(mail.id, mail)
        else after.delete(mail.id)
      }
      return { list, mails: after }
    })
  const toggle = (mail: ReceivedMail) => {
    setAnchor(mail.id)
    put([mail], !chosen.mails.has(mail.id))
  }
  /** From the one that was chosen last up to this. */
  const extend = (mail: ReceivedMail) => {
    const [from, to] = [rows.findIndex(({ id }) => id === anchor), rows.findIndex(({ id }) => id === mail.id)]
    if (from < 0) return toggle(mail)
    put(rows.slice(Math.min(from, to), Math.max(from, to) + 1), true)
  }
  // A row says what may be done with it now, not when it was chosen.
  const fresh = new Map(rows.map((mail) => [mail.id, mail]))
  return {
    mails: [...chosen.mails.values()].map((mail) => fresh.get(mail.id) ?? mail),
    has: (id: string) => chosen.mails.has(id),
    toggle,
    extend,
    put,
    drop: (ids: string[]) => setChosen((before) => ({ ...before, mails: new Map([...before.mails].filter(([id]) => !ids.includes(id))) })),
    clear: () => setChosen({ list, mails: NONE }),
  }
}

export type Selection = ReturnType<typeof useSelection>
