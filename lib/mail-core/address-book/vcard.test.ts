import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { naughtyStrings } from '../naughty-strings.ts'
import { withinBounds } from './bounds.ts'
import type { ContactCard } from './port.ts'
import { anyCard } from './testing/any-card.ts'
import { readVcards, writeVcard } from './vcard.ts'

const UID = '0f4c2bb2-0000-4000-8000-000000000002'
const EMPTY: ContactCard = { name: '', emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] }
const lines = (...all: string[]) => ['BEGIN:VCARD', ...all, 'END:VCARD', ''].join('\r\n')
const only = (text: string) => readVcards(text)[0] as ReturnType<typeof readVcards>[number]
const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, '')

describe.each(['3.0', '4.0'] as const)('vCard %s', (version) => {
  test('What is written is read again', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const raw = writeVcard(card, { version, uid: UID })
        expect(readVcards(raw)).toEqual([{ card, raw, uid: UID }])
        // 75, and the blank that leads a folded line.
        for (const line of raw.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(76)
      }),
    )
  })

  test('Changed into any other card, it is that card, and what the portal does not know of stays', () => {
    const unknown = [
      'X-OWN;X-A="b:c":d\\,e',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
      `X-LONG:${'长'.repeat(20)}`,
      'item1.X-ABLabel:Own',
      'no line',
    ]
    fc.assert(
      fc.property(anyCard, anyCard, (one, other) => {
        const raw = writeVcard(one, { version, uid: UID }).replace('END:VCARD', `${unknown.join('\r\n')}\r\nEND:VCARD`)
        const next = writeVcard(other, { version, uid: 'another', onto: raw })
        expect(only(next)).toEqual({ card: other, raw: next, uid: UID })
        for (const line of unknown) expect(next).toContain(`\r\n${line}\r\n`)
      }),
    )
  })

  test('A change of nothing changes no octet', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const raw = writeVcard(card, { version, uid: UID })
        expect(writeVcard(card, { version, uid: UID, onto: raw })).toBe(raw)
      }),
    )
  })
})

test('Never does a text make the reader throw', () => {
  const pieces = [
    'BEGIN:VCARD',
    'END:VCARD',
    'AGENT:',
    'N:a\\;b;c',
    'FN',
    ':',
    ';',
    '=',
    '"',
    '\\',
    ' x',
    'TEL;CELL:1',
    'EMAIL;TYPE="a:b@c',
    'BDAY:x',
    '\r',
    '\n',
    '\0',
  ]
  const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' }), fc.constant('\r\n')))
  fc.assert(fc.property(text, (parts) => void readVcards(parts.join(''))))
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('N', 'EMAIL', 'ADR', 'IMPP', 'BDAY', 'CATEGORIES', 'PREF'),
      (value, name) => {
        const raw = lines('VERSION:4.0', 'FN:Lin', `${name}:${value}`)
        expect(() => writeVcard({ ...EMPTY, name: 'Lin' }, { version: '4.0', uid: UID, onto: raw })).not.toThrow()
        expect(readVcards(raw)).not.toHaveLength(0)
      },
    ),
  )
})

test.each(['__proto__', 'constructor', 'toString'])('What every object has, %s, is a word like another', (word) => {
  const raw = lines('VERSION:4.0', 'FN:Lin', `GENDER:${word}`, `IMPP:${word}:lin`, `IMPP;X-SERVICE-TYPE=${word}:x:lin`, `${word}:x`)
  const said = [
    /^[a-z]+$/i.test(word) ? [{ service: word.toLowerCase(), handle: 'lin' }] : [],
    { service: word.toLowerCase(), handle: 'lin' },
  ]
  expect(only(raw).card).toEqual({ ...EMPTY, name: 'Lin', ims: said.flat() })
})

test('A line without an end is passed over, and the card around it read', () => {
  for (const endless of [
    `A${';'.repeat(2_000_000)}`,
    `A${';B="c"'.repeat(400_000)}:d`,
    `NICKNAME:${','.repeat(2_000_000)}`,
    `N:${';'.repeat(2_000_000)}`,
  ])
    expect(only(lines('FN:Lin', endless)).card).toEqual({ ...EMPTY, name: 'Lin' })
})

test('T28 a naughty string stays within its line', () => {
  for (const text of naughtyStrings()) {
    const card: ContactCard = {
      ...EMPTY,
      name: text || 'x',
      familyName: `${text}x`,
      note: text,
      groups: [text],
      emails: [{ kind: 'work', address: text }],
      urls: [{ kind: 'work', url: text }],
      ims: [{ service: text, handle: text }],
    }
    for (const version of ['3.0', '4.0'] as const) {
      const raw = writeVcard(card, { version, uid: UID })
      const names = unfolded(raw)
        .split('\r\n')
        .map((line) => line.split(/[:;]/)[0])
      expect(
        new Set(names).difference(new Set(['BEGIN', 'VERSION', 'UID', 'FN', 'N', 'NOTE', 'CATEGORIES', 'EMAIL', 'URL', 'IMPP', 'END', ''])),
      ).toEqual(new Set())
    }
  }
})

test('An old phone’s vCard 2.1 is read: quoted-printable with soft breaks, GBK, types without a name, a picture', () => {
  const { card } = only(
    [
      'BEGIN:VCARD',
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9E=97;=E6=99=93=\r\n=E5=BD=A4;;;',
      'FN;CHARSET=GBK;QUOTED-PRINTABLE:=C1=D6=CF=FE=CD=AE',
      'NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo',
      'TEL;CELL;PREF:+86 138 0013 8000',
      'TEL;WORK;FAX:010-5550-6120',
      'EMAIL;PREF;INTERNET:lin@yunling.example',
      'ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;=E4=BA=91=E5=B2=AD=E8=B7=AF 1;;;;',
      'PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ',
      'AAAAAAAA',
      '',
      'X-QQ:10001',
      'END:VCARD',
    ].join('\r\n'),
  )
  expect(card).toEqual({
    ...EMPTY,
    name: '林晓彤',
    familyName: '林',
    givenName: '晓彤',
    note: 'one\ntwo',
    emails: [{ kind: 'other', address: 'lin@yunling.example' }],
    phones: [
      { kind: 'mobile', number: '+86 138 0013 8000' },
      { kind: 'work_fax', number: '010-5550-6120' },
    ],
    addresses: [{ kind: 'home', street: '云岭路 1', city: '', region: '', postcode: '', country: '' }],
    ims: [{ service: 'qq', handle: '10001' }],
  })
})

test('Changed, vCard 2.1 becomes 3.0 that says the same', () => {
  const raw = lines(
    'VERSION:2.1',
    'N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E6=9E=97;;;;',
    'FN:Lin',
    'PHOTO;ENCODING=BASE64;JPEG:/9j/',
    'TEL;CELL:1',
  )
  const next = writeVcard(
    { ...EMPTY, name: 'Lin 2', familyName: '林', phones: [{ kind: 'mobile', number: '1' }] },
    { version: '4.0', uid: UID, onto: raw },
  )
  expect(next).toBe(lines('VERSION:3.0', 'N:林;;;;', 'FN:Lin 2', 'PHOTO;ENCODING=b;TYPE=JPEG:/9j/', 'TEL;TYPE=CELL:1'))
})

test('Apple’s and Google’s own ways are understood', () => {
  const { card } = only(
    lines(
      'VERSION:3.0',
      'N:Lin;Xiao;;;',
      'item1.EMAIL;type=INTERNET:other@yunling.example',
      'item1.X-ABLabel:_$!<Other>!$_',
      'EMAIL;type=INTERNET;type=WORK;type=pref:lin@yunling.example',
      'TEL;type=IPHONE;type=CELL;type=VOICE:138 0013 8000',
      'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03',
      'item2.X-ABDATE;type=pref:2001-02-03',
      'item2.X-ABLabel:_$!<Anniversary>!$_',
      'URL:http\\://yunling.example/a\\,b',
      'IMPP;X-SERVICE-TYPE=QQ;type=HOME:x-apple:10001',
      'IMPP:xmpp:lin%40yunling.example',
      'CATEGORIES:myContacts,Col\\,leagues',
      'ORG:Yunling;Library;Desk',
    ),
  )
  expect(card).toEqual({
    name: 'Xiao Lin',
    familyName: 'Lin',
    givenName: 'Xiao',
    emails: [
      { kind: 'work', address: 'lin@yunling.example' },
      { kind: 'other', address: 'other@yunling.example' },
    ],
    phones: [{ kind: 'mobile', number: '138 0013 8000' }],
    addresses: [],
    birthday: '--02-03',
    anniversary: '2001-02-03',
    urls: [{ kind: 'other', url: 'http://yunling.example/a,b' }],
    ims: [
      { service: 'qq', handle: '10001' },
      { service: 'jabber', handle: 'lin@yunling.example' },
    ],
    groups: ['myContacts', 'Col,leagues'],
    organisation: 'Yunling',
    department: 'Library / Desk',
  })
})

test('An address that stays keeps what the portal does not know of it, and the first is the preferred one', () => {
  const raw = lines(
    'VERSION:3.0',
    'FN:Lin',
    'item1.EMAIL;TYPE=WORK,PREF;X-A=b:one@yunling.example',
    'item1.X-ABLabel:Desk',
    'item2.EMAIL:two@yunling.example',
    'item2.X-ABLabel:Lab',
    'EMAIL:three@yunling.example',
  )
  const [one, three] = [
    { kind: 'work', address: 'one@yunling.example' } as const,
    { kind: 'other', address: 'three@yunling.example' } as const,
  ]
  expect(writeVcard({ ...EMPTY, name: 'Lin', emails: [three, one] }, { version: '3.0', uid: UID, onto: raw })).toBe(
    lines(
      'VERSION:3.0',
      'FN:Lin',
      'EMAIL;TYPE=PREF:three@yunling.example',
      'item1.EMAIL;TYPE=WORK;X-A=b:one@yunling.example',
      'item1.X-ABLabel:Desk',
    ),
  )
})

test('What a card holds beyond what the portal shows survives its change there', () => {
  const long = 'x'.repeat(5_000)
  const emails = Array.from({ length: 25 }, (_, n) => `EMAIL:${n}@yunling.example`)
  const raw = lines('VERSION:3.0', 'FN:Lin', `NOTE:${long}`, ...emails, `CATEGORIES:A,${long}`)
  const shown = withinBounds(only(raw).card as ContactCard)
  expect(shown.emails).toHaveLength(20)
  const next = writeVcard({ ...shown, emails: shown.emails.slice(1), groups: ['B'] }, { version: '3.0', uid: UID, onto: raw })
  expect(unfolded(next)).toContain(`NOTE:${long}\r\n`)
  expect(unfolded(next)).toContain(`CATEGORIES:B,${long}\r\n`)
  expect(only(next).card?.emails.map(({ address }) => address)).toEqual(Array.from({ length: 24 }, (_, n) => `${n + 1}@yunling.example`))
})

test('T31 of more groups than anybody is in, the rest is passed over', () => {
  const groups = Array.from({ length: 300 }, (_, n) => lines('VERSION:4.0', 'KIND:group', `FN:${n}`, 'MEMBER:lin'))
  const [first, second] = readVcards([lines('UID:lin', 'FN:Lin'), lines('UID:lin', 'FN:Lin'), ...groups].join(''))
  expect([first?.card?.groups.length, second?.card?.groups.length]).toEqual([200, 200])
})

test('A file of many holds cards of all versions, groups of both kinds, and tells what it cannot read', () => {
  const cards = readVcards(
    `\uFEFF${lines('VERSION:4.0', 'UID:urn:uuid:A', 'FN:Lin')}${lines('VERSION:3.0', 'UID:b', 'FN:Zhao', 'CATEGORIES:Friends')}` +
      lines('VERSION:4.0', 'KIND:group', 'FN:Desk', 'MEMBER:urn:uuid:a', 'MEMBER:urn:uuid:gone') +
      lines('VERSION:3.0', 'N:Lab', 'FN:Lab', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b') +
      lines('VERSION:3.0', 'NOTE:nobody') +
      'BEGIN:VCARD\r\nFN:Never ends\r\n' +
      lines('VERSION:2.1', 'FN:Qian', 'AGENT:', 'BEGIN:VCARD', 'FN:Clerk', 'END:VCARD', 'TEL:1'),
  )
  expect(cards.map(({ card, group, fault }) => group ?? fault ?? [card?.name, card?.groups])).toEqual([
    ['Lin', ['Desk']],
    ['Zhao', ['Friends', 'Lab']],
    { name: 'Desk', members: ['a', 'gone'] },
    { name: 'Lab', members: ['b'] },
    'no_contact',
    'unclosed',
    ['Qian', []],
  ])
  expect(readVcards('Name,Email\r\nLin,lin@yunling.example')).toEqual([])
})
