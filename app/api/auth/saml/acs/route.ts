import { resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { textUpTo } from '#lib/platform/limited-body.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { requestInfo } from '#lib/platform/request.ts'
import { reasonOf } from '#lib/platform/sso/provider-error.ts'
import { keepAnswer } from '#lib/platform/sso/requests.ts'
import { validateSaml } from '#lib/platform/sso/saml.ts'
import { redirectTo, safeReturn } from '../../complete.ts'

const LONGEST = 1_000_000

/**
 * The provider's page posts here from its own site, and browsers send our SameSite=Lax cookies with no such post. So the
 * answer is verified and laid aside; the redirect after it is a GET, with which the cookies come, and only the browser
 * that had asked receives the session (login CSRF), while its session of before ends (T15).
 */
export async function POST(request: Request): Promise<Response> {
  if (env().SSO_PROTOCOL !== 'saml') return new Response(null, { status: 404 })
  try {
    await takeLimits(resources().db, [{ key: `sso.saml:${requestInfo(request.headers).ip}`, limit: 600, per: '1 minute' }])
    const form = new URLSearchParams((await textUpTo(request, LONGEST)) ?? '')
    const { assertion, browser } = await validateSaml(form.get('SAMLResponse') ?? '')
    await keepAnswer(browser, { assertion, returnTo: safeReturn(form.get('RelayState')) })
    return redirectTo('/api/auth/saml/complete')
  } catch (error) {
    return redirectTo(`/sign-in?reason=${reasonOf(error)}`)
  }
}
