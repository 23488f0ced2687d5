import { pageWith, partsOf, setOf } from '#components/ui/place.ts'

const FILTERS = ['text', 'group', 'ungrouped'] as const
const CONTACT_ID = /^[\w.@-]{1,200}$/

/** What the list shows, by the names of the API. */
export type Query = Partial<Record<(typeof FILTERS)[number], string>>

export interface Place {
  query: Query
  /** The contact that is open. */
  id: string | null
  /** The form stands in place of what is known of the contact; without an `id` it is a new one. */
  editing: boolean
}

/** Where somebody is, as the address has it. */
export function placeOf(address: { get(name: string): string | null }): Place {
  const id = address.get('id')
  return { query: partsOf(address, FILTERS), id: id && CONTACT_ID.test(id) ? id : null, editing: address.get('edit') === 'true' }
}

export function addressOf({ query, id, editing }: Place): string {
  return pageWith('/contacts', { ...written(query), ...(id ? { id } : {}), ...(editing ? { edit: 'true' } : {}) })
}

/** Without what is not set. */
export const written = (query: Query) => setOf(query, FILTERS)

export const isFiltered = (query: Query): boolean => FILTERS.some((filter) => query[filter])
