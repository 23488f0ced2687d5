import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { PUBLIC_URL } from './portal.ts'

export const IDP = 'https://idp.yunling.example/saml/metadata'
export const SP = `${PUBLIC_URL}/api/auth/saml`

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

export const samlSettings = {
  SAML_IDP_ENTITY_ID: IDP,
  SAML_IDP_ENTRY_POINT: 'https://idp.yunling.example/saml/sso',
  SAML_IDP_LOGOUT_URL: 'https://idp.yunling.example/saml/slo',
  SAML_IDP_CERTIFICATE: publicKey,
  SSO_MAILBOX_CLAIM: 'mail',
  SSO_NAME_CLAIM: 'cn',
}

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** Signs the element of that name. */
export function signXml(xml: string, element: string, how: { key?: string; hash?: 'sha1' | 'sha256' } = {}): string {
  const sha1 = how.hash === 'sha1'
  const signature = new SignedXml({
    privateKey: how.key ?? privateKey,
    canonicalizationAlgorithm: EXCLUSIVE,
    signatureAlgorithm: sha1 ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  })
  const xpath = `//*[local-name(.)='${element}']`
  signature.addReference({
    xpath,
    transforms: [ENVELOPED, EXCLUSIVE],
    digestAlgorithm: sha1 ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signature.computeSignature(xml, { location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' } })
  return signature.getSignedXml()
}

export function otherKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()

export interface Said {
  /** The question that is answered. */
  request: string
  /** Seconds since the password was typed. */
  age?: number
  issuer?: string
  audience?: string
  recipient?: string
  nameId?: string
  nameIdFormat?: string
  /** Seconds from now. */
  until?: number
  issued?: number
  mail?: string
  /** Said by the signed part, when it differs. */
  confirms?: string
  method?: string
  /** The signed part does not say until when the bearer may come. */
  endless?: true
}

export function assertionXml(said: Said): string {
  const { issuer = IDP, audience = `${SP}/metadata`, recipient = `${SP}/acs`, nameId = 'lin', until = 60, issued = 0 } = said
  const confirms = said.confirms ?? said.request
  const value = (text: string) => `<saml:AttributeValue>${text}</saml:AttributeValue>`
  const attribute = (name: string, ...values: string[]) => `<saml:Attribute Name="${name}">${values.map(value).join('')}</saml:Attribute>`
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(issued)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${said.nameIdFormat ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'}">${nameId}</saml:NameID><saml:SubjectConfirmation Method="${said.method ?? 'urn:oasis:names:tc:SAML:2.0:cm:bearer'}"><saml:SubjectConfirmationData ${confirms ? `InResponseTo="${confirms}"` : ''} Recipient="${recipient}" ${said.endless ? '' : `NotOnOrAfter="${at(until)}"`}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(-5)}" NotOnOrAfter="${at(until)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(-(said.age ?? 0))}" SessionIndex="index-${nameId}"/><saml:AttributeStatement>${attribute('mail', said.mail ?? `${nameId}@yunling.example`)}${attribute('cn', '林知远')}${attribute('groups', 'staff', 'helpdesk')}</saml:AttributeStatement></saml:Assertion>`
}

export const responseXml = (request: string, ...content: string[]) =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}" Destination="${SP}/acs" ${request ? `InResponseTo="${request}"` : ''}><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${IDP}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${content.join('')}</samlp:Response>`

/** What an honest provider answers. */
export const signedResponse = (said: Said) => responseXml(said.request, signXml(assertionXml(said), 'Assertion'))

/** The question in the address that a sign-in leads to. */
export function questionIn(location: string): { id: string; xml: string; relayState: string | null } {
  const { searchParams } = new URL(location)
  const xml = inflateRawSync(Buffer.from(searchParams.get('SAMLRequest') ?? '', 'base64')).toString()
  return { id: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', xml, relayState: searchParams.get('RelayState') }
}

interface LogoutWish {
  sessions?: string[]
  nameId?: string
  id?: string
  issuer?: string
  issued?: number
  destination?: string
}

export function logoutXml({
  sessions = [],
  nameId = 'lin',
  id = `_${randomUUID()}`,
  issuer = IDP,
  issued = 0,
  destination = `${SP}/slo`,
}: LogoutWish): string {
  const indexes = sessions.map((session) => `<samlp:SessionIndex>${session}</samlp:SessionIndex>`).join('')
  return `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${at(issued)}" Destination="${destination}"><saml:Issuer>${issuer}</saml:Issuer><saml:NameID>${nameId}</saml:NameID>${indexes}</samlp:LogoutRequest>`
}

/** The query of a redirect, signed as Bindings 3.4.4.1 wants it. */
export function signedQuery(xml: string, how: { key?: string; hash?: 'SHA1' | 'SHA256' } = {}): string {
  const { key = privateKey, hash = 'SHA256' } = how
  const algorithm = hash === 'SHA1' ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' : 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  const query = `SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}&RelayState=r1&SigAlg=${encodeURIComponent(algorithm)}`
  return `${query}&Signature=${encodeURIComponent(createSign(hash).update(query).sign(key, 'base64'))}`
}
