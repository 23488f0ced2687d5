import { type Actor, owns } from '#lib/platform/actor.ts'

export const mayChooseDigest = (actor: Actor, input: { mailbox: string }) => owns(actor, input)

/** Whoever holds the link from the mail: the token is the proof. */
export const mayFollowLink = () => true
