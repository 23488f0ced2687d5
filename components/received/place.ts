import { pageWith, partsOf, setOf } from '#components/ui/place.ts'

const FILTERS = ['search', 'from', 'to', 'result'] as const
const PARTS = [...FILTERS, 'before', 'after'] as const
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
export function addressOf({ query, id }: Place, page = '/received'): string {
  return pageWith(page, { ...setOf(query, PARTS), ...(id ? { id } : {}) })
}

/** The same list from its beginning, with other filters. */
export const filtered = (query: Query, changes: Query): Query => ({ ...query, ...changes, before: undefined, after: undefined })

export const isFiltered = (query: Query): boolean => FILTERS.some((filter) => query[filter])
export const isFirstPage = ({ before, after }: Query): boolean => !before && !after
