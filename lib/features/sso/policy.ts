import { type Actor, isSystem, owns } from '#lib/platform/actor.ts'

export const mayManageSessions = (actor: Actor, input: { mailbox: string }) => owns(actor, input)

/** Only the sign-in routes call it, with an assertion that they have verified. No face exposes it. */
export const maySignIn = (actor: Actor) => actor.kind === 'anonymous'

export const mayEndForProvider = (actor: Actor) => isSystem(actor)
