import type { Actor } from '#lib/platform/actor.ts'
import { hasRole } from '#lib/platform/staff.ts'

/** What leaves the house by itself is the administrators’ to say. */
export const mayKeepWebhooks = (actor: Actor) => hasRole(actor, ['admin'])
