import { pageWith, partsOf, setOf } from '#components/ui/place.ts'

const FILTERS = ['kind', 'state', 'hours', 'mine'] as const
const PARTS = [...FILTERS, 'after'] as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ACCOUNT = /^acct_[\w-]{1,500}$/

/** What the queue shows, by the names of the API. */
export type Query = Partial<Record<(typeof PARTS)[number], string>>

/** A request and whose it is, by a reference that is good for this member of staff. */
export interface Opened {
  id: string
  account: string
}

export interface Place {
  query: Query
  open: Opened | null
}

/** Where in the queue somebody is, as the address has it. */
export function placeOf(address: { get(name: string): string | null }): Place {
  const [id, account] = [address.get('id') ?? '', address.get('account') ?? '']
  return { query: partsOf(address, PARTS), open: UUID.test(id) && ACCOUNT.test(account) ? { id, account } : null }
}

export function addressOf({ query, open }: Place): string {
  return pageWith('/desk/requests', { ...setOf(query, PARTS), ...open })
}

/** The queue from its beginning, with other filters. */
export const filtered = (query: Query, changes: Query): Query => ({ ...query, ...changes, after: undefined })

export const isFiltered = (query: Query): boolean => FILTERS.some((filter) => query[filter])
