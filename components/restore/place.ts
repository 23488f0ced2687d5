import { pageWith, partsOf, setOf } from '#components/ui/place.ts'

const FILTERS = ['text', 'from', 'until'] as const
const PARTS = [...FILTERS, 'after'] as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the list shows, by the names of the API. */
export type Query = Partial<Record<(typeof PARTS)[number], string>>

export interface Place {
  query: Query
  /** The restore that is shown in place of the list. */
  restore: string | null
}

/** Where somebody is, as the address has it. */
export function placeOf(address: { get(name: string): string | null }): Place {
  const restore = address.get('restore')
  return { query: partsOf(address, PARTS), restore: restore && UUID.test(restore) ? restore : null }
}

/** `page`: where the list is, staff have it below an account. */
export function addressOf({ query, restore }: Place, page = '/restore'): string {
  return pageWith(page, { ...written(query), ...(restore ? { restore } : {}) })
}

/** Without what is not set. */
export const written = (query: Query) => setOf(query, PARTS)

/** The filters alone: what a whole search is. */
export const filtersOf = ({ text, from, until }: Query): Query => ({ text, from, until })

export const isFiltered = (query: Query): boolean => FILTERS.some((filter) => query[filter])
