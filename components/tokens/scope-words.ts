import type { Token } from '#lib/features/tokens/schema.ts'

type Scope = Token['scopes'][number]

/** The scopes as keys of the words. */
export const SCOPE_WORDS = {
  figures: 'figures',
  'requests.read': 'requestsRead',
  'requests.work': 'requestsWork',
  'accounts.search': 'accountsSearch',
} as const satisfies Record<Scope, string>

export const SCOPE_NAMES = Object.keys(SCOPE_WORDS) as Scope[]
