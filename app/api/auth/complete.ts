import { providerLogoutOperation, signInOperation } from '#lib/features/sso/operations.ts'
import { NO_REQUEST } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { AppError, type ErrorCode } from '#lib/platform/errors.ts'
import { cookieOf, requestInfo } from '#lib/platform/request.ts'
import { cookieFor, SESSION_MAX_SECONDS, sessionCookie, sidOf } from '#lib/platform/session.ts'
import type { Assertion } from '#lib/platform/sso/assertion.ts'

/** Only a path of this site; anything else leads to the overview. */
export function safeReturn(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[\w\-./?=&%]*$/.test(path) ? path : '/overview'
}

export class SignInRefused extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}

/** The one way from a verified assertion to a session id. */
export async function sessionFor(request: Request, assertion: Assertion): Promise<string> {
  const previousSid = (await sidOf(cookieOf(request.headers, sessionCookie().name))) ?? null
  const caller = { actor: { kind: 'anonymous' as const }, request: requestInfo(request.headers), ownOrigin: true }
  const result = await signInOperation.execute(caller, { ...assertion, previousSid })
  if (!result.ok) throw new SignInRefused(result.code)
  return result.data.sid
}

export const redirectTo = (path: string, cookies: string[] = []): Response => {
  const headers = new Headers({ location: new URL(path, env().PUBLIC_URL).href, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

export function serializeCookie(name: string, value: string, maxAge: number): string {
  const { path, secure } = sessionCookie().options
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** For the protocols that next-auth does not speak. */
export async function completeSignIn(request: Request, assertion: Assertion, returnTo: string): Promise<Response> {
  try {
    const sid = await sessionFor(request, assertion)
    return redirectTo(safeReturn(returnTo), [serializeCookie(sessionCookie().name, await cookieFor(sid), SESSION_MAX_SECONDS)])
  } catch (error) {
    if (error instanceof SignInRefused) return redirectTo(`/sign-in?reason=${error.code}`)
    throw error
  }
}

/** The provider has ended a session, or all of a person. */
export async function endForProvider(ended: { iss: string; idpSession: string | null; sub: string | null }): Promise<void> {
  const result = await providerLogoutOperation.execute(
    { actor: { kind: 'system', job: 'sso.provider-logout' }, request: NO_REQUEST, ownOrigin: true },
    ended,
  )
  // The provider hears that it was not done, and may try again.
  if (!result.ok) throw new AppError(result.code)
}
