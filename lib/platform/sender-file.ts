import type { SenderVerdict } from '#lib/mail-core/sender-rules/port.ts'
import { Day } from './day.ts'
import { readSender, type SenderFault } from './sender-pattern.ts'

/** What else can be wrong with a line of a file: a word for the verdict, or a day, that nobody can read. */
export type LineFault = SenderFault | 'verdict' | 'day'

/** One sender of a list that somebody brings along. `expiresOn`: the last day, `2026-11-30`. */
export interface Line {
  /** In the file, from 1. */
  line: number
  text: string
  fault?: LineFault
  sender?: string
  verdict: SenderVerdict
  expiresOn?: string
}

interface Columns {
  sender: number
  verdict: number
  expires: number
}

/** As our own export and the usual mail systems head their columns; in lower case. */
const HEADS: Record<keyof Columns, string[]> = {
  sender: [
    '发件人',
    '发件人或域',
    '地址',
    '邮箱',
    '邮箱地址',
    '邮件地址',
    '电子邮件',
    '域名',
    'sender',
    'from',
    'address',
    'email',
    'e-mail',
  ].concat(['email address', 'e-mail address', 'mail', 'domain']),
  verdict: ['处理', '名单', '类型', 'verdict', 'action', 'list', 'type'],
  expires: ['到期', '到期日', '有效期', 'expires', 'expiry', 'last day', 'expires on'],
}
const VERDICTS: Record<string, SenderVerdict> = {
  ...Object.fromEntries(['允许', '白名单', 'allow', 'allowed', 'allowlist', 'white', 'whitelist', 'accept'].map((word) => [word, 'allow'])),
  ...Object.fromEntries(
    ['屏蔽', '黑名单', '拒收', 'block', 'blocked', 'blocklist', 'black', 'blacklist', 'deny'].map((word) => [word, 'block']),
  ),
}

/**
 * The senders of a pasted or saved list: one or several a line, parted by commas or semicolons, bare or as `Name <address>`, or a
 * table with heads (RFC 4180, but a line is a row). A line that begins with # is left out.
 */
export function readSenderFile(text: string, verdict: SenderVerdict): Line[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const first = lines.findIndex((line) => line.trim() !== '')
  const columns = columnsOf(cellsOf(lines[first] ?? ''))
  return lines.flatMap((line, index): Line[] => {
    if (index <= first && (columns || index < first)) return []
    if (line.trim() === '' || line.startsWith('#')) return []
    const at = { line: index + 1, verdict }
    return columns ? [ofRow(cellsOf(line), columns, at)] : sendersOf(line).map((sender) => ofText(sender, at))
  })
}

type At = Pick<Line, 'line' | 'verdict'>

function columnsOf(cells: string[]): Columns | null {
  const found = (name: keyof Columns) => cells.findIndex((cell) => HEADS[name].includes(cell.toLowerCase()))
  const columns = { sender: found('sender'), verdict: found('verdict'), expires: found('expires') }
  return columns.sender < 0 ? null : columns
}

function ofText(text: string, at: At): Line {
  return { ...at, text, ...readSender(text) }
}

function ofRow(cells: string[], columns: Columns, at: At): Line {
  const [sender = '', word = '', day = ''] = [columns.sender, columns.verdict, columns.expires].map((column) => cells[column])
  const line = ofText(bare(sender), { ...at, verdict: VERDICTS[word.toLowerCase()] ?? at.verdict })
  if (line.fault) return line
  if (word !== '' && !(word.toLowerCase() in VERDICTS)) return { ...at, text: word, fault: 'verdict' }
  const expiresOn = day === '' ? undefined : dayOf(day)
  return expiresOn === null ? { ...at, text: day, fault: 'day' } : { ...line, expiresOn }
}

/** `2026-11-30`, or as spreadsheets write it back: `2026/11/30`, `2026/1/5`. */
function dayOf(text: string): string | null {
  const [, year, month = '', day = ''] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return Day.safeParse(iso).success ? iso : null
}

/** What stands between separators; inside quotes one parts nothing, unless a quote is missing. */
function partsOf(line: string, separators: string): string[] {
  const balanced = line.split('"').length % 2 === 1
  const parts = ['']
  let open = false
  for (const letter of line) {
    if (letter === '"') open = !open && balanced
    if (separators.includes(letter) && !open) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts
}

function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(',') || !line.includes(';') ? ',' : ';'
  return partsOf(line, separator).map(bare)
}

/** The senders that a line without heads names. A part before an address in brackets that is no sender belongs to its name. */
function sendersOf(line: string): string[] {
  const found: string[] = []
  let before: string[] = []
  for (const part of partsOf(line, ',;\t，；、')) {
    const addresses = inBrackets(part)
    if (addresses.length > 0) {
      found.push(...before.filter((text) => 'sender' in readSender(text)), ...addresses)
      before = []
    } else before.push(...words(part).map(bare))
  }
  return [...found, ...before].filter((text) => text !== '')
}

function inBrackets(text: string): string[] {
  return text
    .split('<')
    .slice(1)
    .flatMap((rest) => (rest.includes('>') ? [bare(rest.slice(0, rest.indexOf('>')))] : []))
}

/** Parted by spaces, if each part could be a sender. */
function words(text: string): string[] {
  const parts = text.trim().split(/\s+/)
  return parts.every((part) => /[@.]/.test(part)) ? parts : [text]
}

/** Without the quotes of a name or a cell, and without the apostrophe that keeps a formula from running (T32). */
function bare(text: string): string {
  const inner = text.trim()
  const from = inner.search(/[^'"]/)
  const to = from < 0 ? 0 : inner.length - [...inner].reverse().findIndex((letter) => letter !== "'" && letter !== '"')
  return inner
    .slice(Math.max(from, 0), to)
    .replace(/^mailto:/i, '')
    .trim()
}
