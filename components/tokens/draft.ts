/** What was filled in; nothing secret. */
export interface Draft {
  name: string
  scopes: string[]
  days: string
}

const EMPTY: Draft = { name: '', scopes: [], days: '180' }
const KEY = 'token-draft'

/** Keeps the form over the way to the identity provider and back. */
export const keepDraft = (draft: Draft) => sessionStorage.setItem(KEY, JSON.stringify(draft))

export function takeDraft(): Draft {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  return kept === null ? EMPTY : { ...EMPTY, ...JSON.parse(kept) }
}
