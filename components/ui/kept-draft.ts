/** Keeps what was filled in over the way to the identity provider and back; nothing secret. */
export const keepDraft = (key: string, draft: unknown): void => sessionStorage.setItem(`draft:${key}`, JSON.stringify(draft))

/** What was kept, once. */
export function takeDraft<T>(key: string): T | undefined {
  const kept = sessionStorage.getItem(`draft:${key}`)
  sessionStorage.removeItem(`draft:${key}`)
  return kept === null ? undefined : JSON.parse(kept)
}
