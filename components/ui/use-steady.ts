'use client'
import { useState } from 'react'

interface How<P> {
  /** All rows by id, in their order on the page. */
  placesOf: (page: P) => string
  /** The ids of the rows that may be new. */
  idsOf: (page: P) => string[]
  /** The rows of `shown`, with what `news` knows of them. */
  withNews: (shown: P, news: P) => P
}

/**
 * Keeps every row where it is as long as somebody points at the list; what is known of the rows goes on changing. `list` names the
 * list: another one is shown at once.
 */
export function useSteady<P>(page: P, list: string, pointedAt: boolean, { placesOf, idsOf, withNews }: How<P>) {
  const [shown, setShown] = useState({ list, page, added: new Set<string>() })
  const [wanted, setWanted] = useState(false)
  const same = shown.list === list
  const known = new Set(idsOf(shown.page))
  const waiting = idsOf(page).filter((id) => !known.has(id))
  const stays = pointedAt && !wanted && same && placesOf(shown.page) !== placesOf(page)
  if (shown.page !== page && !stays) {
    const added = waiting.length > 0 ? new Set(waiting) : shown.added
    setShown({ list, page, added: same ? added : new Set() })
    setWanted(false)
  }
  return {
    page: stays ? withNews(shown.page, page) : page,
    added: shown.added,
    waiting: stays ? waiting.length : 0,
    showNow: () => setWanted(true),
  }
}
