import { isDeepStrictEqual } from 'node:util'
import { withinBounds } from '#lib/mail-core/address-book/bounds.ts'
import type { ContactCard, EmailKind, PhoneKind, PostalAddress } from '#lib/mail-core/address-book/port.ts'
import { nameOf } from '#lib/mail-core/address-book/vcard.ts'
import type { ReadColumn } from './columns.ts'
import { flat, paragraphs, readAddresses, readDay, readGender, readList, readMessenger, readNumbers } from './values.ts'
import type { Dialect, RowFault } from './words.ts'

export type ReadRow = { card: ContactCard } | { fault: RowFault }
type Single = 'familyName' | 'givenName' | 'middleName' | 'prefix' | 'suffix' | 'nickname' | 'organisation' | 'department' | 'title'

/** What a row has said so far. */
interface Draft {
  card: ContactCard
  addresses: Map<string, PostalAddress>
  bad: string[]
  /** Of `Name <address>`. */
  mailName: string
  preferred: string[]
  notes: string[]
}

interface Cell {
  column: ReadColumn
  text: string
  /** Without the star by which Google marks what is preferred. */
  label: string
  isPreferred: boolean
  service: string
  isGoogle: boolean
}

const LONGEST_CELL = 10_000
/** With more of one thing a card is too long anyway (`bounds.ts`), and each would be compared with all before it (T31). */
const MOST_VALUES = 30
const KINDS: [pattern: RegExp, kind: PhoneKind][] = [
  [/fax|传真/, 'work_fax'],
  [/pager|传呼|寻呼/, 'pager'],
  [/mobile|cell|手机|移动/, 'mobile'],
  [/work|business|office|工作|公司|单位|办公|商务/, 'work'],
  [/home|personal|家庭|住宅|个人|私人/, 'home'],
]
const HOME_FAX = /(home|家庭|住宅).*(fax|传真)/

/**
 * The contact that a row of a table is. A row needs an address or a number, or a name and something else of its own; an address that is
 * none leaves the whole row out, so that nothing is lost unsaid: the file of such rows can be mended and imported again. A day that
 * cannot be read, and what finds its field taken, go to the note.
 */
export function readRow(cells: string[], columns: ReadColumn[], dialect: Dialect): ReadRow {
  if (cells.some(({ length }) => length > LONGEST_CELL)) return { fault: 'too_long' }
  const draft: Draft = { card: emptyCard(), addresses: new Map(), bad: [], mailName: '', preferred: [], notes: [] }
  for (const column of columns) {
    const text = paragraphs(cells[column.at] ?? '')
    if (text === '' || cells[column.street ?? -1]) continue
    const label = flat(cells[column.label ?? -1] ?? '')
    take(draft, {
      ...{ column, text, label: label.replace(/^\* ?/, '').toLowerCase(), isPreferred: label.startsWith('*') },
      ...{ service: flat(cells[column.service ?? -1] ?? '').toLowerCase(), isGoogle: dialect === 'google' },
    })
  }
  return finished(draft)
}

const emptyCard = (): ContactCard => ({ name: '', emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] })

function take(draft: Draft, cell: Cell): void {
  const { card } = draft
  const [what, kind = '', part = ''] = cell.column.field.split('.')
  if (what === 'email') takeAddresses(draft, cell, kind as EmailKind)
  else if (what === 'phone')
    for (const number of readNumbers(cell.text)) takeNumber(card, { kind: kindOf(cell, kind as PhoneKind), number })
  else if (what === 'address') takePart(draft, cell, kind as PostalAddress['kind'], part as Exclude<keyof PostalAddress, 'kind'>)
  else if (what === 'url') for (const url of listed(cell)) card.urls.push({ kind: placeOf(cell, kind as EmailKind), url })
  else if (what === 'im') for (const handle of listed(cell)) card.ims.push(messenger(cell, kind, handle))
  else if (what === 'groups') card.groups = [...new Set([...card.groups, ...readList(cell.text, cell.isGoogle ? 'google' : 'other')])]
  else if (what === 'note') draft.notes.push(cell.text)
  else if (what === 'birthday' || what === 'anniversary') takeDay(draft, cell, what)
  else if (what === 'gender') Object.assign(card, readGender(cell.text))
  else if (card[what as Single]) aside(draft, cell, cell.text)
  else card[what as Single] = flat(cell.text)
}

/** Google has several values of one kind in one cell. */
const listed = ({ text, isGoogle }: Cell) => (isGoogle ? readList(text, 'google') : [flat(text)])

/** What has no place of its own: under the name of its column. */
function aside({ notes, card }: Draft, { column, label }: Cell, text: string): void {
  const head = label || flat(column.head)
  if (!Object.values(card).includes(text)) notes.push(head ? `${head}: ${text}` : text)
}

/** The kind that the row itself says, where its column says none. */
function kindOf({ label }: Cell, kind: PhoneKind): PhoneKind {
  if (kind !== 'other' || label === '') return kind
  return HOME_FAX.test(label) ? 'home_fax' : (KINDS.find(([pattern]) => pattern.test(label))?.[1] ?? 'other')
}
function placeOf(cell: Cell, kind: EmailKind): EmailKind {
  const found = kindOf(cell, kind)
  return found === 'work' || found === 'home' ? found : 'other'
}

/** The same address once, in its first place, of the kind that any column knows. */
function takeAddresses(draft: Draft, cell: Cell, kind: EmailKind): void {
  const { addresses, bad, name } = readAddresses(cell.text)
  draft.bad.push(...bad)
  draft.mailName ||= name
  if (cell.isPreferred) draft.preferred.push(...addresses)
  for (const address of addresses) {
    if (draft.card.emails.length > MOST_VALUES) return
    const known = draft.card.emails.find((email) => email.address.toLowerCase() === address.toLowerCase())
    if (!known) draft.card.emails.push({ kind: placeOf(cell, kind), address })
    else if (known.kind === 'other') known.kind = placeOf(cell, kind)
  }
}

function takeNumber({ phones }: ContactCard, { kind, number }: ContactCard['phones'][number]): void {
  if (phones.length > MOST_VALUES) return
  if (!phones.some((phone) => phone.kind === kind && phone.number === number)) phones.push({ kind, number })
}

function takePart({ addresses }: Draft, cell: Cell, kind: PostalAddress['kind'], part: Exclude<keyof PostalAddress, 'kind'>): void {
  const { item } = cell.column
  const address = addresses.get(item) ?? { kind: placeOf(cell, kind), street: '', city: '', region: '', postcode: '', country: '' }
  addresses.set(item, address)
  const text = part === 'street' ? cell.text : flat(cell.text)
  address[part] = address[part] === '' ? text : `${address[part]}${part === 'street' ? '\n' : ' '}${text}`
}

function messenger({ service }: Cell, kind: string, text: string): ContactCard['ims'][number] {
  if (kind !== 'other') return { service: kind, handle: text }
  return service === '' ? readMessenger(text) : { service, handle: text }
}

function takeDay(draft: Draft, cell: Cell, what: 'birthday' | 'anniversary'): void {
  const isOther = cell.label !== '' && !/anniversary|纪念日|周年/.test(cell.label)
  const day = isOther ? null : readDay(cell.text)
  if (day === null || (draft.card[what] && draft.card[what] !== day)) aside(draft, cell, flat(cell.text))
  else if (day !== '') draft.card[what] = day
}

const NAMES = ['name', 'familyName', 'givenName', 'middleName'] as const

function finished({ card, addresses, bad, mailName, preferred, notes }: Draft): ReadRow {
  if (bad.length > 0) return { fault: 'bad_address' }
  card.emails = card.emails.toSorted((a, b) => Number(preferred.includes(b.address)) - Number(preferred.includes(a.address)))
  card.addresses = [...addresses.values()]
  if (notes.length > 0) card.note = notes.join('\n')
  const isNamed = NAMES.some((key) => card[key]) || card.nickname || card.organisation
  const isMore = Object.entries(card).filter(([key, value]) => value?.length > 0 && !NAMES.some((name) => name === key)).length
  const isContact = card.emails.length + card.phones.length > 0 || (isNamed && isMore > (NAMES.some((key) => card[key]) ? 0 : 1))
  if (!isContact) return { fault: 'no_contact' }
  card.name ||= nameOf(mailName ? { ...card, organisation: '', emails: [], phones: [] } : card) || mailName
  // Where there is one field for a name, programs write the whole of it as a given name.
  if (card.givenName === card.name && !card.familyName && !card.middleName) delete card.givenName
  const bounded = withinBounds(card)
  return isDeepStrictEqual(bounded, card) ? { card } : { fault: 'too_long' }
}
