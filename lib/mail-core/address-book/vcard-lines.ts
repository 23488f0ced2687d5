import ICAL from 'ical.js'

/** A content line (RFC 6350, 3.3), unfolded; of vCard 2.1 as 3.0 would write it. */
export interface Line {
  /** In capitals; empty for what cannot be understood. */
  name: string
  group: string | null
  params: [name: string, value: string][]
  /** Still escaped. */
  value: string
  /** Apple's name for what stands in the same group: `X-ABLabel`. */
  label: string
  /** As it stood in the file. */
  source: string[]
}

export interface RawCard {
  raw: string
  lines: Line[]
  version: '2.1' | '3.0' | '4.0'
  /** The end was found. */
  whole: boolean
}

// Each parameter begins with a character that nothing before it can hold: this never goes back.
const HEAD = /^(?:([\w-]+)\.)?([\w-]+)((?:;[^;:="]*(?:=(?:"[^"]*"|[^;:"])*)?)*):/
/** What stands before the value of a line; longer, it is nobody's address book. */
const LONGEST_HEAD = 4_000
const PARAM = /;([^;:="]*)(?:=((?:"[^"]*"|[^;:"])*))?/g
const BEGIN = /^BEGIN:VCARD\s*$/i
const END = /^END:VCARD\s*$/i
const AGENT = /^AGENT(;[^:]*)?:\s*$/i
const QUOTED_PRINTABLE = /^[^:]*;(ENCODING=)?QUOTED-PRINTABLE[^:]*:/i
const BASE64 = /^[^:]*;(ENCODING=)?(BASE64|B)\b[^:]*:/i
const ENCODINGS = /^(7BIT|8BIT|QUOTED-PRINTABLE|BASE64|B)$/i
const CARETS: Record<string, string> = { '^^': '^', '^n': '\n', "^'": '"' }

/** A logical line as it stands in the file, and what its beginning says of how it is folded. */
interface Folded {
  source: string[]
  encoding: 'quoted-printable' | 'base64' | null
}

/** The vCards of a file, one after the other; what stands between them is passed over. */
export function* rawCards(text: string): Generator<RawCard> {
  let open: { physical: string[]; lines: Folded[]; depth: number } | null = null
  let agent = false
  for (const physical of text.split(/\r\n|\r|\n/)) {
    // A byte order mark stands wherever files were put together.
    const line = physical.replace(/^\uFEFF/, '')
    if (BEGIN.test(line) && !agent && (open?.depth ?? 0) === 0) {
      if (open) yield rawCard(open, false)
      open = { physical: [line], lines: [], depth: 0 }
      continue
    }
    if (!open) continue
    open.physical.push(line)
    if (BEGIN.test(line)) open.depth++
    else if (!END.test(line)) {
      agent = AGENT.test(line)
      if (open.depth === 0 && !agent) take(open.lines, line)
      continue
    } else if (open.depth-- === 0) {
      yield rawCard(open, true)
      open = null
    }
    agent = false
  }
  if (open) yield rawCard(open, false)
}

/** Unfolds: also the soft line breaks of QUOTED-PRINTABLE, and BASE64 without the blank that ought to lead its lines. */
function take(lines: Folded[], line: string): void {
  const last = lines.at(-1)
  if (last?.encoding === 'quoted-printable' && last.source.at(-1)?.endsWith('=')) last.source.push(line)
  else if (last && /^[ \t]/.test(line)) last.source.push(line)
  else if (last?.encoding === 'base64' && /^[\w+/=]+$/.test(line)) last.source.push(line)
  else if (line.trim() !== '')
    lines.push({ source: [line], encoding: QUOTED_PRINTABLE.test(line) ? 'quoted-printable' : BASE64.test(line) ? 'base64' : null })
}

function rawCard({ physical, lines }: { physical: string[]; lines: Folded[] }, whole: boolean): RawCard {
  const parsed = lines.map(lineOf)
  const version = parsed.find(({ name }) => name === 'VERSION')?.value.trim()
  const labels = new Map(parsed.filter(({ name, group }) => name === 'X-ABLABEL' && group).map(({ group, value }) => [group, value]))
  return {
    raw: `${physical.join('\r\n')}\r\n`,
    lines: parsed.map((line) => ({ ...line, label: (line.name !== 'X-ABLABEL' && line.group && labels.get(line.group)) || '' })),
    version: version === '4.0' || version === '2.1' ? version : '3.0',
    whole,
  }
}

function unfolded({ source, encoding }: Folded): string {
  const isSoft = (line: string | undefined) => encoding === 'quoted-printable' && line?.endsWith('=') === true
  const parts = source.map((line, index) => {
    const text = index === 0 || isSoft(source[index - 1]) ? line : line.replace(/^[ \t]/, '')
    return index < source.length - 1 && isSoft(line) ? text.slice(0, -1) : text
  })
  return parts.join('')
}

function lineOf(folded: Folded): Line {
  const { source, encoding } = folded
  const quotedPrintable = encoding === 'quoted-printable'
  const text = unfolded(folded)
  const [whole = '', group = null, name = '', head = ''] = HEAD.exec(text.slice(0, LONGEST_HEAD)) ?? []
  const value = whole ? text.slice(whole.length) : ''
  const params = [...head.matchAll(PARAM)].map(([, key = '', given]): [string, string] => {
    // vCard 2.1 leaves out the names of parameters.
    if (given === undefined) return [ENCODINGS.test(key) ? 'ENCODING' : 'TYPE', key]
    return [key.trim().toUpperCase(), given.replace(/"/g, '').replace(/\^[\^n']/g, (caret) => CARETS[caret] ?? caret)]
  })
  const charset = params.find(([key]) => key === 'CHARSET')?.[1]
  return {
    name: name.toUpperCase(),
    group,
    params: quotedPrintable ? params.filter(([key]) => key !== 'CHARSET' && key !== 'ENCODING') : params,
    value: quotedPrintable ? fromQuotedPrintable(value, charset).replace(/\r\n?|\n/g, '\\n') : value,
    label: '',
    source,
  }
}

/** RFC 2045, 6.7. Who does not say in which charset means UTF-8 or, in China, GBK. */
function fromQuotedPrintable(text: string, charset: string | undefined): string {
  return text.replace(/[\u0000-\u007f]+/g, (ascii) => {
    const octets = Buffer.from(
      ascii.replace(/=([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    )
    for (const name of [...(charset ? [charset] : []), 'utf-8']) {
      try {
        return new TextDecoder(name, { fatal: true }).decode(octets)
      } catch {}
    }
    return new TextDecoder('gb18030').decode(octets)
  })
}

/** Types of a line, in lower case: `work`, `cell`. */
export const typesOf = ({ params }: Line): Set<string> =>
  new Set(params.filter(([name]) => name === 'TYPE').flatMap(([, value]) => value.toLowerCase().split(',')))

export const paramOf = ({ params }: Line, name: string): string | undefined => params.find(([key]) => key === name)?.[1]

const TEXT = { defaultType: 'text' }
const STRUCTURED = { ...TEXT, structuredValue: ';', multiValue: ',' }
/** One for all versions: whoever writes a file escapes as the other version wants it now and then. */
const DESIGN = {
  name: 'vcard',
  value: { text: (ICAL.design.getDesignSet('icalendar').value as { text: unknown }).text },
  param: {},
  property: {
    n: STRUCTURED,
    adr: STRUCTURED,
    org: { ...TEXT, structuredValue: ';' },
    categories: { ...TEXT, multiValue: ',' },
    nickname: { ...TEXT, multiValue: ',' },
  },
  propertyGroups: false,
}

const designOf = (name: string) => (name in DESIGN.property ? DESIGN : { ...DESIGN, property: { [name]: TEXT } })

// The parser takes a separator after an escaped backslash for an escaped separator.
const BACKSLASH = '\u0001'

/** Longer, it is a picture, or meant to keep somebody busy. */
const LONGEST_VALUE = 100_000

/** What stands in a line: its parts (of `N`, `ADR`, `ORG`), each with its values. */
export function valuesOf({ name, value }: Line): string[][] {
  if (value.length > LONGEST_VALUE) return []
  const prepared = value
    .replace(/[\u0001-\u0008\u000b-\u001f]/g, '')
    .replaceAll('\\\\', BACKSLASH)
    .replaceAll('\\:', ':')
  const [, , , ...found] = ICAL.parse.property(`${name}:${prepared}`, designOf(name.toLowerCase()))
  const parts = Array.isArray(found[0]) ? found[0] : name === 'CATEGORIES' || name === 'NICKNAME' ? [found] : found
  return parts.map((part: string | string[]) => [part].flat().map((text) => text.replaceAll(BACKSLASH, '\\')))
}

export interface Property {
  name: string
  params?: Record<string, string | string[]>
  /** Text, parts of a structured value, or values of a list. */
  value: string | string[]
  /** Is not escaped (RFC 6350, 4.2), but for the backslash, which no URI can hold. */
  isUri?: true
}

const URI = { uri: { toICAL: (value: string) => value.replaceAll('\\', '\\\\') } }
const TYPES = { type: { multiValue: ',' } }

/** Text that stays within its line. */
const inLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
const each = <T extends string | string[]>(value: T): T => (typeof value === 'string' ? inLine(value) : value.map(inLine)) as T

/** A line as it is written, folded at 75 octets. */
export function written({ name, params: given = {}, value: text, isUri }: Property): string {
  const value = each(text)
  const params = Object.fromEntries(Object.entries(given).map(([key, param]) => [key, each(param)]))
  const lower = name.toLowerCase()
  const design = isUri ? { ...DESIGN, value: URI, property: { [lower]: { defaultType: 'uri' } } } : designOf(lower)
  const property = [lower, params, isUri ? 'uri' : 'text', ...(lower === 'categories' ? value : [value])]
  return ICAL.helpers.foldline(ICAL.stringify.property(property, { ...design, param: TYPES }, true))
}

/** A line of a file with other parameters. */
export function writtenAgain({ group, name, value }: Line, params: Line['params']): string {
  const quoted = params.map(([key, text]) => `;${key}=${/[,:;^\n"]/.test(text) && key !== 'TYPE' ? `"${caret(text)}"` : text}`)
  return ICAL.helpers.foldline(`${group ? `${group}.` : ''}${name}${quoted.join('')}:${value}`)
}

const caret = (text: string) => text.replace(/[\^\n"]/g, (sign) => ({ '^': '^^', '\n': '^n' })[sign] ?? "^'")
