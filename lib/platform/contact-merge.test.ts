import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContactCard } from '#lib/mail-core/address-book/port.ts'
import { anyCard } from '#lib/mail-core/address-book/testing/any-card.ts'
import { keysOf, mergeCards, replaceCard } from './contact-merge.ts'

const card = (parts: Partial<ContactCard> = {}): ContactCard => ({
  ...{ name: '林晓彤', emails: [], phones: [], addresses: [], urls: [], ims: [], groups: [] },
  ...parts,
})
const mail = (address: string) => card({ emails: [{ kind: 'work', address }] })
const phone = (number: string, kind: ContactCard['phones'][number]['kind'] = 'mobile', name = '林晓彤') =>
  card({ name, phones: [{ kind, number }] })
const areOne = (a: ContactCard, b: ContactCard) => keysOf(a).some((key) => keysOf(b).includes(key))

describe('Two cards are of one person', () => {
  test.each([
    ['with the same address, whatever its case and width', mail('Lin@Yunling.example'), { ...mail('ｌｉｎ@yunling.example'), name: 'Lin' }],
    ['with the same mobile, however it is written', phone('138 0013 8000'), phone('+86-13800138000', 'mobile', 'Lin')],
    ['with a mobile of which the file does not say that it is one', phone('008613800138000', 'other', 'Lin'), phone('13800138000')],
    ['with the same number of an office and the same name', phone('010-55506120', 'work'), phone('(010) 5550 6120', 'other')],
    ['with the same name and employer, if nothing else is known', card({ organisation: '云岭大学' }), card({ organisation: '云岭大学 ' })],
  ])('%s', (_, a, b) => expect(areOne(a, b)).toBe(true))
})

describe('Two cards are of two people', () => {
  test.each([
    ['with the same number of an office and other names', phone('010-55506120', 'work'), phone('010-55506120', 'work', '陈静')],
    ['with what a spreadsheet made of their mobiles', phone('8.6138E+12'), phone('8.6138E+12', 'mobile', '陈静')],
    ['with the same fax', phone('010-55506120', 'work_fax'), phone('010-55506120', 'work_fax')],
    ['with the same extension', phone('6120'), phone('6120', 'mobile', '陈静')],
    ['with the same name and other addresses', mail('lin@yunling.example'), mail('lin@other.example')],
    ['with the same name, of which one has an address', mail('lin@yunling.example'), card()],
    ['with other extensions of one number', phone('010-55506120 ext. 5', 'work'), phone('010-55506120 ext. 6', 'work')],
  ])('%s', (_, a, b) => expect(areOne(a, b)).toBe(false))
})

describe('Merging', () => {
  test('fills what is missing, adds to lists, and changes nothing that is there', () => {
    const existing = card({
      emails: [{ kind: 'work', address: 'lin@yunling.example' }],
      phones: [{ kind: 'mobile', number: '138 0013 8000' }],
      title: '馆长',
      note: '老同学',
      urls: [{ kind: 'work', url: 'https://yunling.example/' }],
      groups: ['同事'],
    })
    const incoming = card({
      familyName: '林',
      givenName: '晓彤',
      emails: [
        { kind: 'other', address: 'LIN@yunling.example' },
        { kind: 'home', address: 'lin@home.example' },
      ],
      phones: [{ kind: 'other', number: '+8613800138000' }],
      title: '馆员',
      department: '图书馆',
      note: '爱爬山',
      urls: [{ kind: 'other', url: 'yunling.example' }],
      groups: ['同事', '旧邮箱'],
    })
    const { card: merged, fills } = mergeCards(existing, incoming)
    expect(merged).toEqual({
      ...existing,
      familyName: '林',
      givenName: '晓彤',
      emails: [...existing.emails, { kind: 'home', address: 'lin@home.example' }],
      department: '图书馆',
      note: '老同学\n爱爬山',
      groups: ['同事', '旧邮箱'],
    })
    expect(fills).toEqual(['familyName', 'givenName', 'department', 'note', 'emails', 'groups'])
  })

  test('the parts of a name that is written otherwise are not mixed in', () => {
    const { card: merged, fills } = mergeCards(card(), card({ name: 'Lin Xiaotong', familyName: 'Lin' }))
    expect([merged, fills]).toEqual([card(), []])
  })

  test('twice is once, and nothing is lost that was there', () => {
    fc.assert(
      fc.property(anyCard, anyCard, (existing, incoming) => {
        const { card: merged, fills } = mergeCards(existing, incoming)
        for (const [key, before] of Object.entries(existing)) expect(merged[key as 'note']?.slice(0, before.length)).toEqual(before)
        expect(mergeCards(merged, incoming)).toEqual({ card: merged, fills: [] })
        if (fills.length === 0) expect(merged).toEqual(existing)
      }),
    )
  })
})

describe('Replacing', () => {
  test('takes what is said, and leaves of what nothing is said', () => {
    const existing = card({ familyName: '林', emails: [{ kind: 'work', address: 'a@x.example' }], title: '馆长', groups: ['同事'] })
    const incoming = card({ name: 'Lin', emails: [{ kind: 'home', address: 'b@x.example' }], organisation: '云岭大学', groups: ['旧邮箱'] })
    expect(replaceCard(existing, incoming)).toEqual({ ...incoming, title: '馆长', groups: ['同事', '旧邮箱'] })
  })

  test('by the same changes nothing', () => {
    fc.assert(fc.property(anyCard, (one) => void expect(replaceCard(one, one)).toEqual(one)))
  })
})
