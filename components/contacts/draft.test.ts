import { expect, test } from 'vitest'
import type { Card } from '#lib/features/contacts/schema.ts'
import { differences, emptyRow, faultsOf, NOBODY, newKey, toCard, toDraft } from './draft.ts'

const wang: Card = {
  name: '王晓明',
  familyName: '王',
  givenName: '晓明',
  emails: [
    { kind: 'work', address: 'wxm@ynu.example' },
    { kind: 'other', address: 'xm.wang@lab.example' },
  ],
  phones: [{ kind: 'work_fax', number: '+86 871 1234' }],
  organisation: '云南省环境科学研究院',
  addresses: [{ kind: 'home', street: '翠湖北路2号', city: '昆明', region: '云南', postcode: '650091', country: '' }],
  urls: [{ kind: 'work', url: 'https://lab.example' }],
  ims: [{ service: 'qq', handle: '402118830' }],
  birthday: '--02-03',
  gender: 'male',
  note: '两行\n备注',
  groups: ['同事'],
}

const kept = (card: Card) => JSON.parse(JSON.stringify(card))

test('A contact comes out of the form as it went in', () => {
  expect(kept(toCard(toDraft(wang, ['亲友', '同事']), wang))).toEqual(wang)
  const bare = { ...NOBODY, name: '林悦' }
  expect(kept(toCard(toDraft(bare, []), bare))).toEqual(bare)
})

test('Parts of a name that was corrected do not stay behind, unless somebody says so', () => {
  const draft = toDraft(wang, [])
  const renamed = { ...draft, lines: { ...draft.lines, name: '王小明' } }
  expect(toCard(renamed, wang)).toMatchObject({ name: '王小明', familyName: '王', givenName: undefined })
  const both = { ...renamed, lines: { ...renamed.lines, givenName: '小明（明）' } }
  expect(toCard(both, wang)).toMatchObject({ familyName: '王', givenName: '小明（明）' })
})

test('A nameless contact, half an address and a day that is none are told; empty lines are not', () => {
  const draft = toDraft(NOBODY, [])
  expect(faultsOf(draft)).toEqual(['name'])
  const emails = [
    { key: 7, kind: 'work', value: 'zhao@' },
    { key: 8, kind: 'work', value: ' ' },
    { key: 9, kind: 'work', value: 'ｚｈａｏ＠ｌａｂ．ｅｘａｍｐｌｅ' },
  ]
  const filled = { ...draft, lines: { ...draft.lines, name: '赵' }, lists: { ...draft.lists, emails } }
  expect(faultsOf({ ...filled, dates: { birthday: '1990-02-30', anniversary: '' } })).toEqual(['email-7', 'birthday'])
  expect(toCard(filled, NOBODY).emails.at(-1)).toEqual({ kind: 'work', address: 'zhao@lab.example' })
})

test('Two versions differ where one of them says something else', () => {
  expect(differences(wang, { ...wang, title: '研究员', phones: [] })).toEqual(['title', 'phones'])
  expect(differences(wang, kept(wang))).toEqual([])
})

test('A new row has a key of its own, whichever went before', () => {
  const rows = [0, 3].map((key) => ({ key, kind: 'work', value: 'x' }))
  expect(newKey(rows)).toBe(4)
  expect(emptyRow('phones', rows.slice(0, 1))).toEqual({ key: 1, kind: 'mobile', value: '' })
})
