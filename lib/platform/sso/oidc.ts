import { createHash } from 'node:crypto'
import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth, { type NextAuthOptions, type Profile } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { randomToken } from '../crypto.ts'
import { env } from '../env.ts'
import { SESSION_MAX_SECONDS, sessionCookie } from '../session.ts'
import { type Assertion, firstOf, valuesOf } from './assertion.ts'

type Claims = Profile & Record<string, unknown>

function provider(): OAuthConfig<Claims> {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_TOKEN_AUTH } = env()
  return {
    id: 'oidc',
    name: 'OpenID Connect',
    type: 'oauth',
    wellKnown: `${OIDC_ISSUER}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    client: { token_endpoint_auth_method: OIDC_TOKEN_AUTH },
    authorization: { params: { scope: 'openid profile email' } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    profile: (claims) => ({ id: String(claims.sub) }),
  }
}

/** `auth_time` only counts for the person who is signed in as `sub`, and only when the provider sends it. */
export function assertionOf(claims: Claims, idToken: string | null): Assertion {
  const { SSO_MAILBOX_CLAIM, SSO_NAME_CLAIM, SSO_GROUPS_CLAIM, OIDC_ISSUER } = env()
  // An address that the provider itself has not checked names nobody's mailbox (OIDC Core 5.1).
  const unverified = SSO_MAILBOX_CLAIM === 'email' && claims.email_verified === false
  const mailbox = unverified ? '' : (firstOf(claims[SSO_MAILBOX_CLAIM]) ?? '')
  return {
    iss: firstOf(claims.iss) ?? (OIDC_ISSUER as string),
    sub: String(claims.sub),
    mailbox,
    name: firstOf(claims[SSO_NAME_CLAIM]) ?? mailbox,
    groups: valuesOf(claims[SSO_GROUPS_CLAIM]),
    authTime: typeof claims.auth_time === 'number' ? new Date(claims.auth_time * 1000) : null,
    idpSession: firstOf(claims.sid) ?? null,
    logoutHint: idToken,
  }
}

/** `signIn` makes the session row and returns its id, or throws; its error code travels to the sign-in page. */
export function authOptions(signIn: (assertion: Assertion) => Promise<string>): NextAuthOptions {
  return {
    secret: env().SESSION_SECRET,
    providers: [provider()],
    session: { strategy: 'jwt', maxAge: SESSION_MAX_SECONDS },
    cookies: { sessionToken: sessionCookie() },
    useSecureCookies: sessionCookie().options.secure,
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/signed-out' },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
    callbacks: {
      async jwt({ token, account, profile }) {
        if (!account || !profile) return token
        return { sid: await signIn(assertionOf(profile as Claims, account.id_token ?? null)) }
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => (url.startsWith(`${env().PUBLIC_URL}/`) ? url : `${env().PUBLIC_URL}/overview`),
    },
  }
}

export interface Start {
  location: string
  cookies: string[]
}

/** Begins a sign-in as next-auth's own form would, so that a plain form needs no script. */
export async function startOidc(options: NextAuthOptions, { returnTo, again }: { returnTo: string; again: boolean }): Promise<Start> {
  const csrfToken = randomToken()
  const csrfCookie = `${csrfToken}|${createHash('sha256').update(`${csrfToken}${options.secret}`).digest('hex')}`
  const csrfName = `${sessionCookie().options.secure ? '__Host-' : ''}next-auth.csrf-token`
  const cookies: string[] = []
  let location = ''
  const asked = {
    method: 'POST',
    headers: { host: new URL(env().PUBLIC_URL).host },
    cookies: { [csrfName]: csrfCookie },
    query: { nextauth: ['signin', 'oidc'], ...(again ? { prompt: 'login', max_age: '0' } : {}) },
    body: { csrfToken, callbackUrl: `${env().PUBLIC_URL}${returnTo}`, json: 'true' },
  }
  const answer = {
    getHeader: () => cookies,
    setHeader: (name: string, value: string | string[]) => {
      if (name.toLowerCase() === 'set-cookie') cookies.splice(0, cookies.length, ...[value].flat())
      return answer
    },
    status: () => answer,
    json: (body: { url: string }) => {
      location = body.url
    },
    send: () => {},
    end: () => {},
  }
  await NextAuth(asked as unknown as NextApiRequest, answer as unknown as NextApiResponse, options)
  return { location, cookies: cookies.filter((cookie) => !cookie.startsWith(`${csrfName}=`)) }
}
