import { type Actor, owns } from '#lib/platform/actor.ts'

/** Nobody but the owner reads or decides; what staff may do for a verified caller, the door says: they never see a text. */
export const mayHandleReceived = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
