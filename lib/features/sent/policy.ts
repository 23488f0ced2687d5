import { type Actor, isSystem, owns } from '#lib/platform/actor.ts'

export const mayHandleSent = (actor: Actor, input: { mailbox: string }) => owns(actor, input)

/** At a recipient's mailbox there is only the job, for the one mail that a recall names (T43). */
export const mayWithdraw = (actor: Actor) => isSystem(actor)
