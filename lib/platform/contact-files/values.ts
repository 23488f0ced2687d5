import type { ContactCard } from '#lib/mail-core/address-book/port.ts'

/** Most cells, which are in shape already. */
const PLAIN = /^[\x20-\x7e\u4e00-\u9fff]*$/

/** One line of text, as a card holds it. */
export function flat(text: string): string {
  if (PLAIN.test(text)) return text.trim()
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

/** The same with its line breaks. */
export function paragraphs(text: string): string {
  if (PLAIN.test(text)) return text.trim()
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
}

/** Of full width, as Chinese input methods leave it, the same: letters, digits, the @ and the dot. */
const narrow = (text: string): string => flat(text.normalize('NFKC'))

/** Between several values in one cell, as Google writes them. */
const GOOGLE = ':::'

// RFC 6531 lets both sides be of any script; what separates addresses, and what could be read as two, is no part of one.
const LOCAL = /^[^\s\p{C}@<>()[\]",;:\\]{1,64}$/u
const DOMAIN =
  /^(?=.{3,253}$)[\p{L}\p{N}\p{M}]([\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}])?(\.[\p{L}\p{N}\p{M}]([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)+$/u

function addressOf(text: string): string | null {
  const bare = text.trim().replace(/^(mailto|smtp):/i, '')
  const inner = without('"\'', bare)
  return plainAddress(bare) ?? (inner === bare ? null : addressOf(inner))
}

function plainAddress(text: string): string | null {
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1).replaceAll('。', '.')]
  return LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : null
}

/** Without blanks and these marks at either end. */
function without(marks: string, text: string): string {
  const isMark = (letter = 'x') => marks.includes(letter) || letter.trim() === ''
  let [from, to] = [0, text.length]
  while (from < to && isMark(text[from])) from++
  while (to > from && isMark(text[to - 1])) to--
  return text.slice(from, to)
}

export interface ReadAddresses {
  addresses: string[]
  /** What stands before an address in brackets. */
  name: string
  /** What is no address. */
  bad: string[]
}

/** How Exchange writes its own people's addresses (X.500), which lead nowhere outside; and what stands for none. */
const NONE = /^(\/o=.*|无|没有|暂无|none|null|n\/a|[-/]*)$/i

/** The addresses of a cell, parted by commas, semicolons, line breaks or blanks, bare or as `Name <address>`. */
export function readAddresses(cell: string): ReadAddresses {
  const found: ReadAddresses = { addresses: [], name: '', bad: [] }
  let before: string[] = []
  const parts = partsOf(paragraphs(cell.normalize('NFKC')), [',', ';', '、', '\n', GOOGLE])
  for (const part of parts) {
    const [, name = '', inside] = /^([^<]*)<([^<>]*)>[^<>]*$/.exec(part) ?? []
    if (inside === undefined) {
      before.push(part)
      continue
    }
    // A comma in a name that nobody has quoted: Lin, Yue <lin@…>.
    for (const text of before.filter((text) => text.includes('@'))) takeBare(text, found)
    const words = [...before, name].filter((text) => !text.includes('@')).map((text) => without('"\'()', text))
    before = []
    found.name ||= flat(words.filter(Boolean).join(', '))
    takeOne(inside, found)
  }
  for (const text of before) takeBare(text, found)
  return found
}

function takeBare(text: string, found: ReadAddresses): void {
  const words = text.split(/\s+/).filter(Boolean)
  if (words.length > 1 && words.every((word) => addressOf(word) !== null)) for (const word of words) takeOne(word, found)
  else takeOne(text, found)
}

function takeOne(text: string, found: ReadAddresses): void {
  const address = addressOf(text)
  if (address !== null) found.addresses.push(address)
  else if (!NONE.test(text.trim())) found.bad.push(text.trim())
}

/** What stands between separators; inside quotes one parts nothing, unless a quote is missing. */
function partsOf(text: string, separators: string[]): string[] {
  if (!separators.some((separator) => text.includes(separator))) return [text]
  const isBalanced = text.split('"').length % 2 === 1
  const parts: string[] = []
  let [from, isOpen] = [0, false]
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isOpen = !isOpen && isBalanced
    const separator = isOpen ? undefined : separators.find((each) => text.startsWith(each, at))
    if (separator === undefined) continue
    parts.push(text.slice(from, at))
    from = at + separator.length
    at = from - 1
  }
  return [...parts, text.slice(from)]
}

const LEAST_DIGITS = 7

/** The numbers of a cell, as they are written. Several are told apart only where each is long enough to be called by itself. */
export function readNumbers(cell: string): string[] {
  const text = paragraphs(cell.normalize('NFKC'))
  const parts = partsOf(text, [GOOGLE, ';', ',', '、', '/', '\n']).filter((part) => part.trim() !== '')
  const areWhole = parts.every((part) => part.replace(/\D/g, '').length >= LEAST_DIGITS && !/\p{L}/u.test(part))
  return (areWhole ? parts : [text]).map(narrow).filter(Boolean)
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LAST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Each with the order of what it finds. */
const DAYS: [pattern: RegExp, order: string][] = [
  [/^(\d{4})(\d\d)(\d\d)$/, 'ymd'],
  [/^(\d{4})[-/.年 ]+(\d{1,2})[-/.月 ]+(\d{1,2})日?$/, 'ymd'],
  [/^(?:--)?(\d{1,2})[-/.月 ]+(\d{1,2})日?$/, 'md'],
  [/^--(\d\d)(\d\d)$/, 'md'],
  [/^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/, 'mdy'],
  [/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, 'dmy'],
  [/^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/, 'mdy'],
  [/^(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?,? (\d{4})$/, 'dmy'],
]

/**
 * `2001-02-03` or `--02-03`, of the usual ways to write a day; with slashes the month comes first, unless it cannot be one. Null: not
 * to be read. Empty: none, which Outlook writes as zeros.
 */
export function readDay(cell: string): string | null {
  const text = narrow(cell)
    .toLowerCase()
    .replace(/[ t]\d{1,2}:\d\d(:\d\d)?(\.\d+)?( ?[ap]m|z|[+-]\d\d:?\d\d)?$/, '')
  if (/^[0/.-]*$/.test(text)) return ''
  for (const [pattern, order] of DAYS) {
    const [, ...found] = pattern.exec(text) ?? []
    if (found.length === 0) continue
    const part = (letter: string) => found[order.indexOf(letter)] ?? ''
    const [year, month, day] = [part('y') || '-', monthOf(part('m')), Number(part('d'))]
    const swapped = order === 'mdy' && month > 12
    return dayOf(year, swapped ? day : month, swapped ? month : day)
  }
  return null
}

const monthOf = (text: string) => (/\d/.test(text) ? Number(text) : MONTHS.indexOf(text.slice(0, 3)) + 1)

function dayOf(year: string, month: number, day: number): string | null {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= (LAST_DAYS[month - 1] as number)
  const isLeapDay = month === 2 && day === 29 && year !== '-'
  if (!isDay || (isLeapDay && new Date(Date.UTC(Number(year), 1, 29)).getUTCDate() !== 29)) return null
  return [year, ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-')
}

// A map, since a cell may well say `constructor`, which every object has.
const GENDERS = new Map([
  ...['男', '男性', '先生', 'm', 'male'].map((text) => [text, 'male'] as const),
  ...['女', '女性', '女士', 'f', 'female'].map((text) => [text, 'female'] as const),
])
/** Empty when the cell says neither. */
export function readGender(cell: string): Pick<ContactCard, 'gender'> {
  const gender = GENDERS.get(narrow(cell).toLowerCase())
  return gender ? { gender } : {}
}

const LISTS = {
  google: { separators: [GOOGLE], joint: ` ${GOOGLE} `, marks: /"|:::|^\*/ },
  other: { separators: [';', ',', '；', '，'], joint: ';', marks: /[";,；，]/ },
}
type ListStyle = keyof typeof LISTS

/** Several names in one cell; one that could be read as two, or as something else, stands in quotes. */
export function writeList(names: string[], style: ListStyle): string {
  const { joint, marks } = LISTS[style]
  return names.map((name) => (marks.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(joint)
}

/** Back again. Google marks with a star what it makes by itself, and what is preferred; `myContacts` are all. */
export function readList(cell: string, style: ListStyle): string[] {
  const names = partsOf(flat(cell), LISTS[style].separators).map((part) => {
    const text = part.trim()
    const [, inside] = /^"((?:[^"]|"")*)"$/.exec(text) ?? []
    if (inside !== undefined) return inside.replaceAll('""', '"').trim()
    if (style === 'other') return text
    return /^\* ?(my ?contacts|starred)$/i.test(text) ? '' : text.replace(/^\* ?/, '')
  })
  return [...new Set(names.filter(Boolean))]
}

/** A messenger of which a table has no column of its own. */
export const writeMessenger = ({ service, handle }: ContactCard['ims'][number]): string =>
  `${service.replace(/[%:]/g, encodeURIComponent)}:${handle}`

export function readMessenger(cell: string): ContactCard['ims'][number] {
  const [, service = 'other', handle = cell] = /^([^:]{1,160}):(.+)$/s.exec(cell) ?? []
  return { service: flat(service.replaceAll('%3A', ':').replaceAll('%25', '%')).toLowerCase(), handle: flat(handle) }
}
