import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { meaningOf } from './heads.ts'
import { sensibility } from './sensible.ts'
import type { Charset } from './words.ts'

export interface FoundCharset {
  charset: Charset
  /** `said`: by a byte order mark. `only`: no other reads all of it. `guess`: others read it too. */
  certainty: 'said' | 'only' | 'guess'
  /** The likeliest first: a telling piece of the file, some words that are not ASCII, as each would read it. Empty when all is ASCII. */
  readings: { charset: Charset; sample: string }[]
}

const MARKS: [mark: string, charset: Charset][] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
]
/** What is not UTF-8 and has no zeros is one of these. */
const OLD: Charset[] = ['gb18030', 'big5', 'windows-1252']
/** So much that is not ASCII, in octets, is looked at. */
const LOOKED_AT = 16_384
const CHUNK = 65_536
/** A head weighs as much as text in which every character is a usual one. */
const HEADS_WORTH = 2
const MOST_HEADS = 3
const SAMPLE_CELLS = 4
const SAMPLE_LENGTH = 40
/** Of octets of which most are the usual characters of an address book. */
const SURELY_CHINESE = 1.5
const NOT_ASCII = /[^\0-\x7f]/
const BROKEN = /\uFFFD/

/** The text of a file, piece by piece, without a byte order mark at its start. What cannot be read is U+FFFD. */
export function* decoded(bytes: Uint8Array, charset: Charset): Generator<string> {
  const decoder = iconv.getDecoder(charset)
  for (let at = 0; at < bytes.length; at += CHUNK) yield decoder.write(Buffer.from(bytes.subarray(at, at + CHUNK)))
  yield decoder.end() ?? ''
}

const read = (bytes: Uint8Array, charset: Charset) => iconv.decode(Buffer.from(bytes), charset)

/** In which charset a text is. Chinese files without a mark are GB18030, which reads GBK and GB 2312 too, unless another reads better. */
export function findCharset(bytes: Uint8Array): FoundCharset {
  const start = Buffer.from(bytes.subarray(0, 3)).toString('hex')
  const said = MARKS.find(([mark]) => start.startsWith(mark))?.[1]
  if (said) return found(bytes, 'said', [said])
  const wide = wideCharset(bytes)
  if (wide) return found(bytes, 'only', [wide])
  const telling = tellingBytes(bytes)
  if (telling.length === 0) return { charset: 'utf-8', certainty: 'only', readings: [] }
  const scores = ([...OLD, 'utf-8'] as Charset[]).map((charset) => ({
    charset,
    score: sensibility(charset, telling, (part) => read(part, charset)) + HEADS_WORTH * headsOf(telling, charset),
  }))
  if (isUtf8(bytes) && !scores.some(({ score }) => score >= SURELY_CHINESE && isByChance(telling))) return found(bytes, 'only', ['utf-8'])
  const ranked = scores.toSorted((a, b) => b.score - a.score).map(({ charset }) => charset)
  const fitting = ranked.filter((charset) => !BROKEN.test(read(telling, charset)))
  const best = ranked[0] as Charset
  const others = ranked.filter((charset) => charset !== best && (charset !== 'utf-8' || fitting.includes(charset)))
  return found(bytes, fitting.length === 1 && fitting[0] === best ? 'only' : 'guess', [best, ...others])
}

/** How many heads of columns the first line that is not ASCII has, as a charset reads it: hardly one by chance. */
function headsOf(telling: Uint8Array, charset: Charset): number {
  const [line = ''] = read(telling.subarray(0, LOOKED_AT), charset).split(/[\r\n]/)
  const heads = line.split(/[,;\t"]/).filter((cell) => NOT_ASCII.test(cell) && meaningOf(cell).field !== null)
  return Math.min(heads.length, MOST_HEADS)
}

/** Some Chinese characters in GBK are valid UTF-8 by chance, as letters of two octets each; several one after the other hardly are. */
const isByChance = (telling: Uint8Array) =>
  telling.every((octet) => octet < 0xe0) && telling.reduce((count, octet) => count + (octet >= 0xc0 ? 1 : 0), 0) < 4

function found(bytes: Uint8Array, certainty: FoundCharset['certainty'], charsets: Charset[]): FoundCharset {
  const [charset] = charsets as [Charset]
  const readings = charsets.map((each) => ({ charset: each, sample: sampleOf(bytes, each) })).filter(({ sample }) => sample)
  return { charset, certainty, readings }
}

/** UTF-16 without a mark: separators and line ends have a zero octet before or after them, no other text has. */
function wideCharset(bytes: Uint8Array): Charset | undefined {
  const counts: [even: number, odd: number] = [0, 0]
  const looked = bytes.subarray(0, CHUNK)
  for (let at = 0; at < looked.length; at++) if (looked[at] === 0) counts[at % 2 === 0 ? 0 : 1]++
  const [even, odd] = counts
  if (bytes.length % 2 === 1 || Math.max(even, odd) < looked.length / 50 || Math.min(even, odd) > Math.max(even, odd) / 10) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** The lines that hold anything but ASCII, up to a limit; of a longer one, its beginning. */
function tellingBytes(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let [size, from, isTelling] = [0, 0, false]
  for (let at = 0; at < bytes.length && size < LOOKED_AT; at++) {
    const octet = bytes[at] as number
    isTelling ||= octet > 0x7f
    if (octet !== 0x0a && octet !== 0x0d && at !== bytes.length - 1) continue
    const line = bytes.subarray(from, Math.min(at + 1, from + LOOKED_AT))
    from = at + 1
    if (!isTelling) continue
    isTelling = false
    parts.push(line)
    size += line.length
  }
  return Buffer.concat(parts)
}

/** The same octets for every charset: those cells of a row that are not all ASCII, best of the first row after the heads. */
function sampleOf(bytes: Uint8Array, charset: Charset): string {
  if (charset === 'utf-16le' || charset === 'utf-16be') return clean(read(bytes.subarray(0, CHUNK), charset).split(/[\r\n,;\t]+/))
  const lines = Buffer.from(tellingBytes(bytes))
    .toString('latin1')
    .split(/[\r\n]+/)
  const cells = (lines[1] || lines[0] || '').split(/[,;\t"]+/).filter((cell) => NOT_ASCII.test(cell))
  return clean(cells.slice(0, SAMPLE_CELLS).map((cell) => read(Buffer.from(cell, 'latin1'), charset)))
}

const clean = (cells: string[]) =>
  cells
    .filter((cell) => NOT_ASCII.test(cell))
    .slice(0, SAMPLE_CELLS)
    .join(' ')
    .replace(/\p{Cc}+/gu, '')
    .trim()
    .slice(0, SAMPLE_LENGTH)
    .toWellFormed()
