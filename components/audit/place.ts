/** What the list is narrowed to, as it stands in the address. */
export const FILTERS = ['actor', 'account', 'operation', 'outcome', 'ticket', 'reference', 'from', 'to'] as const
export type Filter = (typeof FILTERS)[number]
export type Place = Partial<Record<Filter | 'before', string>>

/** A form sends its empty fields as well. */
export function placeOf(search: Record<string, string | string[] | undefined>): Place {
  const given = [...FILTERS, 'before' as const].map((name) => [name, [search[name]].flat()[0]?.trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value))
}

const queryOf = (place: Place) => {
  const query = new URLSearchParams(place).toString()
  return query && `?${query}`
}

export const addressOf = (place: Place): string => `/desk/audit${queryOf(place)}`
export const entryAddress = (reference: string): string => `/desk/audit/${reference}`
export const exportAddress = ({ before: _, ...place }: Place): string => `/desk/audit/export${queryOf(place)}`
