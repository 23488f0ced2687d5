import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { withinBounds } from '#lib/mail-core/address-book/bounds.ts'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { env } from './env.ts'

type Phone = ContactCard['phones'][number]

/** A number so short is an extension, or a service that everybody calls. */
const LEAST_DIGITS = 7
const LONGEST_NOTE = 4_000
const NAME_PARTS = ['familyName', 'givenName', 'middleName', 'prefix', 'suffix'] as const
/** In one order: the database gives them back in another than a file. */
const ADDRESS_PARTS = ['street', 'city', 'region', 'postcode', 'country'] as const
const SINGLES = ['nickname', 'organisation', 'department', 'title', 'birthday', 'anniversary', 'gender'] as const

/** What is the same but for width, case and blanks. */
const folded = (text = ''): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

/**
 * By what a person is known again: two cards with a key in common are one. Each address; each mobile number as E.164; other numbers,
 * which an office or a household shares, and what is no number, only together with the name; the name and employer of whom neither
 * address nor number is known. Faxes and pagers tell nobody.
 */
export function keysOf(card: ContactCard, { byMobileAlone = true } = {}): string[] {
  const mails = card.emails.map(({ address }) => `mail ${folded(address)}`)
  const phones = card.phones.flatMap((phone) => phoneKeys(phone, card.name, byMobileAlone))
  if (card.emails.length + card.phones.length > 0) return [...new Set([...mails, ...phones])]
  return [`name ${JSON.stringify([folded(card.name), folded(card.organisation)])}`]
}

function phoneKeys({ kind, number }: Phone, name: string, byMobileAlone: boolean): string[] {
  if (kind === 'work_fax' || kind === 'home_fax' || kind === 'pager') return []
  const plain = plainNumber(number)
  const short = plain.replace(/\D/g, '').length < LEAST_DIGITS
  // A spreadsheet saves the mobiles of a whole department as 8.6138E+12: that is no number, and nobody's own.
  const phone = parsed(number)
  const isPersonal = phone && (kind === 'mobile' || (kind === 'other' && phone.getType() === 'MOBILE'))
  return [byMobileAlone && isPersonal && !short ? `phone ${plain}` : `phone ${JSON.stringify([plain, folded(name)])}`]
}

const parsed = (number: string) => parsePhoneNumberFromString(number.normalize('NFKC'), env().DEFAULT_COUNTRY as CountryCode)

/** E.164, with its extension; what is no number as it is written. */
function plainNumber(number: string): string {
  const phone = parsed(number)
  if (!phone) return folded(number)
  return phone.ext ? `${phone.number};ext=${phone.ext}` : phone.number
}

/**
 * What is missing in `existing` comes from `incoming`: addresses, numbers and groups are added to those that are there, a note below
 * the note; nothing that is there changes. `fills`: the fields of a card that gained something. Merging the same again gives the same.
 */
export function mergeCards(existing: ContactCard, incoming: ContactCard): { card: ContactCard; fills: (keyof ContactCard)[] } {
  const gained: Partial<ContactCard> = {
    ...missingNames(existing, incoming),
    ...Object.fromEntries(SINGLES.flatMap((key) => (!existing[key] && incoming[key] ? [[key, incoming[key]]] : []))),
    ...notes(existing.note, incoming.note),
    emails: added(existing.emails, incoming.emails, ({ address }) => folded(address)),
    phones: added(existing.phones, incoming.phones, ({ number }) => plainNumber(number)),
    addresses: added(existing.addresses, incoming.addresses, (address) => folded(ADDRESS_PARTS.map((part) => address[part]).join('\n'))),
    urls: added(existing.urls, incoming.urls, ({ url }) => folded(url).replace(/^https?:\/\/|\/$/g, '')),
    ims: added(existing.ims, incoming.ims, ({ service, handle }) => `${folded(service)} ${folded(handle)}`),
    groups: added(existing.groups, incoming.groups, (name) => name),
  }
  const card = withinBounds({ ...existing, ...gained })
  const fills = (Object.keys(gained) as (keyof ContactCard)[]).filter((key) => card[key]?.length !== existing[key]?.length)
  return { card, fills }
}

/** The parts of a name that is written otherwise do not fit this one. */
function missingNames(existing: ContactCard, incoming: ContactCard): Partial<ContactCard> {
  const isSame = folded(existing.name) === folded(incoming.name)
  return isSame && NAME_PARTS.every((key) => !existing[key]) ? partsOf(incoming) : {}
}

const partsOf = (card: ContactCard): Partial<ContactCard> =>
  Object.fromEntries(NAME_PARTS.flatMap((key) => (card[key] ? [[key, card[key]]] : [])))

/** A note that would become too long stays as it is. */
function notes(existing = '', incoming = ''): Partial<ContactCard> {
  const both = existing ? `${existing}\n${incoming}` : incoming
  return incoming && !existing.includes(incoming) && both.length <= LONGEST_NOTE ? { note: both } : {}
}

function added<T>(existing: T[], incoming: T[], mark: (item: T) => string): T[] {
  const marks = new Set(existing.map(mark))
  const fresh = incoming.filter((item) => {
    const isKnown = marks.has(mark(item))
    marks.add(mark(item))
    return !isKnown
  })
  return [...existing, ...fresh]
}

/** What `incoming` says, instead of what was there; of what it says nothing, and groups, what was there stays. */
export function replaceCard(existing: ContactCard, incoming: ContactCard): ContactCard {
  const named = incoming.name !== existing.name || NAME_PARTS.some((key) => incoming[key])
  const kept = Object.fromEntries(Object.entries(existing).filter(([key]) => !named || !isNamePart(key)))
  const said = Object.fromEntries(Object.entries(incoming).filter(([, value]) => value?.length > 0))
  return withinBounds({ ...kept, ...said, groups: added(existing.groups, incoming.groups, (name) => name) } as ContactCard)
}

const isNamePart = (key: string) => (NAME_PARTS as readonly string[]).includes(key)
