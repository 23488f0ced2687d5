import { cache } from 'react'
import { isSignedIn } from '#lib/platform/actor.ts'
import { pageCaller } from '#lib/platform/faces/action.ts'
import { listSessionsOperation } from './operations.ts'
import type { Person } from './schema.ts'

/** Who is signed in; nobody: the sign-in page. */
export const loadPerson = cache(async (): Promise<Person> => {
  const { actor } = await pageCaller()
  if (!isSignedIn(actor)) throw new Error('pageCaller lets nobody else through')
  return { name: actor.name, address: actor.mailbox, roles: actor.kind === 'staff' ? actor.roles : [] }
})

export const loadSessions = () => listSessionsOperation.load()
