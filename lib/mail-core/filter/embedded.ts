import type { Filter } from './port.ts'

/** Where nothing scores mail, there is nobody to tell. */
export const embeddedFilter = (): Filter => ({
  learn: async () => {},
  check: async () => {},
})
