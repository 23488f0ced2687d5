'use client'
import { useSteady as useSteadyRows } from '#components/ui/use-steady.ts'
import type { ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'

const idsOf = ({ mails }: ReceivedPage) => mails.map(({ id }) => id)
const placesOf = (page: ReceivedPage) => [page.expiring.map(({ id }) => id), idsOf(page)].map((ids) => ids.join()).join(';')

function withNews(shown: ReceivedPage, news: ReceivedPage): ReceivedPage {
  const fresh = new Map([...news.mails, ...news.expiring].map((mail) => [mail.id, mail]))
  const take = (mail: ReceivedMail) => fresh.get(mail.id) ?? mail
  return { ...news, mails: shown.mails.map(take), expiring: shown.expiring.map(take) }
}

/** The list does not move under the pointer. */
export const useSteady = (page: ReceivedPage, list: string, pointedAt: boolean) =>
  useSteadyRows(page, list, pointedAt, { placesOf, idsOf, withNews })
