/** An app password ends with its last day, so the instant itself may already be the next one. */
export const lastDay = (expiresAt: Date) => new Date(expiresAt.getTime() - 1)

/** From so many days on, the list says how long it still works. */
export const EXPIRING_DAYS = 14
