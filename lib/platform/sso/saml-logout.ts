import { inflateRawSync } from 'node:zlib'
import type { Profile } from '@node-saml/node-saml'
import { z } from 'zod'
import { env } from '../env.ts'
import { children, isElement, textOf } from '../xml.ts'
import { ProviderError, refused } from './provider-error.ts'
import { isFirstSight } from './requests.ts'
import { samlClient, samlUrls } from './saml.ts'
import { refuseWeakSignatures, SAML_PROTOCOL, samlXml } from './saml-xml.ts'

const LONGEST = 100_000
const OLDEST = 300_000
/** The parts of a query that a redirect's signature covers (Bindings 3.4.4.1), and the signature. */
const PARTS = ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature']
const STRONG = /#(rsa|ecdsa)-sha(256|384|512)$/

const Hint = z.object({
  nameID: z.string(),
  nameIDFormat: z.string().default('urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'),
  nameQualifier: z.string().optional(),
  spNameQualifier: z.string().optional(),
})

/** Where the browser goes to end the provider's session; null when the provider has no such place. */
export async function logoutSaml(hint: string, idpSession: string | null): Promise<string | null> {
  if (!env().SAML_IDP_LOGOUT_URL) return null
  const profile = { issuer: samlUrls().entityId, ...Hint.parse(JSON.parse(hint)), sessionIndex: idpSession ?? undefined }
  return samlClient().getLogoutUrlAsync(profile, '', {})
}

export interface SamlLogout {
  iss: string
  /** The provider's name of the person; all their sessions end when `sessions` is empty. */
  sub: string
  sessions: string[]
  /** Where the browser takes our answer; null when the provider has no such place. */
  answer: string | null
}

/**
 * A provider's wish to end sessions. The library would believe a redirect that is not signed at all; here it is not.
 * @throws ProviderError
 */
export async function readSamlLogout(sent: { query: string } | { form: string }): Promise<SamlLogout> {
  try {
    const { root, profile, relayState } = 'query' in sent ? await byRedirect(sent.query) : await byPost(sent.form)
    const { iss, sub, sessions } = await readRequest(root, profile)
    const { SAML_IDP_LOGOUT_URL } = env()
    const answer = SAML_IDP_LOGOUT_URL ? await samlClient().getLogoutResponseUrlAsync(profile, relayState, {}, true) : null
    return { iss, sub, sessions, answer }
  } catch (error) {
    throw error instanceof ProviderError ? error : refused('saml_logout_not_valid', error)
  }
}

interface Verified {
  root: Element
  profile: Profile
  relayState: string
}

async function byRedirect(query: string): Promise<Verified> {
  const tokens = query.replace(/^\?/, '').split('&')
  const covered = PARTS.flatMap((name) => tokens.filter((token) => token.startsWith(`${name}=`))).join('&')
  const params = new URLSearchParams(covered)
  const one = (name: string) => {
    const [value, ...more] = params.getAll(name)
    if (!value || more.length > 0) throw refused('saml_logout_unsigned')
    return value
  }
  const container = { SAMLRequest: one('SAMLRequest'), SigAlg: one('SigAlg'), Signature: one('Signature') }
  if (params.getAll('RelayState').length > 1) throw refused('saml_logout_ambiguous')
  if (!STRONG.test(container.SigAlg)) throw refused('saml_weak_signature')
  const xml = inflateRawSync(Buffer.from(container.SAMLRequest, 'base64'), { maxOutputLength: LONGEST })
  const root = samlXml(xml.toString('base64'))
  const { profile } = await samlClient().validateRedirectAsync(container, covered)
  return verified(root, profile, params.get('RelayState'))
}

async function byPost(form: string): Promise<Verified> {
  const params = new URLSearchParams(form)
  const SAMLRequest = params.get('SAMLRequest') ?? ''
  const root = samlXml(SAMLRequest)
  refuseWeakSignatures(root)
  const { profile } = await samlClient().validatePostRequestAsync({ SAMLRequest })
  return verified(root, profile, params.get('RelayState'))
}

function verified(root: Element, profile: Profile | null, relayState: string | null): Verified {
  if (!profile) throw refused('saml_logout_not_valid')
  return { root, profile, relayState: relayState ?? '' }
}

async function readRequest(root: Element, { issuer, nameID }: Profile): Promise<Omit<SamlLogout, 'answer'>> {
  const id = root.getAttribute('ID')
  const age = Date.now() - Date.parse(root.getAttribute('IssueInstant') ?? '')
  const destination = root.getAttribute('Destination')
  if (!isElement(root, SAML_PROTOCOL, 'LogoutRequest') || !id) throw refused('saml_logout_not_valid')
  if (!(Math.abs(age) < OLDEST)) throw refused('saml_logout_old')
  if (destination && destination !== samlUrls().slo) throw refused('saml_not_for_us')
  if (!(await isFirstSight('logout', issuer, id))) throw refused('saml_replayed')
  const sessions = children(root, SAML_PROTOCOL, 'SessionIndex').flatMap((index) => textOf(index) ?? [])
  return { iss: issuer, sub: nameID, sessions }
}
