import { type Actor, owns } from '#lib/platform/actor.ts'

/** Only the owner ever learns a secret, so staff create none; what they may take away, the door says. */
export const mayUseAppPasswords = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
