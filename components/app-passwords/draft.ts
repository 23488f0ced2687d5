import type { Protocol } from '#lib/features/app-passwords/schema.ts'

/** What was filled in; nothing secret. */
export interface Draft {
  name: string
  /** A number of days, or `other`. */
  days: string
  /** `2026-11-30`, with `other`. */
  expiresOn: string
  protocols: Protocol[]
  sms: boolean
}

const EMPTY_DRAFT: Draft = { name: '', days: '180', expiresOn: '', protocols: ['imap', 'smtp'], sms: true }

const KEY = 'app-password-draft'

/** Keeps the form over the way to the identity provider and back. */
export function keepDraft(draft: Draft) {
  sessionStorage.setItem(KEY, JSON.stringify(draft))
}

export function takeDraft(): Draft {
  const kept = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  return kept === null ? EMPTY_DRAFT : { ...EMPTY_DRAFT, ...JSON.parse(kept) }
}
