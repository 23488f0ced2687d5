import { resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { cookieOf, requestInfo } from '#lib/platform/request.ts'
import { readCasFlow, readCasLogout, validateTicket } from '#lib/platform/sso/cas.ts'
import { endFlow, flowCookieName } from '#lib/platform/sso/flow-cookie.ts'
import { reasonOf } from '#lib/platform/sso/provider-error.ts'
import { completeSignIn, endForProvider, redirectTo } from '../complete.ts'

const LONGEST_LOGOUT = 8_192
const limitFor = (what: string, request: Request) => ({
  key: `sso.cas.${what}:${requestInfo(request.headers).ip}`,
  limit: 600,
  per: '1 minute',
})

/** The provider sends the browser back with a ticket. Only the browser that set out from here may hand it in. */
export async function GET(request: Request): Promise<Response> {
  if (env().SSO_PROTOCOL !== 'cas') return new Response(null, { status: 404 })
  const ticket = new URL(request.url).searchParams.get('ticket')
  const flow = readCasFlow(cookieOf(request.headers, flowCookieName('cas')))
  if (!ticket || !flow) return redirectTo('/sign-in?reason=provider_refused')
  try {
    await takeLimits(resources().db, [limitFor('ticket', request)])
    const response = await completeSignIn(request, await validateTicket(ticket, { renew: flow.again }), flow.returnTo)
    response.headers.append('set-cookie', endFlow('cas'))
    return response
  } catch (error) {
    return redirectTo(`/sign-in?reason=${reasonOf(error)}`, [endFlow('cas')])
  }
}

/**
 * The provider says that a session has ended. Nobody signs this message, so it ends nothing but the session whose ticket
 * it names, and a ticket is a secret between the provider, the browser and us.
 */
export async function POST(request: Request): Promise<Response> {
  const { SSO_PROTOCOL, CAS_URL } = env()
  if (SSO_PROTOCOL !== 'cas') return new Response(null, { status: 404 })
  try {
    await takeLimits(resources().db, [limitFor('logout', request)])
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
    return new Response(null, { status: 429, headers: { 'retry-after': String(error.detail.retryAfter ?? 60) } })
  }
  const form = await textUpTo(request, LONGEST_LOGOUT)
  if (form === null) return new Response(null, { status: 413 })
  const ticket = readCasLogout(form)
  if (!ticket) return new Response(null, { status: 400 })
  await endForProvider({ iss: CAS_URL as string, idpSession: ticket, sub: null })
  return new Response(null, { status: 204 })
}
