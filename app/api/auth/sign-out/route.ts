import { signOutOperation } from '#lib/features/sso/operations.ts'
import { resources } from '#lib/platform/context.ts'
import { cookieOf, isOwnOrigin, requestInfo } from '#lib/platform/request.ts'
import { resolveSession, sessionCookie, sidOf } from '#lib/platform/session.ts'
import { providerLogoutUrl } from '#lib/platform/sso/logout.ts'
import { redirectTo, serializeCookie } from '../complete.ts'

/** Ends our session, then leads to the provider so that it ends its own (single logout). */
export async function POST(request: Request): Promise<Response> {
  const { name } = sessionCookie()
  const { actor } = await resolveSession(resources().db, await sidOf(cookieOf(request.headers, name)))
  const caller = { actor, request: requestInfo(request.headers), ownOrigin: isOwnOrigin(request.headers) }
  const result = await signOutOperation.execute(caller, {})
  if (!result.ok && result.code === 'foreign_origin') return redirectTo('/overview')
  const gone = serializeCookie(name, '', 0)
  if (!result.ok) return redirectTo('/signed-out', [gone])
  return redirectTo((await providerLogoutUrl(result.data)) ?? '/signed-out', [gone])
}
