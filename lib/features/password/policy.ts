import { type Actor, isSystem, owns } from '#lib/platform/actor.ts'

/** The password itself is the owner's alone; staff start a reset instead (T45). */
export const mayUseOwnPassword = (actor: Actor, input: { mailbox: string }) => owns(actor, input)

/** The job that finds out how a change ended. */
export const maySettle = (actor: Actor) => isSystem(actor)
