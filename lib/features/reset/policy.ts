import { type Actor, isSystem } from '#lib/platform/actor.ts'

/** Whoever has forgotten a password has no session: what is proved in the flow decides. */
export const mayReset = () => true

/** The job that looks an account up and sends its code. */
export const maySendCode = (actor: Actor) => isSystem(actor)

/** Agents and supervisors, for somebody else. Whose account it may be, the service sees to. */
export const mayIssuePass = (actor: Actor, { mailbox }: { mailbox: string }) =>
  actor.kind === 'staff' && actor.mailbox !== mailbox && actor.roles.some((role) => role === 'agent' || role === 'supervisor')
