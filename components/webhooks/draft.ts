/** What was filled in. */
export interface Draft {
  url: string
  events: string[]
}

const EMPTY: Draft = { url: '', events: [] }
const KEY = 'webhook-draft'

/** Keeps the form over the way to the identity provider and back. */
export const keepDraft = (draft: Draft) => sessionStorage.setItem(KEY, JSON.stringify(draft))

export function takeDraft(): Draft {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  return kept === null ? EMPTY : { ...EMPTY, ...JSON.parse(kept) }
}
