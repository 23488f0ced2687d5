import { setImmediate as turn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { withinBounds } from './bounds.ts'
import type { ContactCard } from './port.ts'
import { type Item, MANY, type Many, SINGLES, type Version } from './vcard-fields.ts'
import {
  type Line,
  type Property,
  paramOf,
  type RawCard,
  rawCards,
  typesOf,
  valuesOf,
  writtenAgain,
  written as writtenLine,
} from './vcard-lines.ts'

export interface ReadVcard {
  /** Null with a fault, and of a group. */
  card: ContactCard | null
  /** As it stands in the file. */
  raw: string
  /** Without `urn:uuid:`; empty: it has none. */
  uid: string
  /** `KIND:group` (RFC 6350) or Apple's `X-ADDRESSBOOKSERVER-KIND`: a group of its own, by the UIDs of its members. */
  group?: { name: string; members: string[] }
  /** `unclosed`: the file ends or another card begins before its end. `no_contact`: it holds no name, no address and no number. */
  fault?: 'unclosed' | 'no_contact'
}

/**
 * All cards of a file, of vCard 2.1, 3.0 and 4.0 in any mixture, in its order; none when it holds no vCard. The members of a group that
 * stands in the same file have its name among their `groups`. Never throws: a line that cannot be read is passed over.
 */
export function readVcards(text: string): ReadVcard[] {
  return inGroups([...rawCards(text)].map(readCard))
}

const AT_ONCE = 100

/** The same of a large file: others get their turn in between. */
export async function readManyVcards(text: string): Promise<ReadVcard[]> {
  const cards: ReadVcard[] = []
  for (const raw of rawCards(text)) if (cards.push(readCard(raw)) % AT_ONCE === 0) await turn()
  return inGroups(cards)
}

function inGroups(cards: ReadVcard[]): ReadVcard[] {
  const named = new Map<string, string[]>()
  for (const { group } of cards) {
    for (const uid of group?.members ?? []) {
      const names = named.get(uid)
      if (!names) named.set(uid, [group?.name as string])
      // T31: thousands of groups of one member, and cards of one UID, would be multiplied.
      else if (names.length < MOST_LINES) names.push(group?.name as string)
    }
  }
  for (const { card, uid } of cards) if (card) card.groups = [...new Set([...card.groups, ...(named.get(uid) ?? [])])]
  return cards
}

function readCard({ raw, lines, whole }: RawCard): ReadVcard {
  const uid = plainUid(textOf(lines, 'UID'))
  if (!whole) return { card: null, raw, uid, fault: 'unclosed' }
  const card = cardOf(lines)
  if (/^group$/i.test(textOf(lines, 'KIND') || textOf(lines, 'X-ADDRESSBOOKSERVER-KIND'))) {
    const members = lines.filter(isMember).flatMap((line) => plainUid(valuesOf(line).flat().join()) || [])
    return { card: null, raw, uid, group: { name: card.name, members } }
  }
  const name = card.name || nameOf(card)
  return name ? { card: { ...card, name }, raw, uid } : { card: null, raw, uid, fault: 'no_contact' }
}

export const isMember = ({ name }: Line): boolean => name === 'MEMBER' || name === 'X-ADDRESSBOOKSERVER-MEMBER'
export const plainUid = (uid: string): string =>
  uid
    .trim()
    .replace(/^urn:uuid:/i, '')
    .toLowerCase()

function textOf(lines: Line[], wanted: string): string {
  const line = lines.find(({ name }) => name === wanted)
  return line ? valuesOf(line).flat().join().trim() : ''
}

const HAN = /\p{Script=Han}/u

/** How a card without a name of its own is shown; empty: it names nobody. */
export function nameOf({ familyName = '', givenName = '', middleName = '', nickname, organisation, emails, phones }: ContactCard): string {
  const parts = HAN.test(familyName + givenName) ? [familyName + middleName + givenName] : [givenName, middleName, familyName]
  return parts.filter(Boolean).join(' ') || nickname || organisation || emails[0]?.address || phones[0]?.number || ''
}

/** Of a card that says more of one thing than anybody means, the rest is left as it is. */
const MOST_LINES = 200

function cardOf(lines: Line[]): ContactCard {
  const empty: ContactCard = { name: '', emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] }
  const singles = SINGLES.map(({ owns, read }) => read(lines.filter(owns).slice(0, MOST_LINES)))
  const lists = MANY.map(({ key, owns, read }) => {
    const owned = lines.filter(owns).slice(0, MOST_LINES)
    const ordered = key === 'emails' ? owned.toSorted((a, b) => preference(a) - preference(b)) : owned
    return { [key]: ordered.map(read).filter((item) => item !== null) }
  })
  return Object.assign(empty, ...singles, ...lists)
}

/** 1 comes first (RFC 6350, 5.3); what is not said comes after all that is. */
function preference(line: Line): number {
  if (typesOf(line).has('pref')) return 1
  const said = Number(paramOf(line, 'PREF') ?? 101)
  return said >= 1 && said <= 101 ? said : 101
}

export interface WriteOptions {
  /** Of a new card; one that is changed keeps its own, 2.1 becomes 3.0. */
  version: Version
  uid: string
  /** The vCard that is changed: what the portal does not know of it, and what did not change, stays as it is. */
  onto?: string
}

/** One vCard, with CRLF. What is read of it is the card, its text composed (NFC) and without control characters. */
export function writeVcard(card: ContactCard, { version, uid, onto }: WriteOptions): string {
  const [before] = onto === undefined ? [] : rawCards(onto)
  return before ? changed(before, card) : fresh(card, version, uid)
}

function fresh(card: ContactCard, version: Version, uid: string): string {
  const isUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(uid)
  const properties = [
    { name: 'VERSION', value: version },
    { name: 'UID', value: version === '4.0' && isUuid ? `urn:uuid:${uid}` : uid },
    ...SINGLES.map(({ write }) => write(card, version)),
    ...MANY.flatMap((many) => listed(many, card[many.key], version)),
  ]
  return file(properties.filter((property) => property !== null).map(writtenLine))
}

const file = (lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')

function listed({ key, write }: Many, items: Item[], version: Version): Property[] {
  return items.map((item, index) => {
    const property = write(item, version)
    return key === 'emails' && index === 0 && items.length > 1 ? preferred(property, version) : property
  })
}

const preferred = ({ params = {}, ...property }: Property, version: Version): Property => ({
  ...property,
  params: version === '4.0' ? { ...params, pref: '1' } : { ...params, type: [params.type ?? [], 'PREF'].flat() },
})

/** What a change makes of the lines of a card. */
interface Edit {
  /** Lines that do not stand where they stood. */
  moved: Set<Line>
  lost: Set<Line>
  /** By the line in whose place they stand; null: at the end. */
  instead: Map<Line | null, string[]>
}

function changed(before: RawCard, card: ContactCard): string {
  const version = before.version === '4.0' ? '4.0' : '3.0'
  const known = cardOf(before.lines)
  const shown = withinBounds({ ...known, name: known.name || nameOf(known) })
  const edit: Edit = { moved: new Set(), lost: new Set(), instead: new Map() }
  const replace = (owned: Line[], texts: string[], kept: Line[] = []) => {
    for (const line of owned) edit.moved.add(line)
    const stays = new Set(kept)
    for (const line of owned) if (!stays.has(line)) edit.lost.add(line)
    const place = owned[0] ?? null
    edit.instead.set(place, [...(edit.instead.get(place) ?? []), ...texts])
  }
  for (const { keys, owns, write } of SINGLES) {
    const isSame = (other: ContactCard) => keys.every((key) => isDeepStrictEqual(card[key] || undefined, other[key] || undefined))
    if (isSame(known) || isSame(shown)) continue
    // Groups that the portal could not show stay.
    const hidden = known.groups.filter((name) => !shown.groups.includes(name))
    const property = write({ ...card, groups: [...new Set([...card.groups, ...hidden])] }, version)
    replace(before.lines.filter(owns), property ? [writtenLine(property)] : [])
  }
  for (const many of MANY) {
    if ([known, shown].some((other) => isDeepStrictEqual(card[many.key], other[many.key]))) continue
    const owned = before.lines.filter(many.owns)
    const list = relisted(many, owned, card[many.key], shown[many.key])
    const texts = list.map((entry, index) => entryWritten(many, entry, index === 0 && list.length > 1, version))
    replace(
      owned,
      texts,
      list.flatMap(({ line }) => line ?? []),
    )
  }
  return file(assembled(before, edit))
}

type Entry = { line: Line; item: Item | null } | { line: null; item: Item }

/** Lines of items that were there before are kept, with the parameters that the portal does not know; so are those it did not show. */
function relisted({ read }: Many, owned: Line[], items: Item[], shown: Item[]): Entry[] {
  const left = owned.map((line, index) => ({ line, item: index < MOST_LINES ? read(line) : null }))
  const take = (wanted: Item): Entry => {
    const at = left.findIndex(({ item }) => isDeepStrictEqual(item, wanted))
    return (at < 0 ? undefined : left.splice(at, 1)[0]) ?? { line: null, item: wanted }
  }
  const wanted = items.map(take)
  // What was shown and is not wanted any more.
  for (const item of shown) if (!items.some((other) => isDeepStrictEqual(item, other))) take(item)
  const surplus = (item: Item | null) => item !== null && items.some((other) => isDeepStrictEqual(item, other))
  return [...wanted, ...left.filter(({ item }) => !surplus(item))]
}

function entryWritten({ key, write }: Many, { line, item }: Entry, isFirst: boolean, version: Version): string {
  if (line) return key === 'emails' ? againWritten(line, isFirst, version) : sourceOf(line)
  const property = write(item, version)
  return writtenLine(key === 'emails' && isFirst ? preferred(property, version) : property)
}

function againWritten(line: Line, isFirst: boolean, version: Version): string {
  if (isFirst === preference(line) < 101) return sourceOf(line)
  const rest = line.params.flatMap(([name, value]): Line['params'] => {
    if (name === 'PREF') return []
    const types = value.split(',').filter((type) => !/^pref$/i.test(type))
    return name !== 'TYPE' ? [[name, value]] : types.length > 0 ? [[name, types.join()]] : []
  })
  return writtenAgain(line, isFirst ? [...rest, version === '4.0' ? ['PREF', '1'] : ['TYPE', 'PREF']] : rest)
}

const sourceOf = ({ source }: Line) => source.join('\r\n')

function assembled({ lines, version }: RawCard, { moved, lost, instead }: Edit): string[] {
  const groupsOf = (some: Line[]) => new Set(some.flatMap(({ name, group }) => (group && name !== 'X-ABLABEL' ? group : [])))
  const left = groupsOf(lines.filter((line) => !lost.has(line)))
  const emptied = groupsOf([...lost]).difference(left)
  const result = lines.flatMap((line) => {
    // A label goes with what it named.
    if (line.name === 'X-ABLABEL' && line.group && emptied.has(line.group)) return []
    if (moved.has(line)) return instead.get(line) ?? []
    if (line.name === 'REV' && instead.size > 0) return `REV:${revision(version)}`
    return version === '2.1' ? modern(line) : sourceOf(line)
  })
  return [...result, ...(instead.get(null) ?? [])]
}

const revision = (version: string) => {
  const now = new Date().toISOString().replace(/\.\d+/, '')
  return version === '4.0' ? now.replace(/[-:]/g, '') : now
}

/** A line of vCard 2.1 as 3.0 has it. */
function modern(line: Line): string {
  if (line.name === 'VERSION') return 'VERSION:3.0'
  if (!line.name) return sourceOf(line)
  return writtenAgain(
    line,
    line.params.map(([name, value]) => [name, name === 'ENCODING' ? value.replace(/^base64$/i, 'b') : value]),
  )
}
