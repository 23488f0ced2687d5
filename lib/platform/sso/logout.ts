import { env } from '../env.ts'
import { oidcProvider } from './discovery.ts'
import { reasonOf } from './provider-error.ts'
import { logoutSaml } from './saml-logout.ts'

/**
 * Where the browser goes for the provider to end its session too. Null when the provider offers nothing, or does not
 * answer: our session has ended all the same.
 */
export async function providerLogoutUrl(session: { logoutHint: string | null; idpSession: string | null }): Promise<string | null> {
  const { SSO_PROTOCOL, CAS_URL, PUBLIC_URL } = env()
  const back = `${PUBLIC_URL}/signed-out`
  try {
    if (SSO_PROTOCOL === 'cas') return `${CAS_URL}/logout?${new URLSearchParams({ service: back })}`
    if (!session.logoutHint) return null
    if (SSO_PROTOCOL === 'saml') return await logoutSaml(session.logoutHint, session.idpSession)
    return await logoutOidc(session.logoutHint, back)
  } catch (error) {
    reasonOf(error)
    return null
  }
}

/** OpenID Connect RP-Initiated Logout 1.0. */
async function logoutOidc(idToken: string, back: string): Promise<string | null> {
  const { endSession } = await oidcProvider()
  if (!endSession) return null
  const location = new URL(endSession)
  location.searchParams.set('id_token_hint', idToken)
  location.searchParams.set('client_id', env().OIDC_CLIENT_ID as string)
  location.searchParams.set('post_logout_redirect_uri', back)
  return location.href
}
