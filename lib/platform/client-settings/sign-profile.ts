import { createHash, createPrivateKey, type KeyObject, webcrypto } from 'node:crypto'
import { ObjectIdentifier, OctetString, UTCTime } from 'asn1js'
import * as pkijs from 'pkijs'

const DATA = '1.2.840.113549.1.7.1'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const SIGNING_TIME = '1.2.840.113549.1.9.5'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'

/** As OpenSSL and as the web name them. */
const CURVES: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

export interface ProfileSigner {
  /** PEM: the certificate, then its chain. */
  certificate: string
  /** PEM of its key, RSA or an elliptic curve of NIST. */
  key: string
}

/** The profile inside a CMS signature (RFC 5652), as DER: Apple shows it as verified. */
export async function signProfile(profile: string, { certificate, key }: ProfileSigner): Promise<Buffer> {
  const certificates = certificatesOf(certificate)
  const [signer] = certificates
  if (!signer) throw new Error('no certificate in the PEM')
  const content = new TextEncoder().encode(profile)
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: DATA }),
    signerInfos: [new pkijs.SignerInfo({ version: 1, sid: issuerOf(signer), signedAttrs: attributesOf(content) })],
    certificates,
  })
  // Given to the constructor, it would be cut into pieces, which DER does not allow.
  signed.encapContentInfo.eContent = new OctetString({ valueHex: content.buffer })
  await signed.sign(await importKey(createPrivateKey(key)), 0, 'SHA-256', content.buffer)
  const envelope = new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.SIGNED_DATA, content: signed.toSchema(true) })
  return Buffer.from(envelope.toSchema().toBER())
}

const certificatesOf = (pem: string) =>
  [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(([, base64]) =>
    pkijs.Certificate.fromBER(new Uint8Array(Buffer.from(base64 as string, 'base64'))),
  )

const issuerOf = ({ issuer, serialNumber }: pkijs.Certificate) => new pkijs.IssuerAndSerialNumber({ issuer, serialNumber })

function attributesOf(content: Uint8Array): pkijs.SignedAndUnsignedAttributes {
  const digest = new Uint8Array(createHash('sha256').update(content).digest())
  const values = [
    [CONTENT_TYPE, new ObjectIdentifier({ value: DATA })],
    [SIGNING_TIME, new UTCTime({ valueDate: new Date() })],
    [MESSAGE_DIGEST, new OctetString({ valueHex: digest.buffer })],
  ] as const
  return new pkijs.SignedAndUnsignedAttributes({
    type: 0,
    attributes: values.map(([type, value]) => new pkijs.Attribute({ type, values: [value] })),
  })
}

async function importKey(key: KeyObject): Promise<CryptoKey> {
  const { asymmetricKeyType, asymmetricKeyDetails } = key
  const curve = CURVES[asymmetricKeyDetails?.namedCurve ?? '']
  if (asymmetricKeyType !== 'rsa' && !curve) throw new Error('the key of profiles is neither RSA nor of a curve of NIST')
  const algorithm = curve ? { name: 'ECDSA', namedCurve: curve } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const der = key.export({ format: 'der', type: 'pkcs8' })
  return (await webcrypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign'])) as CryptoKey
}
