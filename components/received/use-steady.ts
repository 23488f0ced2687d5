'use client'
import { useState } from 'react'
import type { ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'

const placesOf = ({ expiring, mails }: ReceivedPage) => [expiring, mails].map((rows) => rows.map(({ id }) => id).join()).join(';')

/**
 * Keeps every row where it is as long as somebody points at the list; what is known of the rows goes on changing. `list` names the
 * list: another one is shown at once.
 */
export function useSteady(page: ReceivedPage, list: string, pointedAt: boolean) {
  const [shown, setShown] = useState({ list, page, added: new Set<string>() })
  const [wanted, setWanted] = useState(false)
  const same = shown.list === list
  const known = new Set(shown.page.mails.map(({ id }) => id))
  const waiting = page.mails.flatMap(({ id }) => (known.has(id) ? [] : [id]))
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

function withNews(shown: ReceivedPage, news: ReceivedPage): ReceivedPage {
  const fresh = new Map([...news.mails, ...news.expiring].map((mail) => [mail.id, mail]))
  const take = (mail: ReceivedMail) => fresh.get(mail.id) ?? mail
  return { ...news, mails: shown.mails.map(take), expiring: shown.expiring.map(take) }
}
