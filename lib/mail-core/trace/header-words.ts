import { addressParser, decodeWords } from 'postal-mime'

const ENCODED_WORD_BEGUN = /=\?[^?\s]*(?:\?(?:[bq](?:\?[^?\s]*\??)?)?)?$/i
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+$/

/** A header as Postfix logs it: cut after 200 octets, a `?` for each line end. Null when nothing of it can be read. */
export function readableHeader(logged: string): string | null {
  // Line end and tab between two encoded words are no part of the text (RFC 2047 6.2).
  const words = logged.replace(/\?=[?\s]+(?==\?)/g, '?= ')
  const whole = /\?=\s*$/.test(words) ? words : words.replace(ENCODED_WORD_BEGUN, '')
  try {
    return decodeWords(whole).replace(/\s+/g, ' ').trim() || null
  } catch {
    return null
  }
}

/** Null when the address was cut off, or there is none. */
export function authorOf(logged: string): { name: string; address: string } | null {
  try {
    // Before the words are decoded: an encoded name may hold what looks like an address.
    const [author] = addressParser(logged.replace(/\?=[?\s]+(?==\?)/g, '?= '), { flatten: true })
    if (!author?.address || !ADDRESS.test(author.address)) return null
    return { name: readableHeader(author.name ?? '') ?? '', address: author.address }
  } catch {
    return null
  }
}
