import { type Actor, owns } from '#lib/platform/actor.ts'

/** What somebody deleted is nobody else's to read. */
export const mayRestore = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
