import { type Actor, owns } from '#lib/platform/actor.ts'

/** Whom somebody knows is nobody else's to read. */
export const mayKeepContacts = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
