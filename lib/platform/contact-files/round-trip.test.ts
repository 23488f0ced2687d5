import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withinBounds } from '#lib/mail-core/address-book/bounds.ts'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { anyCard } from '#lib/mail-core/address-book/testing/any-card.ts'
import { naughtyStrings } from '../testing/hostile.ts'
import { type ContactRow, readContactFile } from './read.ts'
import { FILE_FORMATS, type FileFormat } from './words.ts'
import { writeContactFile } from './write.ts'

async function* inBatches(cards: ContactCard[]) {
  yield cards.slice(0, 1)
  yield cards.slice(1)
}

async function thereAndBack(cards: ContactCard[], format: FileFormat): Promise<(ContactCard | string)[]> {
  const { bytes, suffix } = await writeContactFile(inBatches(cards), format)
  const { rows, dialect } = await readContactFile(bytes, { name: `x${suffix}` })
  expect(dialect).toBe(format)
  const back: ContactRow[] = []
  for await (const row of rows) back.push(row)
  return back.map((row) => row.card ?? `${row.fault}: ${row.text}`)
}

const mailPart = fc.stringMatching(/^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/)
const mails = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('work' as const, 'home' as const, 'other' as const),
    address: fc.tuple(mailPart, fc.constantFrom('x.example', '云岭.example', 'Mail.Yunling.example')).map((parts) => parts.join('@')),
  }),
  { selector: ({ address }) => address.toLowerCase(), maxLength: 4 },
)
const number = fc.stringMatching(/^\+?[1-9][\d ()-]{3,14}\d( ext\. \d{1,4})?$/)
const day = fc.constantFrom('2001-02-03', '--02-29', '1970-12-31', undefined)

/** The promise of a round trip is for people whom somebody can reach, with mail addresses, numbers and days that are ones. */
const anyContact: fc.Arbitrary<ContactCard> = fc
  .tuple(anyCard, mails, fc.array(number, { minLength: 4, maxLength: 4 }), day, day)
  .map(([card, emails, numbers, birthday, anniversary]) =>
    withinBounds({
      ...card,
      emails,
      phones: card.phones.map(({ kind }, at) => ({ kind, number: numbers[at] as string })),
      ...{ birthday, anniversary },
    }),
  )

/**
 * What no table says: which of two numbers, addresses, pages or messengers of different kinds comes first; a given name that is the
 * whole name; that the same number is there twice. U+E5E5 is in no charset of China's.
 */
function asTablesSayIt(card: ContactCard): ContactCard {
  const { givenName, ...rest } = JSON.parse(JSON.stringify(card).replaceAll('\uE5E5', '')) as ContactCard
  const hasOnlyName = givenName === rest.name && !rest.familyName && !rest.middleName
  return {
    ...rest,
    ...(givenName && !hasOnlyName && { givenName }),
    phones: byKind(unique(rest.phones)),
    addresses: byKind(rest.addresses),
    urls: byKind(rest.urls),
    ims: rest.ims.toSorted((a, b) => (a.service < b.service ? -1 : 1)),
  }
}
const byKind = <T extends { kind: string }>(items: T[]) => items.toSorted((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
const unique = <T>(items: T[]) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
const isReachable = ({ emails, phones, urls, note }: ContactCard) => emails.length + phones.length + urls.length > 0 || Boolean(note)

test.each(FILE_FORMATS)('What is exported as %s, the importer reads back without loss', async (format) => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyContact, { minLength: 1, maxLength: 5 }), async (cards) => {
      const own = cards
        .filter(isReachable)
        .map((card) => (format === 'vcard' ? (JSON.parse(JSON.stringify(card)) as ContactCard) : asTablesSayIt(card)))
      fc.pre(own.length > 0)
      const back = await thereAndBack(own, format)
      expect(back.map((card) => (typeof card === 'string' || format === 'vcard' ? card : asTablesSayIt(card)))).toEqual(own)
    }),
    { numRuns: 60 },
  )
})

const tidy = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
const KEYS = [
  'familyName',
  'givenName',
  'middleName',
  'prefix',
  'suffix',
  'nickname',
  'organisation',
  'department',
  'title',
  'note',
] as const

test.each(FILE_FORMATS)('T31 T32 whatever stands in a field comes back of %s as it was', async (format) => {
  const cards = naughtyStrings()
    .map((text) => tidy(tidy(text).slice(0, 60)))
    .filter(Boolean)
    .map((text): ContactCard => {
      const ofAll = Object.fromEntries(KEYS.map((key) => [key, text]))
      const address = { kind: 'home' as const, street: text, city: text, region: text, postcode: tidy(text.slice(0, 40)), country: text }
      return {
        ...{ name: text, ...ofAll, emails: [], phones: [{ kind: 'mobile', number: '+86 138 0013 8000' }], addresses: [address] },
        ...{ urls: [{ kind: 'other', url: text }], ims: [{ service: 'qq', handle: text }], groups: [text] },
      }
    })
  const back = await thereAndBack(cards, format)
  for (const [at, card] of cards.entries()) expect(back[at], card.name).toEqual(card)
})
