import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { requestReleaseOperation } from '#lib/features/received/operations.ts'
import { decideRequestOperation } from '#lib/features/requests/operations.ts'
import { fileRequest } from '#lib/platform/staff-requests.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { emit } from '#lib/platform/webhooks/events.ts'
import { WEBHOOK_EVENTS } from '#lib/platform/webhooks/kinds.ts'
import { signedHeaders } from '#lib/platform/webhooks/signature.ts'
import { type Received, startReceiver } from '#lib/platform/webhooks/testing/receiver.ts'
import * as operations from './operations.ts'

let house: House
let admin: Person
beforeAll(async () => {
  house = await testHouse()
  admin = await house.person('sun.qiang', { groups: ['mail-admins'] })
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`delete from webhooks`
  await house.owner`delete from graphile_worker._private_jobs`
})

const create = (url: string, events: readonly string[] = WEBHOOK_EVENTS) => admin.call(operations.createWebhookOperation, { url, events })
const list = async () => done(await admin.call(operations.listWebhooksOperation)).webhooks
const deliveries = async (id: string) => done(await admin.call(operations.listDeliveriesOperation, { id })).deliveries
/** What the worker does with everything that waits, though its next try be hours away; a failed try stays for another. */
async function tryAll() {
  await house.owner`update graphile_worker._private_jobs set run_at = now(), last_error = null`
  await house.work().catch(() => {})
}
const signs = (secret: string, { headers, body }: Received) => {
  const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])]
  const expected = signedHeaders([secret], { id, timestamp, body })['webhook-signature'] ?? '-'
  return String(headers['webhook-signature']).split(' ').includes(expected)
}

let people = 0
const somebody = () => house.person(`lin${++people}`)
const message = ({ mailbox }: Person) =>
  house.db.transaction((tx) => fileRequest(tx, { mailbox, kind: 'message', about: { message: 'x' }, words: 'my private words' }))

describe('An event', () => {
  test('is told where it is wanted, by ids and kinds, with nothing of a person', async () => {
    const [all, alarms] = [await startReceiver(), await startReceiver()]
    const { secret } = done(await create(all.url))
    done(await create(alarms.url, ['alarm.sms_budget']))
    const [lin, agent] = [await somebody(), await house.person('chen.jing', { groups: ['helpdesk'] })]
    const request = await message(lin)
    done(await agent.call(decideRequestOperation, { mailbox: lin.mailbox, id: request, decision: 'answer', words: 'words to the owner' }))
    await tryAll()
    expect(all.received.map(({ body }) => JSON.parse(body))).toEqual([
      { type: 'request.filed', timestamp: expect.stringMatching(/^\d{4}-.*Z$/), data: { request, kind: 'message' } },
      { type: 'request.decided', timestamp: expect.any(String), data: { request, kind: 'message', state: 'done' } },
    ])
    expect(all.received.every((received) => signs(secret, received))).toBe(true)
    expect(JSON.stringify(all.received)).not.toMatch(/lin\d|words|chen/)
    expect(alarms.received).toEqual([])
  })

  test('that is rolled back nobody hears', async () => {
    const receiver = await startReceiver()
    const { id } = done(await create(receiver.url))
    const undone = house.db.transaction(async (tx) => {
      await emit(tx, 'request.withdrawn', { request: crypto.randomUUID() })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await tryAll()
    expect(receiver.received).toEqual([])
    expect(await deliveries(id)).toEqual([])
  })

  test('has one id wherever it is told, by which a receiver knows it again', async () => {
    const [one, other] = [await startReceiver(), await startReceiver()]
    for (const { url } of [one, other]) done(await create(url))
    await message(await somebody())
    await tryAll()
    expect(one.received[0]?.headers['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/)
    expect(other.received[0]?.headers['webhook-id']).toBe(one.received[0]?.headers['webhook-id'])
  })

  test('of a request that comes to nothing is followed by its withdrawal', async () => {
    const receiver = await startReceiver()
    done(await create(receiver.url))
    const lin = await somebody()
    const held = await holdMail(house, { mailbox: lin.mailbox, subject: 'bill', from: 'spammer@elsewhere.example' })
    await house.owner`update quarantine set state = 'deleted' where mailbox = ${lin.mailbox}`
    expect(done(await lin.call(requestReleaseOperation, { ids: [held], reason: 'I know them' })).ids).toEqual([])
    await tryAll()
    const told = receiver.received.map(({ body }) => JSON.parse(body))
    expect(told.map(({ type }) => type)).toEqual(['request.filed', 'request.withdrawn'])
    expect(told[1]?.data.request).toBe(told[0]?.data.request)
  })
})

describe('What does not arrive', () => {
  test('F8 is tried again, the same octets under the same id, until it does', async () => {
    let answer = 503
    const receiver = await startReceiver((response) => response.writeHead(answer).end())
    const { id } = done(await create(receiver.url))
    await message(await somebody())
    await tryAll()
    expect(await deliveries(id)).toMatchObject([{ state: 'queued', attempts: 1, status: 503, problem: 'status' }])
    expect((await list())[0]?.failingSince).toEqual(expect.any(Date))
    answer = 204
    await tryAll()
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 2, status: 204, problem: null }])
    expect(await list()).toMatchObject([{ failingSince: null, last: { state: 'delivered' } }])
    const [first, second] = receiver.received
    expect([second?.body, second?.headers['webhook-id']]).toEqual([first?.body, first?.headers['webhook-id']])
    await tryAll()
    expect(receiver.received).toHaveLength(2)
  })

  test('is given up after thirteen tries in a day', async () => {
    const receiver = await startReceiver((response) => response.writeHead(500).end())
    const { id } = done(await create(receiver.url))
    await message(await somebody())
    for (let n = 0; n < 15; n++) await tryAll()
    expect(receiver.received).toHaveLength(13)
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', attempts: 13 }])
    const [job] = await house.owner`select max_attempts from graphile_worker._private_jobs where payload::text like ${`%${id}%`}`
    expect(job).toBeUndefined()
  })

  test('for three days switches the webhook off and is told to the administrators', async () => {
    const receiver = await startReceiver((response) => response.writeHead(500).end())
    const { id } = done(await create(`${receiver.url}?key=theirs`))
    const other = await house.person('wu.gang', { groups: ['mail-admins'] })
    await message(await somebody())
    await tryAll()
    await house.owner`update webhooks set failing_since = failing_since - interval '3 days'`
    await message(await somebody())
    await tryAll()
    expect(await list()).toMatchObject([{ on: false, offReason: 'failing' }])
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['failed', 'failed'])
    const tried = receiver.received.length
    await message(await somebody())
    await tryAll()
    expect(receiver.received).toHaveLength(tried)
    for (const { mailbox } of [admin, other]) {
      const letter = (await lettersTo(house, mailbox)).at(-1)
      expect(letter?.subject).toContain('is switched off')
      expect(letter?.text).not.toContain('theirs')
    }
    done(await admin.call(operations.switchWebhookOperation, { id, on: true }))
    expect(await list()).toMatchObject([{ on: true, offReason: null, failingSince: null }])
  })

  test('because the other side says that it is gone switches the webhook off at once', async () => {
    const receiver = await startReceiver((response) => response.writeHead(410).end())
    done(await create(receiver.url))
    await message(await somebody())
    await tryAll()
    expect(await list()).toMatchObject([{ on: false, offReason: 'gone' }])
  })
})

describe('An administrator', () => {
  test('sends a test, once, though the webhook be off', async () => {
    const receiver = await startReceiver((response) => response.writeHead(404).end())
    const { id } = done(await create(receiver.url, ['alarm.sms_budget']))
    done(await admin.call(operations.switchWebhookOperation, { id, on: false }))
    done(await admin.call(operations.testWebhookOperation, { id }))
    await tryAll()
    await tryAll()
    expect(receiver.received.map(({ body }) => JSON.parse(body))).toEqual([
      { type: 'webhook.test', timestamp: expect.any(String), data: {} },
    ])
    expect(await list()).toMatchObject([{ on: false, offReason: 'asked', failingSince: null, last: { state: 'failed', status: 404 } }])
  })

  test('makes a new secret, and for a day both sign', async () => {
    const receiver = await startReceiver()
    const { id, secret: before } = done(await create(receiver.url))
    const { secret } = done(await admin.call(operations.rotateWebhookOperation, { id }))
    await message(await somebody())
    await tryAll()
    expect([before, secret].map((text) => signs(text, receiver.received[0] as Received))).toEqual([true, true])
    await house.owner`update webhooks set rotated_at = rotated_at - interval '24 hours'`
    await message(await somebody())
    await tryAll()
    expect([before, secret].map((text) => signs(text, receiver.received[1] as Received))).toEqual([false, true])
    expect(await list()).toMatchObject([{ previousSignsUntil: null }])
  })

  test('chooses other events, and removes the webhook with all that it sent', async () => {
    const receiver = await startReceiver()
    const { id } = done(await create(receiver.url))
    done(await admin.call(operations.changeWebhookOperation, { id, events: ['alarm.sms_budget'] }))
    await message(await somebody())
    expect(await deliveries(id)).toEqual([])
    await emit(house.db, 'alarm.sms_budget', { percent: 80, texts: 4_000, budget: 5_000 })
    done(await admin.call(operations.removeWebhookOperation, { id }))
    await tryAll()
    expect(receiver.received).toEqual([])
    expect(codeOf(await admin.call(operations.listDeliveriesOperation, { id }))).toBe('not_found')
  })

  test('T23 sees a secret once; it is stored sealed, and of an address the audit has the host alone', async () => {
    const { secret } = done(await create('https://desk.example/hooks/their-own-secret'))
    expect(JSON.stringify(await list())).not.toContain(secret.slice(6))
    expect(placesOf(await everyCell(house.owner), secret)).toEqual([])
    const places = placesOf(await everyCell(house.owner), 'their-own-secret')
    expect(places).toEqual(['webhooks.url'])
  })

  test('T45 changes nothing that is told to another administrator without their hearing of it', async () => {
    const other = await house.person('lu.yan', { groups: ['mail-admins'] })
    const { id } = done(await create('https://desk.example/hooks/their-own-secret'))
    done(await admin.call(operations.changeWebhookOperation, { id, events: ['alarm.sms_budget'] }))
    done(await admin.call(operations.switchWebhookOperation, { id, on: false }))
    done(await admin.call(operations.switchWebhookOperation, { id, on: true }))
    done(await admin.call(operations.rotateWebhookOperation, { id }))
    done(await admin.call(operations.removeWebhookOperation, { id }))
    await house.work()
    const how = ['added', 'other events', 'switched off', 'switched on', 'a new secret', 'removed']
    for (const { mailbox } of [admin, other]) {
      const letters = (await lettersTo(house, mailbox)).slice(-how.length)
      const told = letters.map(({ subject }) => how.findIndex((words) => subject?.includes(words)))
      expect(told.sort()).toEqual([0, 1, 2, 3, 4, 5])
      for (const { subject, text } of letters) {
        expect(subject).toMatch(/desk\.\u200b?example/)
        expect(text).toContain(admin.mailbox)
        expect(text).not.toContain('their-own-secret')
      }
    }
  })

  test('T18 whose sign-in was a while ago changes nothing', async () => {
    const { id } = done(await create('https://desk.example/'))
    const [webhook] = await list()
    await admin.signIn({ authTime: new Date(Date.now() - 20 * 60_000) })
    const { changeWebhookOperation, switchWebhookOperation, removeWebhookOperation } = operations
    expect(codeOf(await admin.call(changeWebhookOperation, { id, events: ['alarm.sms_budget'] }))).toBe('step_up_required')
    expect(codeOf(await admin.call(switchWebhookOperation, { id, on: false }))).toBe('step_up_required')
    expect(codeOf(await admin.call(removeWebhookOperation, { id }))).toBe('step_up_required')
    expect(await list()).toEqual([webhook])
    await admin.signIn()
  })

  test.each(['http://desk.example/', 'https://10.0.0.1/', 'https://user@desk.example/', 'https://169.254.169.254/'])(
    'does not send the house’s events to %s',
    async (url) => expect(await create(url)).toMatchObject({ code: 'webhook_url', fields: ['url'] }),
  )

  test('keeps twenty at most, however many are added at once', async () => {
    for (let n = 0; n < 19; n++) done(await create(`https://desk.example/${n}`))
    await house.forgetLimits()
    const made = await Promise.all(['a', 'b', 'c'].map((path) => create(`https://desk.example/${path}`)))
    expect(made.map(codeOf).sort()).toEqual(['done', 'webhook_limit', 'webhook_limit'])
  })
})

test('T46 webhooks are served to administrators alone', async () => {
  const names = OPERATIONS.filter(({ name }) => name.startsWith('webhooks.')).map(({ name }) => name)
  expect(names).toHaveLength(Object.keys(operations).length)
  const boss = await house.person('wang.lei', { groups: ['helpdesk-leads'] })
  expect(codeOf(await boss.call(operations.listWebhooksOperation))).toBe('forbidden')
})
