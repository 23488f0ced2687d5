import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'
import { PUBLIC_URL } from './portal.ts'

export const BACK_CHANNEL = `${PUBLIC_URL}/api/auth/oidc/back-channel`
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} }

export interface TokenChanges {
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  issuedAt?: number
  expires?: number
  key?: CryptoKey | Uint8Array
}

/** A real provider, oidc-provider, whose logout tokens go to `deliver`; and its key, to make tokens that it never would. */
export async function oidcServer(deliver: (request: Request) => Promise<Response>) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const issuer = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  const delivered: Response[] = []
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    cookies: { keys: ['a'.repeat(32)] },
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: false } },
    fetch: async (url: string, options: RequestInit) => {
      const response = await deliver(new Request(url, { method: options.method, headers: options.headers, body: options.body }))
      delivered.push(response.clone())
      return response
    },
    clients: [
      {
        client_id: 'posthouse',
        client_secret: 'a secret of the test',
        redirect_uris: [`${PUBLIC_URL}/api/auth/callback/oidc`],
        backchannel_logout_uri: BACK_CHANNEL,
        backchannel_logout_session_required: true,
      },
    ],
  }) as Provider & {
    callback(): Parameters<typeof createServer>[1]
    Client: { find(id: string): Promise<{ backchannelLogout(sub: string, sid: string): Promise<void> }> }
  }
  listener.on('request', provider.callback() as never)

  let count = 0
  return {
    issuer,
    delivered,
    settings: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'posthouse', OIDC_CLIENT_SECRET: 'a secret of the test' },
    /** The provider's own logout token, sent as it sends it. */
    endSession: async (sub: string, sid: string) => (await provider.Client.find('posthouse')).backchannelLogout(sub, sid),
    token: ({ claims = {}, header = {}, issuedAt = 0, expires = 120, key = privateKey as CryptoKey }: TokenChanges = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const all = {
        iss: issuer,
        aud: 'posthouse',
        sub: 'lin',
        sid: 's1',
        jti: `t${++count}`,
        events: EVENTS,
        iat: now + issuedAt,
        exp: now + expires,
        ...claims,
      }
      return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'logout+jwt', ...header }).sign(key)
    },
    stop: async () => {
      listener.closeAllConnections()
      listener.close()
      await once(listener, 'close')
    },
  }
}
