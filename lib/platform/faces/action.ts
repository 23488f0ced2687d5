import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { isSignedIn } from '../actor.ts'
import { resources } from '../context.ts'
import { type Caller, STEP_UP_SECONDS } from '../operation.ts'
import { isOwnOrigin, requestInfo } from '../request.ts'
import { resolveSession, sessionCookie, sidOf } from '../session.ts'

async function currentSession(how?: { watching: boolean }) {
  const sid = await sidOf((await cookies()).get(sessionCookie().name)?.value)
  return resolveSession(resources().db, sid, how)
}

export async function actionCaller(): Promise<Caller> {
  const sent = await headers()
  const { actor } = await currentSession()
  return { actor, request: requestInfo(sent), ownOrigin: isOwnOrigin(sent) }
}

/** A stream is no page that a redirect would help, and no use of the session. */
export async function watchingCaller(): Promise<Caller> {
  const sent = await headers()
  const { actor } = await currentSession({ watching: true })
  return { actor, request: requestInfo(sent), ownOrigin: true }
}

/** A page is a read, so the origin does not matter; who is not signed in is led to the sign-in. */
export async function pageCaller(): Promise<Caller> {
  const sent = await headers()
  const { actor, reason } = await currentSession()
  if (actor.kind === 'anonymous') redirect(`/sign-in${reason && reason !== 'none' ? `?reason=${reason}` : ''}`)
  return { actor, request: requestInfo(sent), ownOrigin: true }
}

/** For how many seconds the last sign-in still counts as recent (T18); not above 0 when it does not. */
export async function stepUpSecondsLeft(): Promise<number> {
  const { actor } = await pageCaller()
  return isSignedIn(actor) && actor.authAge !== null ? STEP_UP_SECONDS - actor.authAge : 0
}
