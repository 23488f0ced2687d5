import { createRemoteJWKSet } from 'jose'
import { z } from 'zod'
import { env } from '../env.ts'
import { textUpTo } from '../limited-body.ts'
import { down, ProviderError } from './provider-error.ts'

const MOST_OCTETS = 262_144
const PATIENCE = 5_000
const FRESH = 3_600_000

const Document = z.object({ issuer: z.string(), jwks_uri: z.url(), end_session_endpoint: z.url().optional() })

export interface OidcProvider {
  /** As the provider writes it, perhaps with a slash at the end. */
  issuer: string
  endSession: string | null
  keys: ReturnType<typeof createRemoteJWKSet>
}

let known: { at: number; issuer: string; provider: OidcProvider } | undefined

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0), read once an hour.
 * @throws ProviderError
 */
export async function oidcProvider(): Promise<OidcProvider> {
  const issuer = env().OIDC_ISSUER as string
  if (known?.issuer === issuer && Date.now() - known.at < FRESH) return known.provider
  const { issuer: named, jwks_uri, end_session_endpoint } = await read(`${issuer}/.well-known/openid-configuration`)
  if (named.replace(/\/+$/, '') !== issuer) throw down('oidc_other_issuer')
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: PATIENCE })
  const provider = { issuer: named, endSession: end_session_endpoint ?? null, keys }
  known = { at: Date.now(), issuer, provider }
  return provider
}

async function read(url: string): Promise<z.output<typeof Document>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), cache: 'no-store' })
    const text = response.ok ? await textUpTo(response, MOST_OCTETS) : null
    if (text === null) throw down('oidc_discovery_status')
    return Document.parse(JSON.parse(text))
  } catch (error) {
    throw error instanceof ProviderError ? error : down('oidc_discovery', error)
  }
}
