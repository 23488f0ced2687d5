import { addressParser, decodeWords } from 'postal-mime'

const ENCODED_WORD_BEGUN = /=\?[^?\s]*(?:\?(?:[bq](?:\?[^?\s]*\??)?)?)?$/i
/** What stands for the line ends behind an encoded word: no part of the text (RFC 2047 6.2). */
const FOLD = /\?=[?\s]+(?==\?|<)/g
const ADDRESS = /^[^\s<>@]+@[^\s<>@]+$/

/** A header as Postfix logs it: cut after 200 octets, which three dots tell, a `?` for each line end. Null when nothing of it can be read. */
export function readableHeader(logged: string): string | null {
  const words = logged.replace(FOLD, '?= ')
  const whole = /\?=\s*$/.test(words) ? words : words.replace(ENCODED_WORD_BEGUN, '')
  try {
    const text = decodeWords(whole).replace(/\s+/g, ' ').trim()
    if (!text) return null
    return whole === words ? text : `${text}…`
  } catch {
    return null
  }
}

/** Null when the address was cut off, or there is none. */
export function authorOf(logged: string): { name: string; address: string } | null {
  try {
    // Before the words are decoded: an encoded name may hold what looks like an address.
    const [author] = addressParser(logged.replace(FOLD, '?= '), { flatten: true })
    if (!author?.address || !ADDRESS.test(author.address)) return null
    return { name: readableHeader(author.name ?? '') ?? '', address: author.address }
  } catch {
    return null
  }
}
