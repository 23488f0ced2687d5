import type { Actor } from '#lib/platform/actor.ts'
import { hasRole } from '#lib/platform/staff.ts'

export const maySet = (actor: Actor) => hasRole(actor, ['admin'])
