import type { Actor } from '#lib/platform/actor.ts'
import { hasRole } from '#lib/platform/staff.ts'

/** Nobody else, and no key: whoever has a power is not who watches it. */
export const mayReadAudit = (actor: Actor) => hasRole(actor, ['auditor'])
