import { type Actor, owns } from '#lib/platform/actor.ts'

export const maySetUpClients = (actor: Actor, input: { mailbox: string }) => owns(actor, input)

/** Mail clients ask before anybody has signed in, and hear nothing of any account. */
export const mayAskForSettings = () => true

/** Whoever holds the link: the token is the proof. */
export const mayFollowLink = () => true

/** The records are the business of those who run the site. */
export const mayCheckDns = (actor: Actor) => actor.kind === 'staff' && actor.roles.includes('admin')
