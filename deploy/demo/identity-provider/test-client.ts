import { createHash, randomBytes } from 'node:crypto'
import { freePort } from '#deploy/local/ports.ts'

/** Nobody listens there unless a test does. */
export const PORTAL = `http://127.0.0.1:${await freePort()}`
export const CLIENT = { id: 'posthouse', secret: 'a secret of the test' }

/** A person's browser, as far as it matters here: it keeps cookies and follows redirects up to the portal's door. */
export function openBrowser(issuer: string, language = 'en') {
  const cookies = new Map<string, { value: string; path: string }>()
  const sent = (path: string) =>
    [...cookies].filter(([, cookie]) => path.startsWith(cookie.path)).map(([name, { value }]) => `${name}=${value}`)
  const keep = (header: string) => {
    const [pair = '', ...attributes] = header.split('; ')
    const [name = '', value = ''] = pair.split('=')
    const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/'
    if (value) cookies.set(name, { value, path })
    else cookies.delete(name)
  }
  return async function visit(address: string, form?: Record<string, string>, origin = issuer): Promise<{ url: URL; html: string }> {
    const url = new URL(address, issuer)
    if (url.origin === PORTAL) return { url, html: '' }
    const response = await fetch(url, {
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        'accept-language': language,
        cookie: sent(url.pathname).join('; '),
        ...(form ? { origin } : {}),
      },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const header of response.headers.getSetCookie()) keep(header)
    const location = response.headers.get('location')
    return location ? visit(new URL(location, url).href) : { url, html: await response.text() }
  }
}

export type Visit = ReturnType<typeof openBrowser>

// One for all: the tests ask whether it is wanted, not whether it is guessed.
const verifier = randomBytes(32).toString('base64url')

/** The address at which a portal begins a sign-in. */
export function authorization(extra: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: CLIENT.id,
    response_type: 'code',
    redirect_uri: `${PORTAL}/api/auth/callback/oidc`,
    scope: 'openid profile email',
    state: 'state of the test',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  })
  return `/auth?${query}`
}

/** Redeems the code that came back to the portal. */
export async function idToken(issuer: string, callback: URL): Promise<{ raw: string; claims: Record<string, unknown> }> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${CLIENT.id}:${encodeURIComponent(CLIENT.secret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: `${PORTAL}/api/auth/callback/oidc`,
      code_verifier: verifier,
    }),
  })
  const { id_token: raw } = (await response.json()) as { id_token: string }
  return { raw, claims: payloadOf(raw) }
}

export function payloadOf(jwt: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
}
