import { resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { requestInfo } from '#lib/platform/request.ts'
import { readLogoutToken } from '#lib/platform/sso/back-channel.ts'
import { reasonOf } from '#lib/platform/sso/provider-error.ts'
import { endForProvider } from '../../complete.ts'

const LONGEST = 16_384
const HEADERS = { 'cache-control': 'no-store' }

/** OpenID Connect Back-Channel Logout 1.0, 2.5 and 2.8. */
export async function POST(request: Request): Promise<Response> {
  if (env().SSO_PROTOCOL !== 'oidc') return new Response(null, { status: 404 })
  try {
    await takeLimits(resources().db, [{ key: `sso.back-channel:${requestInfo(request.headers).ip}`, limit: 600, per: '1 minute' }])
    const form = new URLSearchParams((await textUpTo(request, LONGEST)) ?? '')
    await endForProvider(await readLogoutToken(form.get('logout_token') ?? ''))
    return new Response(null, { status: 200, headers: HEADERS })
  } catch (error) {
    return Response.json({ error: 'invalid_request', error_description: reasonOf(error) }, { status: 400, headers: HEADERS })
  }
}
