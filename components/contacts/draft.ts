import type { Card } from '#lib/features/contacts/schema.ts'
import type { Share } from './membership.ts'
import { inField, toPartialDate } from './partial-date.ts'

/** The fields of one line each. */
export const LINES = [
  'name',
  'organisation',
  'department',
  'title',
  'familyName',
  'givenName',
  'middleName',
  'prefix',
  'suffix',
  'nickname',
] as const
export type Line = (typeof LINES)[number]
/** Of these there may be several, each of a kind. */
export const LISTS = ['emails', 'phones', 'ims', 'urls'] as const
export type List = (typeof LISTS)[number]
export const DATES = ['birthday', 'anniversary'] as const

type PostalAddress = Card['addresses'][number]

export interface Row {
  key: number
  kind: string
  value: string
}

/** A contact as it stands in the form. */
export interface Draft {
  lines: Record<Line, string>
  lists: Record<List, Row[]>
  addresses: (PostalAddress & { key: number })[]
  dates: Record<(typeof DATES)[number], string>
  gender: Card['gender']
  note: string
  groups: ReadonlyMap<string, Share>
}

/** One that none of these rows has. */
export const newKey = (rows: { key: number }[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1
const FIRST_KIND: Record<List, string> = { emails: 'work', phones: 'mobile', ims: 'qq', urls: 'work' }

export const emptyRow = (list: List, rows: Row[]): Row => ({ key: newKey(rows), kind: FIRST_KIND[list], value: '' })

export const NOBODY: Card = { name: '', emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] }

export function toDraft(card: Card, groupNames: string[]): Draft {
  const lists: Draft['lists'] = {
    emails: card.emails.map(({ kind, address }, key) => ({ key, kind, value: address })),
    phones: card.phones.map(({ kind, number }, key) => ({ key, kind, value: number })),
    ims: card.ims.map(({ service, handle }, key) => ({ key, kind: service, value: handle })),
    urls: card.urls.map(({ kind, url }, key) => ({ key, kind, value: url })),
  }
  // An address and a phone are what is asked for first.
  for (const list of ['emails', 'phones'] as const) if (lists[list].length === 0) lists[list] = [emptyRow(list, [])]
  return {
    lines: Object.fromEntries(LINES.map((line) => [line, card[line] ?? ''])) as Draft['lines'],
    lists,
    addresses: card.addresses.map((address, key) => ({ ...address, key })),
    dates: { birthday: inField(card.birthday), anniversary: inField(card.anniversary) },
    gender: card.gender,
    note: card.note ?? '',
    groups: new Map([...new Set([...groupNames, ...card.groups])].map((name) => [name, card.groups.includes(name) ? 'all' : 'none'])),
  }
}

/** What has to be put right: the id of the field. */
export type Fault = 'name' | (typeof DATES)[number] | `email-${number}`

const ADDRESS = /^[^\s@]+@[^\s@]+$/

export function faultsOf({ lines, lists, dates }: Draft): Fault[] {
  const emails = lists.emails.filter(({ value }) => value.trim() !== '' && !ADDRESS.test(value.normalize('NFKC').trim()))
  return [
    ...(lines.name.trim() === '' ? (['name'] as const) : []),
    ...emails.map(({ key }) => `email-${key}` as const),
    ...DATES.filter((date) => dates[date].trim() !== '' && toPartialDate(dates[date]) === null),
  ]
}

const PARTS = ['familyName', 'givenName', 'middleName', 'prefix', 'suffix'] as const

/**
 * The contact to be saved, of a draft without faults. Somebody who corrects the name does not look at its parts: a part that was not
 * touched and does not occur in the new name any more goes.
 */
export function toCard({ lines, lists, addresses, dates, gender, note, groups }: Draft, before: Card): Card {
  const filled = (rows: Row[]) => rows.map(({ kind, value }) => ({ kind, value: value.trim() })).filter(({ value }) => value !== '')
  const said = Object.fromEntries(LINES.map((line) => [line, lines[line].trim() || undefined])) as Partial<Record<Line, string>>
  const name = said.name ?? ''
  const stale = PARTS.filter((part) => name !== before.name && said[part] === before[part] && !name.includes(said[part] ?? ''))
  return {
    ...said,
    ...Object.fromEntries(stale.map((part) => [part, undefined])),
    name,
    emails: filled(lists.emails).map(({ kind, value }) => ({
      kind: kind as Card['emails'][number]['kind'],
      address: value.normalize('NFKC'),
    })),
    phones: filled(lists.phones).map(({ kind, value }) => ({ kind: kind as Card['phones'][number]['kind'], number: value })),
    ims: filled(lists.ims).map(({ kind, value }) => ({ service: kind, handle: value })),
    urls: filled(lists.urls).map(({ kind, value }) => ({ kind: kind as Card['urls'][number]['kind'], url: value })),
    addresses: addresses
      .map(({ key: _key, ...address }) => address)
      .filter(({ kind: _kind, ...parts }) => Object.values(parts).some((part) => part.trim() !== '')),
    birthday: toPartialDate(dates.birthday) ?? undefined,
    anniversary: toPartialDate(dates.anniversary) ?? undefined,
    gender,
    note: note.trim() || undefined,
    groups: [...groups].flatMap(([group, share]) => (share === 'all' ? [group] : [])),
  }
}

const FIELDS = [...LINES, ...LISTS, 'addresses', ...DATES, 'gender', 'note', 'groups'] as const
export type FieldName = (typeof FIELDS)[number]

/** The fields in which two versions of a contact differ. */
export const differences = (one: Card, other: Card): FieldName[] =>
  FIELDS.filter((field) => JSON.stringify(one[field] ?? null) !== JSON.stringify(other[field] ?? null))
