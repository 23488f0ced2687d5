import { isUtf8 } from 'node:buffer'
import { charsetOf, decodeGuessing } from './charset.ts'
import { headerOf, type MailPart } from './outline.ts'
import { LIMITS } from './preview.ts'

/** Enough to know a charset by. */
const SAMPLE = 64_000

/**
 * The same mail, fit for a parser that believes every label: raw headers are UTF-8, a text says the charset that it is in, and
 * no more than LIMITS.sourceBytes of text are left.
 */
export function mend(raw: Buffer, parts: MailPart[]): { mail: Buffer; cut: boolean } {
  const pieces: Buffer[] = []
  let [copied, left, cut] = [0, LIMITS.sourceBytes as number, false]
  const replace = (from: number, to: number, by: Buffer) => {
    pieces.push(raw.subarray(copied, from), by)
    copied = to
  }
  for (const part of parts) {
    const headers = raw.subarray(part.start, part.body)
    const mended = mendedHeaders(headers, raw.subarray(part.body, part.end))
    if (mended) replace(part.start, part.body, mended)
    if (!textType(headers.toString('latin1'))) continue
    if (part.end - part.body > left) {
      replace(part.body + left, part.end, Buffer.from('\r\n'))
      cut = true
    }
    left -= Math.min(left, part.end - part.body)
  }
  return { mail: copied === 0 ? raw : Buffer.concat([...pieces, raw.subarray(copied)]), cut }
}

/** What the parser takes for text: also a part that says nothing. */
const textType = (headers: string): string | undefined =>
  /^[ \t]*(text\/(?:plain|html))/i.exec(headerOf(headers, 'content-type') ?? 'text/plain')?.[1]?.toLowerCase()

/** Undefined when there is nothing to mend. */
function mendedHeaders(headers: Buffer, body: Buffer): Buffer | undefined {
  const text = isUtf8(headers) ? headers.toString() : decodeGuessing(headers)
  const type = textType(text)
  const labelled = type ? withCharset(text, type, decodedSample(text, body)) : text
  return labelled === text && isUtf8(headers) ? undefined : Buffer.from(labelled)
}

const CHARSET = /;[ \t]*charset[ \t]*=[ \t]*(?:"([^"]*)"|([^\s;"]*))/i

function withCharset(headers: string, type: string, sample: Buffer): string {
  const value = headerOf(headers, 'content-type') ?? type
  const [, quoted, token] = CHARSET.exec(value) ?? []
  const [, inDocument] = type === 'text/html' ? (/<meta[^>]{1,200}charset=["']?([\w-]+)/i.exec(sample.toString('latin1')) ?? []) : []
  const label = quoted ?? token
  const charset = charsetOf(sample, label ?? inDocument)
  if (charset === (label?.trim().toLowerCase() ?? 'utf-8')) return headers
  // The parser takes the first of two headers.
  return `Content-Type: ${value.replace(CHARSET, '').trim()}; charset=${charset}\r\n${headers}`
}

/** Decoded, and ended at a line, so that no character is cut in two. */
function decodedSample(headers: string, body: Buffer): Buffer {
  const decoded = decode(headerOf(headers, 'content-transfer-encoding') ?? '', body.subarray(0, SAMPLE))
  return body.length > SAMPLE ? decoded.subarray(0, decoded.lastIndexOf('\n') + 1 || decoded.length) : decoded
}

function decode(encoding: string, encoded: Buffer): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(encoded.toString('latin1').replace(/[^A-Za-z0-9+/]/g, ''), 'base64')
  if (!/quoted-printable/i.test(encoding)) return encoded
  const text = encoded.toString('latin1').replace(/=\r?\n/g, '')
  return Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_, octet: string) => String.fromCharCode(Number.parseInt(octet, 16))),
    'latin1',
  )
}
