import { LIMITS, PreviewRefused } from './preview.ts'

/** Where a part stands in the raw mail: its headers from `start`, its body from `body`, the next delimiter at `end`. */
export interface MailPart {
  start: number
  body: number
  end: number
}

interface Delimiter {
  at: number
  next: number
  /** Which of the open multiparts it belongs to. */
  level: number
  closes: boolean
}

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const HYPHEN = 0x2d

/**
 * The parts of a mail (RFC 2046), without decoding any. It runs before the parser, which has no limit of parts and would take
 * minutes and gigabytes for two million of them.
 * @throws PreviewRefused too_many_parts, too_deep, or too_large when the headers are
 */
export function outline(raw: Buffer): MailPart[] {
  const parts: MailPart[] = []
  const open: Buffer[] = []
  let headerBytes = 0
  let start = 0
  for (;;) {
    if (parts.length === LIMITS.parts) throw new PreviewRefused('too_many_parts')
    const body = endOfHeaders(raw, start, open, LIMITS.headerBytes - headerBytes)
    headerBytes += body - start
    const boundary = boundaryOf(raw.toString('latin1', start, body))
    if (boundary) open.push(boundary)
    if (open.length > LIMITS.depth) throw new PreviewRefused('too_deep')

    let delimiter = nextDelimiter(raw, body, open)
    parts.push({ start, body, end: delimiter?.at ?? raw.length })
    while (delimiter?.closes) {
      open.length = delimiter.level
      delimiter = nextDelimiter(raw, delimiter.next, open)
    }
    if (!delimiter) return parts
    open.length = delimiter.level + 1
    start = delimiter.next
  }
}

function afterLine(raw: Buffer, at: number): number {
  const feed = raw.indexOf(LINE_FEED, at)
  return feed < 0 ? raw.length : feed + 1
}

function isBlank(raw: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (raw[at] !== LINE_FEED && raw[at] !== CARRIAGE_RETURN) return false
  return true
}

function endOfHeaders(raw: Buffer, start: number, open: Buffer[], most: number): number {
  let at = start
  while (at < raw.length && !delimiterAt(raw, at, open)) {
    const next = afterLine(raw, at)
    if (next - start > most) throw new PreviewRefused('too_large')
    if (isBlank(raw, at, next)) return next
    at = next
  }
  return at
}

/** The first of them counts, as it does for the parser. */
export const headerOf = (headers: string, name: string): string | undefined =>
  new RegExp(`^${name}[ \\t]*:([^\\n]*(?:\\n[ \\t][^\\n]*)*)`, 'im').exec(headers)?.[1]?.replace(/\r?\n/g, '')

function boundaryOf(headers: string): Buffer | undefined {
  const type = headerOf(headers, 'content-type') ?? ''
  if (!/^[ \t]*multipart\//i.test(type)) return undefined
  const [, quoted, token] = /;[ \t]*boundary[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i.exec(type) ?? []
  const boundary = quoted?.replace(/\\(.)/g, '$1') ?? token
  return boundary ? Buffer.from(boundary, 'latin1') : undefined
}

function nextDelimiter(raw: Buffer, from: number, open: Buffer[]): Delimiter | undefined {
  if (open.length === 0) return undefined
  let at = from
  while (at < raw.length) {
    const found = delimiterAt(raw, at, open)
    if (found) return found
    const line = raw.indexOf('\n--', at)
    if (line < 0) return undefined
    at = line + 1
  }
  return undefined
}

/** The innermost multipart is asked first: a mail may use one boundary twice. */
function delimiterAt(raw: Buffer, at: number, open: Buffer[]): Delimiter | undefined {
  if (raw[at] !== HYPHEN || raw[at + 1] !== HYPHEN) return undefined
  for (let level = open.length - 1; level >= 0; level--) {
    const boundary = open[level] as Buffer
    const end = at + 2 + boundary.length
    if (end > raw.length || boundary.compare(raw, at + 2, end) !== 0) continue
    const next = afterLine(raw, end)
    const rest = /^(--)?[ \t]*[\r\n]*$/.exec(raw.toString('latin1', end, next))
    if (rest) return { at, next, level, closes: rest[1] !== undefined }
  }
  return undefined
}
