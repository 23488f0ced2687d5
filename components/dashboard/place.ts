type Period = 'hour' | 'day' | 'week'

/** Where one is, as it stands in the address. */
export interface Place {
  period: Period
  /** A day or an instant within the period; left out: the present one. */
  from?: string
}

const PERIODS: Period[] = ['hour', 'day', 'week']

export function placeOf(search: Record<string, string | string[] | undefined>): Place {
  const [period, from] = [search.period, search.from].map((value) => [value].flat()[0])
  return { period: PERIODS.find((one) => one === period) ?? 'week', ...(from ? { from } : {}) }
}

const queryOf = ({ period, from }: Place, more: Record<string, string> = {}) =>
  new URLSearchParams({ period, ...(from ? { from } : {}), ...more }).toString()

export const addressOf = (place: Place): string => `/desk/dashboard?${queryOf(place)}`
export const drillAddress = (figure: string, place: Place, more: Record<string, string> = {}): string =>
  `/desk/dashboard/${figure}?${queryOf(place, more)}`
export const exportAddress = (place: Place, figure?: string): string => `/desk/dashboard/export?${queryOf(place, figure ? { figure } : {})}`
