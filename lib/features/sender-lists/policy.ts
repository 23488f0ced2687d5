import { type Actor, owns } from '#lib/platform/actor.ts'

export const mayEditLists = (actor: Actor, input: { mailbox: string }) => owns(actor, input)
