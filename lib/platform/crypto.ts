import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { env } from './env.ts'

const IV = 12
const TAG = 16

/**
 * Encrypts with AES-256-GCM under the current key of PHONE_KEYS. Layout: length of key id, key id, IV, tag, text.
 * `context` is bound in as associated data, so that a cipher moved to another row or column does not open.
 */
export function seal(plain: string, context: string): Uint8Array {
  const [current] = env().PHONE_KEYS
  if (!current) throw new Error('PHONE_KEYS is empty')
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(current.key, 'base64'), iv)
  cipher.setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  const id = Buffer.from(current.id)
  return Buffer.concat([Buffer.from([id.length]), id, iv, cipher.getAuthTag(), text])
}

/** Opens what `seal` made, with whichever key of PHONE_KEYS it names. */
export function open(sealed: Uint8Array, context: string): string {
  const bytes = Buffer.from(sealed)
  const keyId = sealedWith(bytes)
  const key = env().PHONE_KEYS.find((candidate) => candidate.id === keyId)
  if (!key) throw new Error(`no key ${keyId} in PHONE_KEYS`)
  const start = 1 + Buffer.byteLength(keyId)
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.key, 'base64'), bytes.subarray(start, start + IV))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(start + IV, start + IV + TAG))
  return Buffer.concat([decipher.update(bytes.subarray(start + IV + TAG)), decipher.final()]).toString('utf8')
}

/** The id of the key that a cipher was made with: tells what key rotation has still to do. */
export function sealedWith(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, 1 + (sealed[0] ?? 0))).toString()
}

/** A keyed digest by which a number is found without being readable. */
export function blindIndex(value: string): Uint8Array {
  return createHmac('sha256', Buffer.from(env().PHONE_INDEX_KEY, 'base64')).update(value).digest()
}

/** A short code can be searched, so its digest is keyed and bound to its flow. */
export function codeDigest(code: string, flow: string): Uint8Array {
  return createHmac('sha256', env().SESSION_SECRET).update(`code:${flow}:${code}`).digest()
}

/** The token of a link, 256 bits, that can be made again from what it is for: nothing secret is stored, and a mail can be written twice (T39). */
export const derivedToken = (of: string): string => createHmac('sha256', env().SESSION_SECRET).update(`link:${of}`).digest('base64url')

export const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()
export const randomToken = (): string => randomBytes(32).toString('base64url')
export const numericCode = (digits: number): string =>
  randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0')
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
/** Letters and digits that survive being read aloud and typed; 5 bits each. */
export const base32 = (length: number): string => Array.from(randomBytes(length), (byte) => BASE32[byte & 31]).join('')
