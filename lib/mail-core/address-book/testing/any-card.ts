import fc from 'fast-check'
import type { ContactCard } from '../port.ts'

const TRAPS = [
  '\\',
  '\\\\',
  ';',
  ',',
  ':',
  '"',
  '^n',
  '\\n',
  '=0A',
  "'",
  '林',
  '晓彤',
  '👩‍👩‍👧',
  'é',
  ' ',
  '\u200b',
  '=',
  '<b>',
  '%25',
  'TYPE=',
  '🀀',
]

const line = (maxLength: number) =>
  fc.array(fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: 'grapheme', maxLength: 10 })), { maxLength: 8 }).map((parts) =>
    parts
      .join('')
      .normalize('NFC')
      .replace(/\p{Cc}/gu, '')
      .slice(0, maxLength)
      .toWellFormed()
      .trim(),
  )
const filled = (maxLength: number) => line(maxLength).filter(Boolean)
const words = (maxLength: number) =>
  fc.array(line(60), { maxLength: 4 }).map((parts) => parts.join('\n').slice(0, maxLength).toWellFormed().trim())
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const where = fc.constantFrom('work', 'home', 'other')
const phoneKind = fc.constantFrom('mobile', 'work', 'home', 'work_fax', 'home_fax', 'pager', 'other')

const day = fc
  .tuple(optional(fc.integer({ min: 1900, max: 2026 })), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, ...rest]) => [year ?? '-', ...rest.map((part) => String(part).padStart(2, '0'))].join('-'))

const named = fc.record({
  familyName: optional(filled(100)),
  givenName: optional(filled(100)),
  middleName: optional(filled(100)),
  prefix: optional(filled(60)),
  suffix: optional(filled(60)),
  nickname: optional(filled(100)),
  organisation: optional(filled(200)),
  department: optional(filled(200)),
  title: optional(filled(200)),
  birthday: optional(day),
  anniversary: optional(day),
  gender: optional(fc.constantFrom('male', 'female')),
  note: optional(words(400).filter(Boolean)),
})

const listed = fc.record({
  name: filled(200),
  emails: fc.array(fc.record({ kind: where, address: filled(320).filter((text) => !/^mailto:/i.test(text)) }), { maxLength: 4 }),
  phones: fc.array(fc.record({ kind: phoneKind, number: filled(60).filter((text) => !/^tel:/i.test(text)) }), { maxLength: 4 }),
  addresses: fc.array(
    fc
      .record({ kind: where, street: words(100), city: line(100), region: line(100), postcode: line(40), country: line(100) })
      .filter(({ kind, ...parts }) => Object.values(parts).some(Boolean)),
    { maxLength: 3 },
  ),
  urls: fc.array(fc.record({ kind: where, url: filled(500) }), { maxLength: 3 }),
  ims: fc.array(fc.record({ service: filled(30).map((text) => text.toLowerCase().normalize('NFC')), handle: filled(100) }), {
    maxLength: 3,
  }),
  groups: fc.uniqueArray(filled(60), { maxLength: 4 }),
})

/** A card as the portal's own forms let it through, with whatever is awkward in a vCard. For tests. */
export const anyCard: fc.Arbitrary<ContactCard> = fc
  .tuple(listed, named)
  .map(
    ([lists, texts]) =>
      ({ ...lists, ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)) }) as ContactCard,
  )
