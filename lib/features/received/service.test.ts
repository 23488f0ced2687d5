import { randomInt } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertTraced } from '#db/factories.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import * as received from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const somebody = () => house.person(`reader${++people}`)

/** A mail that was delivered so many minutes ago. */
async function traced({ mailbox }: Person, minutes: number, more: { subject?: string; outcome?: string; folder?: string } = {}) {
  const arrival = (Date.now() - minutes * 60_000) * 1_000
  const id = queueIdOf(arrival, BigInt(randomInt(2 ** 47)))
  await insertTraced(house.db, { mailbox, id, arrival, ...more })
  return id
}

const list = async (person: Person, query: object = {}) => done(await person.call(received.listReceivedOperation, query))
const inInbox = async ({ mailbox }: Person) =>
  (await house.mail.mailbox.recent(mailbox, { folder: 'INBOX', limit: 10 })).map(({ subject }) => subject)
const stateOf = async ({ mailbox }: Person, id: string) => (await house.mail.quarantine.find(mailbox, [id]))[0]?.state
const rulesOf = ({ mailbox }: Person) => house.owner`select sender, verdict from sender_rules where mailbox = ${mailbox} order by sender`

describe('The list', () => {
  test('is read in pages that meet without a gap or a repeat, both ways', async () => {
    const lin = await somebody()
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.push(await traced(lin, n))
    const first = await list(lin, { limit: 3 })
    expect(first.mails.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    expect(first.newer).toBeNull()
    const second = await list(lin, { limit: 3, before: first.older })
    expect(second.mails.map(({ id }) => id)).toEqual(ids.slice(3, 6))
    const last = await list(lin, { limit: 3, before: second.older })
    expect(last).toMatchObject({ mails: [{ id: ids[6] }], older: null })
    const back = await list(lin, { limit: 3, after: last.newer })
    expect(back.mails.map(({ id }) => id)).toEqual(ids.slice(3, 6))
    const home = await list(lin, { limit: 3, after: back.newer })
    expect(home).toMatchObject({ newer: null, older: ids[2] })
  })

  test('is narrowed by result, by day as the site’s clock has it, and by words', async () => {
    const lin = await somebody()
    const old = await traced(lin, 3 * 24 * 60, { subject: '报销截止' })
    const junk = await traced(lin, 1, { outcome: 'junk', folder: 'Junk' })
    const [{ day }] = (await house.owner`
      select to_char(now() at time zone 'Asia/Shanghai' - interval '3 days', 'YYYY-MM-DD') as day`) as [{ day: string }]
    expect((await list(lin, { result: 'junk' })).mails.map(({ id }) => id)).toEqual([junk])
    expect((await list(lin, { from: day, to: day })).mails.map(({ id }) => id)).toEqual([old])
    expect((await list(lin, { search: '报销' })).mails.map(({ id }) => id)).toEqual([old])
    expect((await list(lin, { search: '100%_' })).mails).toEqual([])
  })

  test('names what is about to be deleted, and counts what waits for a decision', async () => {
    const lin = await somebody()
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'soon gone' })
    await holdMail(house, { mailbox: lin.mailbox, subject: 'kept' })
    await house.owner`update quarantine set expires_at = now() + interval '2 days' where queue_id = ${id}`
    const page = await list(lin)
    expect(page.held).toBe(2)
    expect(page.expiring.map(({ subject }) => subject)).toEqual(['soon gone'])
    expect((await list(lin, { result: 'held' })).expiring).toEqual([])
  })
})

describe('A release', () => {
  test('F12 asked for ten times at once by two instances puts one copy into the inbox', async () => {
    const lin = await somebody()
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'wanted' })
    const on = (n: number) => (n % 2 === 0 ? house : house.second())
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => lin.call(received.releaseReceivedOperation, { ids: [id] }, { on: on(n) })),
    )
    expect(answers.map(done).flatMap(({ ids }) => ids)).toEqual([id])
    expect(await stateOf(lin, id)).toBe('releasing')
    await house.work()
    expect(await inInbox(lin)).toEqual(['wanted'])
    expect((await list(lin)).mails[0]).toMatchObject({ id, outcome: 'released', may: { release: false, delete: false } })
  })

  test('T40 of malware or phishing is the helpdesk’s: one may ask, with a reason', async () => {
    const lin = await somebody()
    for (const verdict of ['malware', 'phishing'] as const) {
      const id = await holdMail(house, { mailbox: lin.mailbox, subject: verdict, verdict })
      expect(done(await lin.call(received.releaseReceivedOperation, { ids: [id] }))).toMatchObject({ ids: [], askHelpdesk: [id] })
      expect(done(await lin.call(received.requestReleaseOperation, { ids: [id], reason: 'Our own test' }))).toEqual({
        ids: [id],
        missed: [],
      })
      expect(await stateOf(lin, id)).toBe('requested')
      expect(done(await lin.call(received.requestReleaseOperation, { ids: [id], reason: 'Once more' })).missed).toEqual([id])
    }
    await house.work()
    expect(await inInbox(lin)).toEqual([])
  })

  test('T40 of malware is not had by bringing it back in the very moment', async () => {
    const lin = await somebody()
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'malware', verdict: 'malware' })
    const { quarantine } = house.mail
    await quarantine.remove(lin.mailbox, [id])
    const find: typeof quarantine.find = async (...asked) => {
      const found = await quarantine.find(...asked)
      await quarantine.undoRemove(lin.mailbox, [id])
      return found
    }
    const on = { ...house, mail: { ...house.mail, quarantine: { ...quarantine, find } } }
    expect(done(await lin.call(received.releaseReceivedOperation, { ids: [id] }, { on })).ids).toEqual([])
    expect(await stateOf(lin, id)).toBe('held')
  })

  test('stands when the list is full, and says that nobody was put there', async () => {
    const lin = await somebody()
    await house.owner`
      insert into sender_rules (mailbox, sender, verdict) select ${lin.mailbox}, 'n' || n || '@x.example', 'block' from generate_series(1, 500) n`
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'one', from: 'editor@journal.example' })
    const answer = done(await lin.call(received.releaseReceivedOperation, { ids: [id], allow: true }))
    expect(answer).toMatchObject({ ids: [id], allowed: [], notAllowed: ['editor@journal.example'] })
  })

  test('can allow the senders too, but not one that claims to be ours (T27)', async () => {
    const lin = await somebody()
    const ids = [
      await holdMail(house, { mailbox: lin.mailbox, subject: 'one', from: 'Editor@Journal.example' }),
      await holdMail(house, { mailbox: lin.mailbox, subject: 'two', from: 'president@yunling.example' }),
    ]
    const answer = done(await lin.call(received.releaseReceivedOperation, { ids, allow: true }))
    expect(answer).toMatchObject({ allowed: ['editor@journal.example'], notAllowed: ['president@yunling.example'] })
    expect([...(await rulesOf(lin))]).toEqual([{ sender: 'editor@journal.example', verdict: 'allow' }])
  })
})

describe('Deleted', () => {
  test('mail comes back for ten minutes; its sender can be blocked with it', async () => {
    const lin = await somebody()
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'spam', from: 'win@golden-win.example' })
    const answer = done(await lin.call(received.deleteReceivedOperation, { ids: [id], block: true }))
    expect(answer).toEqual({ ids: [id], missed: [], blocked: ['win@golden-win.example'], notBlocked: [] })
    expect([...(await rulesOf(lin))]).toEqual([{ sender: 'win@golden-win.example', verdict: 'block' }])
    expect((await list(lin)).mails[0]).toMatchObject({ outcome: 'deleted', may: { undelete: true } })
    expect(done(await lin.call(received.undeleteReceivedOperation, { ids: [id] })).ids).toEqual([id])
    expect(await stateOf(lin, id)).toBe('held')

    done(await lin.call(received.deleteReceivedOperation, { ids: [id] }))
    await house.owner`update quarantine set settled_at = now() - interval '11 minutes' where queue_id = ${id}`
    await house.mail.quarantine.tidy()
    expect(done(await lin.call(received.undeleteReceivedOperation, { ids: [id] })).missed).toEqual([id])
    expect(codeOf(await lin.call(received.previewReceivedOperation, { id }))).toBe('not_found')
  })
})

describe('One mail', () => {
  test('T38 whose preview would be a bomb is refused with the reason', async () => {
    const lin = await somebody()
    const parts = Array.from({ length: 300 }, () => '--b\r\n\r\nx').join('\r\n')
    const raw = `Subject: bomb\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}\r\n--b--\r\n`
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'bomb', raw })
    expect(await lin.call(received.previewReceivedOperation, { id })).toMatchObject({
      ok: false,
      code: 'preview_refused',
      values: { why: 'too_many_parts' },
    })
  })

  test('T35 is previewed as text, with formatting as a document of its own', async () => {
    const lin = await somebody()
    const raw = 'Subject: x\r\nContent-Type: text/html\r\n\r\n<p>Hello <b>you</b></p><script>alert(1)</script>\r\n'
    const id = await holdMail(house, { mailbox: lin.mailbox, subject: 'x', raw })
    const preview = done(await lin.call(received.previewReceivedOperation, { id }))
    expect(preview.blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join('')).toBe('Hello you')
    expect(preview.formatted).toBe(true)
    const { html } = done(await lin.call(received.previewDocumentOperation, { id }))
    expect(html).toContain('<b>you</b>')
    expect(html).not.toContain('alert')
  })

  test('is moved from junk to the inbox, unless it has gone from there', async () => {
    const lin = await somebody()
    const id = await traced(lin, 1, { outcome: 'junk', folder: 'Junk' })
    const raw = Buffer.from(
      `Received: by mail.yunling.example (Postfix) id ${id}\r\nMessage-ID: <${id}@elsewhere.example>\r\nSubject: News\r\n\r\n`,
    )
    expect(codeOf(await lin.call(received.moveToInboxOperation, { id }))).toBe('mail_moved')
    await house.mail.mailbox.append(lin.mailbox, 'Junk', raw)
    expect(codeOf(await lin.call(received.moveToInboxOperation, { id }))).toBe('done')
    expect(await inInbox(lin)).toEqual(['News'])
    expect((await list(lin)).mails[0]).toMatchObject({ id, outcome: 'delivered', folder: 'INBOX' })
    expect(codeOf(await lin.call(received.moveToInboxOperation, { id }))).toBe('not_found')
  })
})
