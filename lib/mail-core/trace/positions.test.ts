import { afterAll, beforeAll, expect, test } from 'vitest'
import { advance, positionOf } from './positions.ts'
import type { TraceRecord } from './record.ts'
import { traceHouse } from './testing/house.ts'
import { complete, newMailbox } from './testing/mail-log.ts'

let house: Awaited<ReturnType<typeof traceHouse>>

beforeAll(async () => {
  house = await traceHouse()
})
afterAll(() => house.close())

const recordFor = (mailbox: string): TraceRecord => {
  const { id } = complete({ recipients: [] })
  return { kind: 'recipient', id, mailbox, event: { at: new Date(), what: 'delivered' }, outcome: 'delivered' }
}
const rowsOf = async (mailbox: string) => (await house.sql`select from trace_recipients where mailbox = ${mailbox}`).length

test('Of all who read on from one place, at once or after each other, one takes in what is there', async () => {
  const { sql } = house
  const from = await positionOf(sql, 'file:one')
  const mailboxes = Array.from({ length: 6 }, newMailbox)
  const taken = await Promise.all(mailboxes.map((mailbox) => advance(sql, from, { offset: 7 }, [recordFor(mailbox)])))
  expect(taken.filter((leftOut) => leftOut !== null)).toEqual([0])
  expect(await advance(sql, from, { offset: 7 }, [recordFor(mailboxes[0] as string)])).toBeNull()
  const rows = await Promise.all(mailboxes.map(rowsOf))
  expect(rows.reduce((sum, count) => sum + count)).toBe(1)
  expect(JSON.parse((await positionOf(sql, 'file:one')).json)).toEqual({ offset: 7 })
})

test('What cannot be written moves no position', async () => {
  const { sql } = house
  const [from, mailbox] = [await positionOf(sql, 'file:two'), newMailbox()]
  const impossible = { ...recordFor(mailbox), outcome: 'no outcome' } as unknown as TraceRecord
  await expect(advance(sql, from, { offset: 7 }, [recordFor(mailbox), impossible])).rejects.toThrow()
  expect(await positionOf(sql, 'file:two')).toEqual(from)
  expect(await rowsOf(mailbox)).toBe(0)
  expect(await advance(sql, from, { offset: 7 }, [recordFor(mailbox)])).toBe(0)
})
