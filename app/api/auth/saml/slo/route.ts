import { resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { requestInfo } from '#lib/platform/request.ts'
import { reasonOf } from '#lib/platform/sso/provider-error.ts'
import { readSamlLogout } from '#lib/platform/sso/saml-logout.ts'
import { endForProvider, redirectTo } from '../../complete.ts'

const LONGEST = 200_000

export async function GET(request: Request): Promise<Response> {
  return answer(request, { query: new URL(request.url).search })
}

export async function POST(request: Request): Promise<Response> {
  const form = await textUpTo(request, LONGEST)
  return form === null ? new Response(null, { status: 413 }) : answer(request, { form })
}

/** Two things arrive here: the provider's answer to a sign-out from here, and its own wish to end sessions. */
async function answer(request: Request, sent: { query: string } | { form: string }): Promise<Response> {
  if (env().SSO_PROTOCOL !== 'saml') return new Response(null, { status: 404 })
  const params = new URLSearchParams('query' in sent ? sent.query : sent.form)
  // Our session had ended before the provider was asked, so its answer changes nothing and needs no proof.
  if (params.has('SAMLResponse')) return redirectTo('/signed-out')
  try {
    await takeLimits(resources().db, [{ key: `sso.slo:${requestInfo(request.headers).ip}`, limit: 600, per: '1 minute' }])
    const { iss, sub, sessions, answer } = await readSamlLogout(sent)
    if (sessions.length === 0) await endForProvider({ iss, idpSession: null, sub })
    for (const idpSession of sessions) await endForProvider({ iss, idpSession, sub })
    return answer ? new Response(null, { status: 303, headers: { location: answer } }) : redirectTo('/signed-out')
  } catch (error) {
    return Response.json({ error: reasonOf(error) }, { status: 400, headers: { 'cache-control': 'no-store' } })
  }
}
