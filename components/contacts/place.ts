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
  const query: Query = {}
  for (const filter of FILTERS) {
    const value = address.get(filter)
    if (value) query[filter] = value
  }
  const id = address.get('id')
  return { query, id: id && CONTACT_ID.test(id) ? id : null, editing: address.get('edit') === 'true' }
}

export function addressOf({ query, id, editing }: Place): string {
  const address = new URLSearchParams(written(query))
  if (id) address.set('id', id)
  if (editing) address.set('edit', 'true')
  return address.size > 0 ? `/contacts?${address}` : '/contacts'
}

/** Without what is not set. */
export const written = (query: Query): Record<string, string> =>
  Object.fromEntries(FILTERS.flatMap((filter) => (query[filter] ? [[filter, query[filter]]] : [])))

export const isFiltered = (query: Query): boolean => FILTERS.some((filter) => query[filter])
