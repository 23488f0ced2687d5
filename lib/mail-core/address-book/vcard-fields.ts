import type { ContactCard, EmailKind, PhoneKind, PostalAddress } from './port.ts'
import { type Line, type Property, paramOf, typesOf, valuesOf } from './vcard-lines.ts'

export type Version = '3.0' | '4.0'
type Where = EmailKind

/** Part of a card that has one place in a vCard. */
export interface Single {
  keys: readonly (keyof ContactCard)[]
  owns(line: Line): boolean
  read(lines: Line[]): Partial<ContactCard>
  write(card: ContactCard, version: Version): Property | null
}

type ListKey = 'emails' | 'phones' | 'addresses' | 'urls' | 'ims'
export type Item = ContactCard[ListKey][number]

/** Part of a card of which a vCard has a line for each item. */
export interface Many {
  key: ListKey
  owns(line: Line): boolean
  /** Null: the line says nothing. */
  read(line: Line): Item | null
  write(item: Item, version: Version): Property
}

/** One line of text, without what would break it. */
const flat = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
const paragraphs = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()

const text = (line: Line | undefined) => (line ? flat(valuesOf(line).flat().join(', ')) : '')
const only = (values: Record<string, string>): Partial<ContactCard> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value))
const named = (...names: string[]) => {
  const set = new Set(names)
  return ({ name }: Line) => set.has(name)
}

function whereOf(line: Line): Where {
  const types = typesOf(line)
  return types.has('work') ? 'work' : types.has('home') ? 'home' : 'other'
}
const typed = (kind: Where, more: string[] = []): Property['params'] => {
  const type = [...more, ...(kind === 'other' ? [] : [kind.toUpperCase()])]
  return type.length > 0 ? { type } : {}
}

/** `20010203`, `2001-02-03`, also with a time; `--0203`, and Apple's year that stands for none. Empty: no such day. */
function dayOf(line: Line): string {
  const [, year, month = '', day = ''] = /^\s*(\d{4}|-)-?(\d\d)-?(\d\d)(?!\d)/.exec(valuesOf(line).flat().join()) ?? []
  if (!year || Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return ''
  return `${year === paramOf(line, 'X-APPLE-OMIT-YEAR') ? '-' : year}-${month}-${day}`
}

function dayWritten(name: string, day: string | undefined, version: Version): Property | null {
  if (!day) return null
  if (version === '4.0') return { name, value: day.startsWith('--') ? `--${day.slice(2).replace('-', '')}` : day.replaceAll('-', '') }
  if (!day.startsWith('--')) return { name, value: day }
  // vCard 3.0 has no day without a year.
  return { name, params: { 'x-apple-omit-year': '1604' }, value: `1604-${day.slice(2)}` }
}

const ANNIVERSARY = named('ANNIVERSARY', 'X-ANNIVERSARY', 'X-EVOLUTION-ANNIVERSARY')
// Maps, since a card may well say `constructor`, which every object has.
const GENDERS = new Map([
  ...['m', 'male', '男'].map((text) => [text, 'male'] as const),
  ...['f', 'female', '女'].map((text) => [text, 'female'] as const),
])
const N_KEYS = ['familyName', 'givenName', 'middleName', 'prefix', 'suffix'] as const

const simple = (key: 'name' | 'nickname' | 'title', name: string): Single => ({
  keys: [key],
  owns: named(name),
  read: ([line]) => only({ [key]: text(line) }),
  write: (card) => (card[key] ? { name, value: card[key] } : null),
})

export const SINGLES: Single[] = [
  simple('name', 'FN'),
  {
    keys: N_KEYS,
    owns: named('N'),
    read: ([line]) => {
      const parts = line ? valuesOf(line) : []
      return only(Object.fromEntries(N_KEYS.map((key, index) => [key, flat((parts[index] ?? []).join(' '))])))
    },
    // vCard 3.0 asks for N, be it empty.
    write: (card, version) =>
      version === '3.0' || N_KEYS.some((key) => card[key]) ? { name: 'N', value: N_KEYS.map((key) => card[key] ?? '') } : null,
  },
  simple('nickname', 'NICKNAME'),
  {
    keys: ['organisation', 'department'],
    owns: named('ORG'),
    read: ([line]) => {
      const [organisation = '', ...units] = line ? valuesOf(line).map((part) => flat(part.join(', '))) : []
      return only({ organisation, department: units.filter(Boolean).join(' / ') })
    },
    write: ({ organisation = '', department = '' }) =>
      organisation || department ? { name: 'ORG', value: department ? [organisation, department] : [organisation] } : null,
  },
  simple('title', 'TITLE'),
  {
    keys: ['birthday'],
    owns: named('BDAY'),
    read: ([line]) => only({ birthday: line ? dayOf(line) : '' }),
    write: ({ birthday }, version) => dayWritten('BDAY', birthday, version),
  },
  {
    keys: ['anniversary'],
    owns: (line) => ANNIVERSARY(line) || (line.name === 'X-ABDATE' && /anniversary/i.test(line.label)),
    read: ([line]) => only({ anniversary: line ? dayOf(line) : '' }),
    write: ({ anniversary }, version) => dayWritten(version === '4.0' ? 'ANNIVERSARY' : 'X-ANNIVERSARY', anniversary, version),
  },
  {
    keys: ['gender'],
    owns: named('GENDER', 'X-GENDER'),
    read: ([line]) => only({ gender: GENDERS.get(text(line).split(';')[0]?.toLowerCase() ?? '') ?? '' }),
    write: ({ gender }, version) => {
      if (!gender) return null
      return version === '4.0' ? { name: 'GENDER', value: gender === 'male' ? 'M' : 'F' } : { name: 'X-GENDER', value: gender }
    },
  },
  {
    keys: ['note'],
    owns: named('NOTE'),
    read: (lines) => only({ note: paragraphs(lines.map((line) => valuesOf(line).flat().join()).join('\n')) }),
    write: ({ note }) => (note ? { name: 'NOTE', value: note } : null),
  },
  {
    keys: ['groups'],
    owns: named('CATEGORIES'),
    read: (lines) => ({ groups: [...new Set(lines.flatMap((line) => valuesOf(line).flat().map(flat)).filter(Boolean))] }),
    write: ({ groups }) => (groups.length > 0 ? { name: 'CATEGORIES', value: groups } : null),
  },
]

function phoneKind(line: Line): PhoneKind {
  const types = typesOf(line)
  if (types.has('fax')) return types.has('home') ? 'home_fax' : 'work_fax'
  if (types.has('pager')) return 'pager'
  if (types.has('cell') || types.has('iphone')) return 'mobile'
  return whereOf(line)
}
const PHONE_TYPES: Record<PhoneKind, string[]> = {
  mobile: ['CELL'],
  work: ['WORK', 'VOICE'],
  home: ['HOME', 'VOICE'],
  work_fax: ['WORK', 'FAX'],
  home_fax: ['HOME', 'FAX'],
  pager: ['PAGER'],
  other: ['VOICE'],
}

function addressOf(line: Line): PostalAddress | null {
  const [box = '', more = '', street = '', city = '', region = '', postcode = '', country = ''] = valuesOf(line).map((part) =>
    part.join(', '),
  )
  const lines = paragraphs([box, street, more].filter((part) => part.trim()).join('\n'))
  const address = { street: lines, city: flat(city), region: flat(region), postcode: flat(postcode), country: flat(country) }
  return Object.values(address).some(Boolean) ? { kind: whereOf(line), ...address } : null
}

/** As older programs name each service: `X-QQ:10001`. */
const IM_LINES = /^X-(QQ|MSN|ICQ|AIM|JABBER|SKYPE|SKYPE-USERNAME|YAHOO|GOOGLE-TALK|GTALK|GADUGADU|GROUPWISE|WECHAT|WEIXIN)$/
const SAME_SERVICE = new Map([
  ['skype-username', 'skype'],
  ['gtalk', 'google-talk'],
  ['weixin', 'wechat'],
  ['xmpp', 'jabber'],
  ['aol', 'aim'],
])
const SCHEME = /^[a-z][a-z\d+.-]*$/

function imOf(line: Line): ContactCard['ims'][number] | null {
  const value = valuesOf(line).flat().join()
  const [, scheme = '', rest = value] = line.name === 'IMPP' ? (/^([a-z][a-z\d+.-]*):(.*)$/is.exec(value) ?? []) : []
  const said = paramOf(line, 'X-SERVICE-TYPE') ?? paramOf(line, 'SERVICE-TYPE')
  const implied = (IM_LINES.exec(line.name)?.[1] ?? scheme).toLowerCase()
  const service = flat(said ?? SAME_SERVICE.get(implied) ?? implied).toLowerCase()
  const handle = flat(line.name === 'IMPP' ? decoded(rest) : rest)
  return service && handle ? { service, handle } : null
}
function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}

const uri = (name: string, params: Property['params'], value: string): Property => ({ name, params, value, isUri: true })

export const MANY: Many[] = [
  many(
    'emails',
    named('EMAIL'),
    (line) => withText(flat(valuesOf(line).flat().join()).replace(/^mailto:/i, ''), (address) => ({ kind: whereOf(line), address })),
    {
      write: ({ kind, address }, version) => ({
        name: 'EMAIL',
        params: typed(kind, version === '3.0' ? ['INTERNET'] : []),
        value: address,
      }),
    },
  ),
  many('phones', named('TEL'), (line) => withText(phoneOf(line), (number) => ({ kind: phoneKind(line), number })), {
    write: ({ kind, number }) => ({ name: 'TEL', params: { type: PHONE_TYPES[kind] }, value: number }),
  }),
  many('addresses', named('ADR'), addressOf, {
    write: ({ kind, street, city, region, postcode, country }) => ({
      name: 'ADR',
      params: typed(kind),
      value: ['', '', street, city, region, postcode, country],
    }),
  }),
  many('urls', named('URL'), (line) => withText(text(line), (url) => ({ kind: whereOf(line), url })), {
    // Of vCard 3.0 everybody takes it for text, and cuts it at a comma that is not escaped.
    write: ({ kind, url }, version) =>
      version === '4.0' ? uri('URL', typed(kind), url) : { name: 'URL', params: typed(kind), value: url },
  }),
  many('ims', ({ name }) => name === 'IMPP' || IM_LINES.test(name), imOf, {
    write: ({ service, handle }) =>
      uri(
        'IMPP',
        { 'x-service-type': service },
        `${SCHEME.test(service) ? service : 'x-apple'}:${encodeURIComponent(handle.toWellFormed())}`,
      ),
  }),
]

function many<K extends ListKey>(
  key: K,
  owns: Many['owns'],
  read: (line: Line) => ContactCard[K][number] | null,
  { write }: { write(item: ContactCard[K][number], version: Version): Property },
): Many {
  return { key, owns, read, write: write as Many['write'] }
}

const withText = <T>(found: string, make: (found: string) => T): T | null => (found ? make(found) : null)

/** RFC 3966 where it is a URI: `tel:+86-10-5550-6120;ext=5`. */
function phoneOf(line: Line): string {
  const value = flat(valuesOf(line).flat().join())
  const [, number = '', parameters = ''] = /^tel:([^;]*)(.*)$/i.exec(value) ?? []
  if (!number) return value
  const extension = /;ext=([^;]+)/i.exec(parameters)?.[1]
  return extension ? `${number} ext. ${extension}` : number
}
