import { errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { env } from '../env.ts'
import { oidcProvider } from './discovery.ts'
import { down, refused } from './provider-error.ts'
import { isFirstSight } from './requests.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** Seconds. Every token is remembered for an hour, so that none is good for longer than we know it. */
const OLDEST = 300
const CLOCK_SKEW = 30
/** With a key of the provider's alone: a secret shared with us would let us, and whoever reads our settings, forge one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
const TYPES = [undefined, 'jwt', 'logout+jwt', 'application/logout+jwt']

const Claims = z
  .object({
    iss: z.string(),
    jti: z.string().min(1).max(500),
    exp: z.number(),
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    events: z.object({ [EVENT]: z.looseObject({}) }),
    // An ID token has one: it must not serve as a logout token (2.4).
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub || sid)

export interface ProviderLogout {
  iss: string
  idpSession: string | null
  sub: string | null
}

/**
 * OpenID Connect Back-Channel Logout 1.0, 2.6: what has ended at the provider. Each token counts once.
 * @throws ProviderError
 */
export async function readLogoutToken(token: string): Promise<ProviderLogout> {
  const { iss, jti, sid, sub } = await verify(token)
  if (!(await isFirstSight('jti', iss, jti))) throw refused('logout_token_replayed')
  return { iss, idpSession: sid ?? null, sub: sub ?? null }
}

async function verify(token: string): Promise<z.output<typeof Claims>> {
  const { issuer, keys } = await oidcProvider()
  const options = { issuer, audience: env().OIDC_CLIENT_ID, algorithms: ALGORITHMS, clockTolerance: CLOCK_SKEW, maxTokenAge: OLDEST }
  const { payload, protectedHeader } = await jwtVerify(token, keys, options).catch((error) => {
    const ofToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)
    throw ofToken ? refused('logout_token_not_valid', error) : down('oidc_keys', error)
  })
  if (!TYPES.includes(protectedHeader.typ?.toLowerCase())) throw refused('logout_token_type')
  const claims = Claims.safeParse(payload)
  if (!claims.success) throw refused('logout_token_claims', claims.error)
  return claims.data
}
