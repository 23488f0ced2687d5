import { parseXml } from '../xml.ts'
import { refused } from './provider-error.ts'

export const SAML_PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const SAML_ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#'
/** Characters. Two thousand groups fit. */
const LONGEST = 700_000

/**
 * A SAML message as it travels in a form, parsed more strictly than the library does it.
 * @throws ProviderError
 */
export function samlXml(base64: string): Element {
  if (base64.length > LONGEST) throw refused('saml_too_long')
  try {
    return parseXml(Buffer.from(base64, 'base64').toString('utf8'))
  } catch (error) {
    throw refused('saml_xml', error)
  }
}

/** Collisions of SHA-1 can be bought; the library would still take it. */
export function refuseWeakSignatures(root: Element): void {
  for (const name of ['SignatureMethod', 'DigestMethod']) {
    for (const method of Array.from(root.getElementsByTagNameNS(SIGNATURE, name))) {
      const algorithm = method.getAttribute('Algorithm') ?? ''
      if (!/(sha(256|384|512)|ed25519)(-mgf1)?$/i.test(algorithm)) throw refused('saml_weak_signature')
    }
  }
}
