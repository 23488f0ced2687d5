import type { ActivityEntry, ActivityPage } from '#lib/features/activity/schema.ts'
import type { ErrorCode } from '#lib/platform/errors.ts'

/** JSON has no dates. */
type Sent = Omit<ActivityPage, 'entries'> & { entries: (Omit<ActivityEntry, 'at'> & { at: string })[] }

export class Refused extends Error {
  readonly code: ErrorCode
  readonly reference: string

  constructor({ code, reference }: { code: ErrorCode; reference?: string }) {
    super(code)
    this.code = code
    this.reference = reference ?? ''
  }
}

/** The page of entries before this one, of `me` or of an account that staff look at. Throws `Refused` with what the server said; a `TypeError` when it did not answer. */
export async function olderThan(mailbox: string, before: number): Promise<ActivityPage> {
  const response = await fetch(`/api/v1/mailboxes/${mailbox}/activity?before=${before}`)
  if (!response.ok) throw new Refused(await response.json())
  const { entries, next }: Sent = await response.json()
  return { entries: entries.map((entry) => ({ ...entry, at: new Date(entry.at) })), next }
}
