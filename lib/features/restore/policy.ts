import { type Actor, owns } from '#lib/platform/actor.ts'

/** What somebody deleted is the owner's alone to read; staff see it once they have verified a caller, as the door says. */
export const mayRestore = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
