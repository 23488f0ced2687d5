import type { Actor } from '#lib/platform/actor.ts'
import { hasRole } from '#lib/platform/staff.ts'

/** A token opens for years what a person opens for hours: it is the administrators’ to give. */
export const mayKeepTokens = (actor: Actor) => hasRole(actor, ['admin'])
