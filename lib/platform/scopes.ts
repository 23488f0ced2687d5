/** What a key may be let at. An operation that is open to keys names one of them. */
export const SCOPES = ['figures', 'requests.read', 'requests.work', 'accounts.search'] as const
export type Scope = (typeof SCOPES)[number]
