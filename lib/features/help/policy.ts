import { type Actor, owns } from '#lib/platform/actor.ts'

/** Help is for whoever cannot sign in, too. */
export const mayReadHelp = () => true

export const mayWriteToHelpdesk = (actor: Actor, input: { mailbox: string }) => owns(actor, input)

/** What stands on every page, whom to call above all, is the administrators’ to say. */
export const mayPost = (actor: Actor) => actor.kind === 'staff' && actor.roles.includes('admin')
