import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Trace } from './port.ts'
import { postfixTrace } from './postfix-log.ts'
import { traceHouse } from './testing/house.ts'
import { complete, linesOf, newMailbox } from './testing/mail-log.ts'

let house: Awaited<ReturnType<typeof traceHouse>>
let trace: Trace
let mailbox: string
let source: string

beforeAll(async () => {
  house = await traceHouse()
  trace = postfixTrace({ sql: house.sql, files: [], timeZone: 'UTC' })
})
afterAll(() => house.close())
beforeEach(() => {
  mailbox = newMailbox()
  source = mailbox.slice(0, 36)
})

const mail = () => {
  const told = complete({ subject: '实验室报告', recipients: [{ mailbox, steps: [{ what: 'delivered', folder: 'INBOX' }] }] })
  return {
    id: told.id,
    text: linesOf(told)
      .map((line) => `${line}\n`)
      .join(''),
  }
}
const octets = (text: string) => Buffer.byteLength(text)
const seen = async () => (await trace.page(mailbox, { limit: 50 })).map(({ id }) => id).sort()

test('What is sent twice, whole or in part, counts once', async () => {
  const [one, two] = [mail(), mail()]
  const both = one.text + two.text
  expect(await trace.takeLines(source, 0, Buffer.from(one.text))).toBe(octets(one.text))
  expect(await trace.takeLines(source, 0, Buffer.from(one.text))).toBe(octets(one.text))
  expect(await trace.takeLines(source, 0, Buffer.from(both))).toBe(octets(both))
  expect(await trace.takeLines(source, octets(one.text), Buffer.from(two.text))).toBe(octets(both))
  expect(await seen()).toEqual([one.id, two.id].sort())
})

test('Sent by many at once, it counts once', async () => {
  const { id, text } = mail()
  const answers = await Promise.all(Array.from({ length: 8 }, () => trace.takeLines(source, 0, Buffer.from(text))))
  expect(new Set(answers)).toEqual(new Set([octets(text)]))
  expect(await seen()).toEqual([id])
})

test('A line that is not whole is to be sent again from its start, in octets', async () => {
  const [one, two] = [mail(), mail()]
  const part = one.text + two.text.slice(0, -20)
  const offset = await trace.takeLines(source, 0, Buffer.from(part))
  expect(offset).toBe(octets(part.slice(0, part.lastIndexOf('\n') + 1)))
  await trace.takeLines(source, offset, Buffer.from(one.text + two.text).subarray(offset))
  expect(await seen()).toEqual([one.id, two.id].sort())
})

test('Where lines are missing, nothing is taken, and it is said from where to go on', async () => {
  const [one, two, three] = [mail(), mail(), mail()]
  await trace.takeLines(source, 0, Buffer.from(one.text))
  expect(await trace.takeLines(source, octets(one.text + two.text), Buffer.from(three.text))).toBe(octets(one.text))
  expect(await seen()).toEqual([one.id])
})

test('A new source may begin in the middle of its file', async () => {
  const { id, text } = mail()
  expect(await trace.takeLines(source, 5_000, Buffer.from(text))).toBe(5_000 + octets(text))
  expect(await seen()).toEqual([id])
})

test('After a rotation the next file is taken from its beginning', async () => {
  const [one, two] = [mail(), mail()]
  await trace.takeLines(source, 0, Buffer.from(one.text))
  expect(await trace.takeLines(source, 0, Buffer.from(two.text))).toBe(octets(two.text))
  expect(await trace.takeLines(source, 0, Buffer.from(two.text))).toBe(octets(two.text))
  expect(await seen()).toEqual([one.id, two.id].sort())
})

test('Of a next file whose first line is not whole yet, nothing is known', async () => {
  const [one, two] = [mail(), mail()]
  await trace.takeLines(source, 0, Buffer.from(one.text))
  expect(await trace.takeLines(source, 0, Buffer.from(two.text.slice(0, 20)))).toBe(0)
  expect(await trace.takeLines(source, 0, Buffer.from(two.text))).toBe(octets(two.text))
  expect(await seen()).toEqual([one.id, two.id].sort())
})

test('What takes several steps counts once, also when it is sent by many at once', async () => {
  const long = `${'x'.repeat(700_000)}\n`
  const [one, two, three] = [mail(), mail(), mail()]
  const text = [one.text, 'filler\n'.repeat(100_000), two.text, long, three.text].join('')
  const answers = await Promise.all(Array.from({ length: 4 }, () => trace.takeLines(source, 0, Buffer.from(`${text}half`))))
  expect(new Set(answers)).toEqual(new Set([octets(text)]))
  expect(await seen()).toEqual([one.id, two.id, three.id].sort())
  const [row] = await house.sql`select events from trace_recipients where queue_id = ${one.id}`
  expect(row?.events).toHaveLength(1)
})

test('One source knows nothing of another', async () => {
  const [one, two] = [mail(), mail()]
  await trace.takeLines(source, 0, Buffer.from(one.text))
  await trace.takeLines(`${source}-2`, 0, Buffer.from(two.text))
  expect(await seen()).toEqual([one.id, two.id].sort())
})

test.each([
  ['', 0],
  ['../mx1', 0],
  ['MX1', 0],
  ['x'.repeat(65), 0],
  ['mx1', -1],
  ['mx1', 0.5],
  ['mx1', Number.NaN],
])('T28 nothing is taken from %j at %d', async (name, offset) => {
  await expect(trace.takeLines(name, offset, Buffer.from('x\n'))).rejects.toMatchObject({ name: 'MailCoreError', code: 'refused' })
})
