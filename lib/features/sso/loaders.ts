import { cache } from 'react'
import { isSignedIn, type SignedInActor } from '#lib/platform/actor.ts'
import { actionCaller, pageCaller } from '#lib/platform/faces/action.ts'
import { listSessionsOperation } from './operations.ts'
import type { Person } from './schema.ts'

const personOf = (actor: SignedInActor): Person => ({
  name: actor.name,
  address: actor.mailbox,
  roles: actor.kind === 'staff' ? actor.roles : [],
})

/** Who is signed in; nobody: the sign-in page. */
export const loadPerson = cache(async (): Promise<Person> => {
  const { actor } = await pageCaller()
  if (!isSignedIn(actor)) throw new Error('pageCaller lets nobody else through')
  return personOf(actor)
})

/** Who is signed in, if anybody is: for pages that are open to all. */
export const loadVisitor = cache(async (): Promise<Person | null> => {
  const { actor } = await actionCaller()
  return isSignedIn(actor) ? personOf(actor) : null
})

/** `mailbox`: the reference of an account that staff look at. */
export const loadSessions = (mailbox = 'me') => listSessionsOperation.load({ mailbox })
