import type { FileKind } from './refusal.ts'

/** By the first octets, in hexadecimal digits. */
const MAGIC: [start: string, kind: FileKind][] = [
  ['d0cf11e0a1b11ae1', 'excel'],
  ['89504e470d0a1a0a', 'image'],
  ['ffd8ff', 'image'],
  ['474946383761', 'image'],
  ['474946383961', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['25504446', 'pdf'],
  ['1f8b', 'archive'],
  ['377abcaf271c', 'archive'],
  ['526172211a07', 'archive'],
]
const ZIP = '504b0304'
const START = 4_096
// Text has none of these; what lies between files that were put together (U+001A, form feeds) does no harm.
const BINARY = /[\0-\x08\x0e-\x19\x1b-\x1f\x7f]/g

/** What a file is whose octets are no text at all; undefined when they may be. */
export function binaryKindOf(bytes: Uint8Array): FileKind | undefined {
  const start = Buffer.from(bytes.subarray(0, START))
  const digits = start.toString('hex', 0, 16)
  if (digits.startsWith(ZIP)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('xl/workbook') ? 'excel' : 'archive'
  const found = MAGIC.find(([magic]) => digits.startsWith(magic))?.[1]
  if (found) return found
  const isRiffImage = digits.startsWith('52494646') && start.toString('latin1', 8, 12) === 'WEBP'
  const isHeif = /^ftyp(heic|heif|mif1|avif)/.test(start.toString('latin1', 4, 12))
  return isRiffImage || isHeif ? 'image' : undefined
}

/** The same of what could be decoded. A workbook that is really a page of the web is written by many a program as `.xls`. */
export function textKindOf(start: string): FileKind | undefined {
  if (/^\s*<(!doctype html|html|\?xml|table)\b/i.test(start)) return 'web_page'
  const binary = start.match(BINARY)?.length ?? 0
  return binary > start.length / 100 ? 'other' : undefined
}
