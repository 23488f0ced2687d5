import { type Actor, owns } from '#lib/platform/actor.ts'

/** Nobody but the owner reads or decides; what staff may do for them comes through the same operations. */
export const mayHandleReceived = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
