import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepDays } from './days.ts'
import { embeddedTrace } from './embedded.ts'
import { lineReader } from './log-lines.ts'
import type { OpenSessions } from './open-sessions.ts'
import { applyRecords } from './store.ts'
import { traceHouse } from './testing/house.ts'
import { linesOfRemoval, newMailbox } from './testing/mail-log.ts'

let house: Awaited<ReturnType<typeof traceHouse>>
const read = lineReader('UTC')

beforeAll(async () => {
  house = await traceHouse()
  await keepDays(house.sql, 30)
})
afterAll(() => house.close())

/** Takes these lines in at once. */
const take = (lines: string[], sessions: OpenSessions = {}) => house.sql.begin((tx) => applyRecords(tx, read(lines.join('\n'), sessions)))
const openSessions = (mailbox: string) => house.sql`select client, ip from trace_sessions where mailbox = ${mailbox}`

const at = new Date()
const mail = { messageId: '<x@elsewhere.example>', size: 99, at }
const story = (mailbox: string) => linesOfRemoval({ mailbox, client: 'Foxmail', mails: [mail] })
const deleter = async (mailbox: string) =>
  (await embeddedTrace(house.sql).deletedBy(mailbox, [{ id: 'it', messageId: mail.messageId, size: mail.size, deletedAt: at }])).get('it')

test('A session that was opened long before still names the client', async () => {
  const mailbox = newMailbox()
  for (const line of story(mailbox)) await take([line])
  expect(await deleter(mailbox)).toEqual({ client: 'Foxmail', ip: '203.0.113.9', protocol: 'imap' })
})

test('A session is remembered from its beginning to its end', async () => {
  const mailbox = newMailbox()
  const [login, introduction, ...rest] = story(mailbox) as [string, string, ...string[]]
  await take([login])
  expect(await openSessions(mailbox)).toEqual([{ client: null, ip: '203.0.113.9' }])
  await take([introduction])
  expect(await openSessions(mailbox)).toEqual([{ client: 'Foxmail', ip: '203.0.113.9' }])
  await take(rest)
  expect(await openSessions(mailbox)).toEqual([])
})

test('A short session leaves nothing but its deletions', async () => {
  const mailbox = newMailbox()
  await take(story(mailbox))
  expect(await openSessions(mailbox)).toEqual([])
  expect(await deleter(mailbox)).toMatchObject({ client: 'Foxmail' })
})

test('A deletion of which nobody knows the session has no client', async () => {
  const mailbox = newMailbox()
  await take(story(mailbox).slice(2))
  expect(await deleter(mailbox)).toEqual({ client: null, ip: null, protocol: 'imap' })
})

test('A line that is read again is no second deletion', async () => {
  const mailbox = newMailbox()
  await take(story(mailbox))
  await take(story(mailbox).slice(2))
  expect(await embeddedTrace(house.sql).massDeletions(mailbox, new Date(at.getTime() - 1_000), 1)).toMatchObject([{ count: 1 }])
})

test('T34 the session of one mailbox tells nothing of another’s', async () => {
  const [mine, other] = [newMailbox(), newMailbox()]
  const [login, introduction, ...rest] = story(mine) as [string, string, ...string[]]
  await take([login, introduction])
  await take(rest.map((line) => line.replaceAll(mine, other)))
  expect(await deleter(other)).toEqual({ client: null, ip: null, protocol: 'imap' })
})

test('Sessions that never ended are forgotten after eight days', async () => {
  const mailbox = newMailbox()
  await take(story(mailbox).slice(0, 2))
  await house.sql`update trace_sessions set at = now() - interval '9 days' where mailbox = ${mailbox}`
  await keepDays(house.sql, 30)
  expect(await openSessions(mailbox)).toEqual([])
})
