import { pageWith, partsOf, setOf } from '#components/ui/place.ts'

const PARTS = ['search', 'before', 'after'] as const
const MAIL_ID = /^[0-9A-Za-z]{12,26}$/

/** What the list shows, by the names of the API. */
export type Query = Partial<Record<(typeof PARTS)[number], string>>

export interface Place {
  query: Query
  /** The mail that is open. */
  id: string | null
}

/** Where in the list somebody is, as the address has it. */
export function placeOf(address: { get(name: string): string | null }): Place {
  const id = address.get('id')
  return { query: partsOf(address, PARTS), id: id && MAIL_ID.test(id) ? id : null }
}

/** `page`: where the list is, staff have it below an account. */
export function addressOf({ query, id }: Place, page = '/sent'): string {
  return pageWith(page, { ...setOf(query, PARTS), ...(id ? { id } : {}) })
}
