import { expect, test } from 'vitest'
import type { ReceivedMail, ReceivedPage } from '#lib/features/received/schema.ts'
import { createFormat } from '#lib/platform/i18n/format.ts'
import { groupsOf } from './groups.ts'

const format = createFormat('zh-CN', 'Asia/Shanghai', () => new Date('2026-11-23T02:42:00Z'))
const mail = (id: string, arrivedAt: string) => ({ id, arrivedAt: new Date(arrivedAt) }) as ReceivedMail
const page = (part: Partial<ReceivedPage>): ReceivedPage => ({
  mails: [],
  expiring: [],
  older: null,
  newer: null,
  held: 0,
  days: 30,
  ...part,
})

const mails = [
  mail('a', '2026-11-23T02:00:00Z'),
  mail('b', '2026-11-22T15:59:00Z'),
  mail('c', '2026-11-22T16:01:00Z'),
  mail('d', '2026-10-25T02:00:00Z'),
]
const days = [mails[0], mails[2], mails[1], mails[3]] as ReceivedMail[]

const said = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ key, count, mails: of }) => [key, count, of.map(({ id }) => id).join('')])

test('Mails stand under the day of the site', () => {
  expect(said(groupsOf(page({ mails: days }), format))).toEqual([
    ['2026-11-23', 2, 'ac'],
    ['2026-11-22', 1, 'b'],
    ['2026-10-25', 1, 'd'],
  ])
})

test('A day that goes on on another page is not counted', () => {
  const counts = groupsOf(page({ mails: days, older: 'd', newer: 'a' }), format).map(({ count }) => count)
  expect(counts).toEqual([null, 1, null])
})

test('What is deleted soon stands on top, and nowhere else', () => {
  expect(said(groupsOf(page({ mails: days, expiring: [mails[3] as ReceivedMail] }), format))).toEqual([
    ['expiring', 1, 'd'],
    ['2026-11-23', 2, 'ac'],
    ['2026-11-22', 1, 'b'],
  ])
})
