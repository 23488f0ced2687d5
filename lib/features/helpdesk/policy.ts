import type { Actor } from '#lib/platform/actor.ts'
import { DESK_ROLES, hasRole } from '#lib/platform/staff.ts'

/** Whose mailbox it may be, and when, the door says (`staff` of the definition); nobody acts so for themselves. */
export const onlyAsStaff = () => false

/** What names no mailbox. */
export const mayWorkAtDesk = (actor: Actor) => hasRole(actor, DESK_ROLES)
