import { expect, test } from 'vitest'
import { addressOf, isFiltered, type Place, placeOf, written } from './place.ts'

const there = (address: string) => placeOf(new URL(address, 'https://portal.example').searchParams)

test('The address has the group, the search and what is open, and gives them back', () => {
  const places: Place[] = [
    { query: {}, id: null, editing: false },
    { query: {}, id: null, editing: true },
    { query: { text: '王 & 李', group: '旧邮箱/2024' }, id: 'a1-b2.vcf', editing: false },
    { query: { ungrouped: 'true' }, id: 'someone@yunling.example', editing: true },
  ]
  for (const place of places) expect(there(addressOf(place))).toEqual(place)
  expect(addressOf({ query: {}, id: null, editing: false })).toBe('/contacts')
})

test('What is no contact opens none, and what is empty filters nothing', () => {
  expect(there('/contacts?id=../../etc&text=')).toEqual({ query: {}, id: null, editing: false })
  expect(written({ text: undefined, group: 'A' })).toEqual({ group: 'A' })
  expect(isFiltered({ text: undefined })).toBe(false)
  expect(isFiltered({ ungrouped: 'true' })).toBe(true)
})
