import type { Actor } from '#lib/platform/actor.ts'
import { DESK_ROLES, hasRole } from '#lib/platform/staff.ts'

/** Whose request it may be, the door says (`staff` of the definition); nobody decides their own. */
export const onlyAsStaff = () => false

/** What names no mailbox. */
export const mayWorkAtDesk = (actor: Actor) => hasRole(actor, DESK_ROLES)
