import { env } from '#lib/platform/env.ts'
import { cookieOf } from '#lib/platform/request.ts'
import { endFlow, flowCookieName } from '#lib/platform/sso/flow-cookie.ts'
import { reasonOf, refused } from '#lib/platform/sso/provider-error.ts'
import { takeAnswer } from '#lib/platform/sso/requests.ts'
import { completeSignIn, redirectTo } from '../../complete.ts'

/** The second half of /api/auth/saml/acs: the answer goes to the browser that had asked, once. */
export async function GET(request: Request): Promise<Response> {
  if (env().SSO_PROTOCOL !== 'saml') return new Response(null, { status: 404 })
  try {
    const secret = cookieOf(request.headers, flowCookieName('saml'))
    const answer = secret ? await takeAnswer(secret) : null
    if (!answer) throw refused('saml_other_browser')
    const response = await completeSignIn(request, answer.assertion, answer.returnTo)
    response.headers.append('set-cookie', endFlow('saml'))
    return response
  } catch (error) {
    return redirectTo(`/sign-in?reason=${reasonOf(error)}`, [endFlow('saml')])
  }
}
