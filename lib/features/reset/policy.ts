import { type Actor, isSystem } from '#lib/platform/actor.ts'

/** Whoever has forgotten a password has no session: what is proved in the flow decides. */
export const mayReset = () => true

/** The job that looks an account up and sends its code. */
export const maySendCode = (actor: Actor) => isSystem(actor)

/** Staff of the helpdesk alone, whom the door lets in; never for themselves. */
export const mayIssuePass = () => false
