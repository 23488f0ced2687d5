import { type Profile, SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml'
import { env } from '../env.ts'
import { children, textOf } from '../xml.ts'
import { type Assertion, firstOf, valuesOf } from './assertion.ts'
import { flowCookie } from './flow-cookie.ts'
import type { Start } from './oidc.ts'
import { ProviderError, refused } from './provider-error.ts'
import { newBrowser, rememberRequest, requestTime, takeRequest } from './requests.ts'
import { refuseWeakSignatures, SAML_ASSERTION, samlXml } from './saml-xml.ts'

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const CLOCK_SKEW = 30_000
/** Milliseconds from the assertion to our reading it: the browser carries it straight here. */
const OLDEST_ASSERTION = 300_000

export const samlUrls = () => {
  const base = `${env().PUBLIC_URL}/api/auth/saml`
  return { entityId: `${base}/metadata`, acs: `${base}/acs`, slo: `${base}/slo` }
}

/** `saveRequest` is told the id of each question that is asked. */
export function samlClient(more: Partial<SamlConfig> = {}, saveRequest: (id: string) => Promise<void> = async () => {}): SAML {
  const { SAML_IDP_ENTRY_POINT, SAML_IDP_LOGOUT_URL, SAML_IDP_ENTITY_ID, SAML_IDP_CERTIFICATE } = env()
  const { entityId, acs } = samlUrls()
  return new SAML({
    issuer: entityId,
    audience: entityId,
    callbackUrl: acs,
    entryPoint: SAML_IDP_ENTRY_POINT,
    logoutUrl: SAML_IDP_LOGOUT_URL,
    idpIssuer: SAML_IDP_ENTITY_ID,
    idpCert: SAML_IDP_CERTIFICATE as string,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: CLOCK_SKEW,
    maxAssertionAgeMs: OLDEST_ASSERTION,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: {
      saveAsync: async (id, value) => {
        await saveRequest(id)
        return { value, createdAt: Date.now() }
      },
      getAsync: async (id) => (await requestTime(id))?.toISOString() ?? null,
      // Only `takeRequest` strikes a question off, in one step and after everything has been verified.
      removeAsync: async () => null,
    },
    ...more,
  })
}

export async function startSaml({ returnTo, again }: { returnTo: string; again: boolean }): Promise<Start> {
  const browser = newBrowser()
  const saml = samlClient({ forceAuthn: again }, (id) => rememberRequest(id, browser.digest))
  return { location: await saml.getAuthorizeUrlAsync(returnTo, undefined, {}), cookies: [flowCookie('saml', browser.secret)] }
}

/**
 * Verifies what a browser has posted: signature, issuer, audience, recipient, times, and that it answers a question of
 * ours for the first time. `browser` is the digest of the secret in the cookie of the browser that had asked.
 * @throws ProviderError
 */
export async function validateSaml(samlResponse: string): Promise<{ assertion: Assertion; browser: string }> {
  const { profile, signed } = await verify(samlResponse)
  if (profile.issuer !== env().SAML_IDP_ENTITY_ID) throw refused('saml_issuer')
  const request = confirmedRequest(signed)
  const assertion = assertionOf(profile, signed)
  const browser = await takeRequest(request)
  if (!browser) throw refused('saml_replayed')
  return { assertion, browser }
}

async function verify(samlResponse: string): Promise<{ profile: Profile; signed: Element }> {
  try {
    refuseWeakSignatures(samlXml(samlResponse))
    const { profile } = await samlClient().validatePostResponseAsync({ SAMLResponse: samlResponse })
    const assertion = profile?.getAssertionXml?.()
    if (!profile || !assertion) throw refused('saml_no_assertion')
    // What was signed, not what was sent: the two differ when a signature is wrapped.
    return { profile, signed: samlXml(Buffer.from(assertion).toString('base64')) }
  } catch (error) {
    throw error instanceof ProviderError ? error : refused('saml_not_valid', error)
  }
}

/** The question that the signed part answers, for us and by the bearer (Profiles 4.1.4.3). */
function confirmedRequest(assertion: Element): string {
  const subject = children(assertion, SAML_ASSERTION, 'Subject')
  const confirmations = subject.flatMap((element) => children(element, SAML_ASSERTION, 'SubjectConfirmation'))
  for (const confirmation of confirmations) {
    const [data] = children(confirmation, SAML_ASSERTION, 'SubjectConfirmationData')
    const request = data?.getAttribute('InResponseTo')
    if (confirmation.getAttribute('Method') !== BEARER || data?.getAttribute('Recipient') !== samlUrls().acs) continue
    const until = Date.parse(data.getAttribute('NotOnOrAfter') ?? '')
    if (request && until > Date.now() - CLOCK_SKEW) return request
  }
  throw refused('saml_not_for_us')
}

function assertionOf(profile: Profile, signed: Element): Assertion {
  const { SSO_MAILBOX_CLAIM, SSO_NAME_CLAIM, SSO_GROUPS_CLAIM } = env()
  const { issuer, nameID, nameIDFormat, nameQualifier, spNameQualifier } = profile
  if (!nameID) throw refused('saml_no_name_id')
  // A new one at every sign-in: nobody would be known again.
  if (nameIDFormat === TRANSIENT) throw refused('saml_transient_name_id')
  const attributes = attributesOf(signed)
  const [statement] = children(signed, SAML_ASSERTION, 'AuthnStatement')
  const instant = Date.parse(statement?.getAttribute('AuthnInstant') ?? '')
  const mailbox = firstOf(attributes.get(SSO_MAILBOX_CLAIM)) ?? ''
  return {
    iss: issuer,
    sub: nameID,
    mailbox,
    name: firstOf(attributes.get(SSO_NAME_CLAIM)) ?? mailbox,
    groups: valuesOf(attributes.get(SSO_GROUPS_CLAIM)),
    authTime: Number.isNaN(instant) ? null : new Date(Math.min(instant, Date.now())),
    idpSession: statement?.getAttribute('SessionIndex') || null,
    logoutHint: JSON.stringify({ nameID, nameIDFormat, nameQualifier, spNameQualifier }),
  }
}

/** By name, and by friendly name where that is not the name of another. */
function attributesOf(signed: Element): Map<string, string[]> {
  const elements = children(signed, SAML_ASSERTION, 'AttributeStatement').flatMap((list) => children(list, SAML_ASSERTION, 'Attribute'))
  const found = new Map<string, string[]>()
  for (const key of ['FriendlyName', 'Name']) {
    for (const element of elements) {
      const values = children(element, SAML_ASSERTION, 'AttributeValue').flatMap((value) => textOf(value) ?? [])
      const name = element.getAttribute(key)
      if (name) found.set(name, values)
    }
  }
  return found
}
