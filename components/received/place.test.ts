import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, filtered, placeOf } from './place.ts'

const read = (address: string) => placeOf(new URL(address, 'https://mail.yunling.example').searchParams)

test('The address holds filters, page and open mail, and nothing that is not asked for', () => {
  expect(read('/received?search=%E7%A8%BF%E4%BB%B6&result=held&before=4jDjjh1Tfmz10l6&id=4jYqdV4ndVz1lcPGD&x=1&to=')).toEqual({
    query: { search: '稿件', result: 'held', before: '4jDjjh1Tfmz10l6' },
    id: '4jYqdV4ndVz1lcPGD',
  })
  expect(addressOf({ query: {}, id: null })).toBe('/received')
})

test('What is no id of a mail opens nothing', () => {
  for (const id of ['../../sso', 'short', '4jYqdV4ndVz1lcPGD%2F..', '<script>']) expect(read(`/received?id=${id}`).id).toBeNull()
})

test('Whatever is searched for comes back from the address as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (search) => {
      expect(read(addressOf({ query: { search, from: '2026-11-01' }, id: null })).query).toEqual({ search, from: '2026-11-01' })
    }),
  )
})

test('Another filter begins at the first page', () => {
  const query = filtered({ search: 'a', before: '4jDjjh1Tfmz10l6' }, { result: 'junk' })
  expect(addressOf({ query, id: null })).toBe('/received?search=a&result=junk')
})
