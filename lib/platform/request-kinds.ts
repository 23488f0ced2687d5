/** What waits for staff, and how it stands. */
export const REQUEST_KINDS = ['release', 'phone_unbinding', 'recall', 'message'] as const
export const REQUEST_STATES = ['open', 'taken', 'approved', 'refused', 'done'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]
