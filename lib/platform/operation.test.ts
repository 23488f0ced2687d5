import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { connect, connectSql } from '#db/client.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { createMailCore } from '#lib/mail-core/index.ts'
import { owns } from './actor.ts'
import { AppError } from './errors.ts'
import { MailboxAddress } from './mailbox-address.ts'
import { metrics } from './metrics.ts'
import { type Definition, operation } from './operation.ts'
import { addressOf, anonymous, codeOf, done, EMBEDDED, type House, type Person, REQUEST, testHouse } from './testing/house.ts'
import { captureLog } from './testing/log.ts'

const logged = captureLog()
let house: House
let lin: Person
let runs: unknown[]
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
})
beforeEach(async () => {
  runs = []
  await house.forgetLimits()
})

const Input = z.object({ mailbox: MailboxAddress, word: z.string().max(20).default('') })
const Output = z.object({ word: z.string() })

/** An operation of this test alone, which writes down that it ran. */
let names = 0
const toy = (changes: Partial<Definition<typeof Input, typeof Output>> = {}) =>
  operation({
    name: `toy.${++names}`,
    summary: 'A toy',
    method: 'POST',
    input: Input,
    output: Output,
    policy: (actor, input) => owns(actor, input),
    audit: ({ word }) => ({ word }),
    run: async (_, { word }) => {
      runs.push(word)
      return { word }
    },
    ...changes,
  })

const entriesOf = async ({ name }: { name: string }) =>
  (
    await house.owner`
      select phase, outcome, code, mailbox, actor_kind, actor_id, ip, user_agent, detail::json as detail, reference
      from audit_log where operation = ${name} order by seq`
  ).map((row) => ({ ...row })) as Record<string, unknown>[]

/** The audit takes no row of this kind meanwhile. */
async function withDiskFull<T>(rows: string, work: () => Promise<T>): Promise<T> {
  await house.owner.unsafe(`alter table audit_log add constraint disk_full check (not (${rows})) not valid`)
  try {
    return await work()
  } finally {
    await house.owner`alter table audit_log drop constraint disk_full`
  }
}

describe('the order of things', () => {
  test('a change is written down before it is done, and its end after', async () => {
    let seen: unknown
    const op = toy({
      run: async () => {
        seen = (await entriesOf(op)).map(({ phase }) => phase)
        return { word: '' }
      },
    })
    const result = await lin.call(op, { word: 'hello' })
    expect(seen).toEqual(['intent'])
    const entries = await entriesOf(op)
    expect(entries).toMatchObject([
      { phase: 'intent', outcome: null, mailbox: lin.mailbox, detail: { word: 'hello' } },
      {
        phase: 'outcome',
        outcome: 'done',
        code: null,
        actor_kind: 'user',
        actor_id: lin.mailbox,
        ip: REQUEST.ip,
        detail: { word: 'hello' },
      },
    ])
    expect(entries.map(({ reference }) => reference)).toEqual([result.reference, result.reference])
    expect(result.reference).toMatch(/^ph_[a-z2-7]{10}$/)
  })

  test('F10 no audit entry, no effect', async () => {
    const op = toy()
    expect(codeOf(await withDiskFull(`operation = '${op.name}'`, () => lin.call(op)))).toBe('unexpected')
    expect(runs).toEqual([])
  })

  test('an entry whose end cannot be written stays open, and the answer still says what was done', async () => {
    const op = toy()
    expect(done(await withDiskFull(`operation = '${op.name}' and phase = 'outcome'`, () => lin.call(op)))).toEqual({ word: '' })
    expect((await entriesOf(op)).map(({ phase }) => phase)).toEqual(['intent'])
  })

  test('an answer of the service that is a refusal is written down as one, with its code', async () => {
    const op = toy({ run: () => Promise.reject(new AppError('phone_required', { values: { n: 1 } })) })
    expect(await lin.call(op)).toMatchObject({ ok: false, code: 'phone_required', values: { n: 1 } })
    expect((await entriesOf(op))[1]).toMatchObject({ outcome: 'refused', code: 'phone_required' })
  })

  test('T35 what was thrown reaches neither the answer, the audit nor the log', async () => {
    const op = toy({ run: () => Promise.reject(new Error('secret words of a foreign server', { cause: new Error('more secret') })) })
    const result = await lin.call(op)
    expect(result).toEqual({ ok: false, code: 'unexpected', reference: expect.stringMatching(/^ph_/) })
    expect((await entriesOf(op))[1]).toMatchObject({ outcome: 'failed', code: 'unexpected' })
    const line = logged.find((text) => text.includes(result.reference)) ?? ''
    expect(JSON.parse(line)).toMatchObject({ level: 50, operation: op.name, msg: 'unexpected', error: { name: 'Error' } })
    expect(logged.join('')).not.toContain('secret words')
    expect(logged.join('')).not.toContain('more secret')
  })

  test.each([
    ['unreachable', 'mail_unreachable', 'failed'],
    ['timeout', 'mail_timeout', 'failed'],
    ['refused', 'mail_refused', 'failed'],
    ['not_found', 'not_found', 'refused'],
    ['conflict', 'conflict', 'refused'],
  ] as const)('a mail system that says %s reads %s', async (code, expected, outcome) => {
    const op = toy({ run: () => Promise.reject(new MailCoreError(code)) })
    expect(codeOf(await lin.call(op))).toBe(expected)
    expect((await entriesOf(op))[1]).toMatchObject({ outcome, code: expected })
  })

  test('T46 somebody else’s mailbox is refused before the step-up, the limits and the service', async () => {
    const op = toy({ stepUp: true, limits: () => [{ key: 'never', limit: 0, per: '1 minute' }] })
    expect(codeOf(await lin.call(op, { mailbox: addressOf('wang') }))).toBe('forbidden')
    expect(runs).toEqual([])
    expect((await entriesOf(op))[1]).toMatchObject({ outcome: 'refused', code: 'forbidden', mailbox: lin.mailbox })
  })

  test('wrong fields are named, and what was typed is not written down', async () => {
    const op = toy()
    expect(await lin.call(op, { word: 'x'.repeat(21) })).toMatchObject({ ok: false, code: 'invalid_input', fields: ['word'] })
    expect((await entriesOf(op))[0]).toMatchObject({ detail: {} })
  })
})

describe('a read', () => {
  test('of one’s own leaves no entry; of somebody else’s it does', async () => {
    const own = toy({ method: 'GET' })
    expect(await lin.call(own)).toMatchObject({ ok: true, reference: '' })
    expect(await entriesOf(own)).toEqual([])
    const foreign = toy({ method: 'GET', policy: () => true })
    done(await lin.call(foreign, { mailbox: addressOf('wang') }))
    expect(await entriesOf(foreign)).toMatchObject([{ phase: 'intent' }, { outcome: 'done', mailbox: addressOf('wang') }])
  })

  test.each([undefined, 'me'])('whose mailbox reads %s is of one’s own', async (mailbox) => {
    const op = toy({ run: async (_, input) => ({ word: input.mailbox }) })
    expect(done(await lin.call(op, { mailbox }))).toEqual({ word: lin.mailbox })
  })
})

describe('asked too often', () => {
  test('T8 the sixty-first call in a minute is refused with the time to wait, and leaves no entry', async () => {
    const op = toy()
    for (let n = 0; n < 60; n++) done(await lin.call(op))
    const before = (await entriesOf(op)).length
    expect(await lin.call(op)).toMatchObject({ ok: false, code: 'rate_limited', retryAfter: expect.any(Number), reference: '' })
    expect((await entriesOf(op)).length).toBe(before)
    const wang = await house.person('limited')
    expect(codeOf(await wang.call(op))).toBe('done')
  })

  test('T8 a read is never too often, unless it is refused: then nobody fills the audit with it', async () => {
    const op = toy({ method: 'GET' })
    for (let n = 0; n < 61; n++) done(await lin.call(op))
    const foreign = { mailbox: addressOf('wang') }
    for (let n = 0; n < 60; n++) expect(codeOf(await lin.call(op, foreign))).toBe('forbidden')
    expect(codeOf(await lin.call(op, foreign))).toBe('rate_limited')
    expect(await entriesOf(op)).toHaveLength(120)
    expect(codeOf(await lin.call(op))).toBe('done')
  })

  test('people without a session are counted by their address', async () => {
    const op = toy({ anonymous: true, policy: () => true })
    const from = (ip: string) => op.execute(anonymous({ ...REQUEST, ip }), { mailbox: lin.mailbox }, house)
    for (let n = 0; n < 60; n++) done(await from('203.0.113.1'))
    expect(codeOf(await from('203.0.113.1'))).toBe('rate_limited')
    expect(codeOf(await from('203.0.113.2'))).toBe('done')
  })

  test('an operation’s own limits come after the policy and are written down', async () => {
    const op = toy({ limits: () => [{ key: 'toy', limit: 1, per: '1 hour', code: 'sms_limit' }] })
    done(await lin.call(op))
    expect(codeOf(await lin.call(op))).toBe('sms_limit')
    expect((await entriesOf(op)).at(-1)).toMatchObject({ outcome: 'refused', code: 'sms_limit' })
  })
})

test('The metrics count each operation by how it ended, and name nobody', async () => {
  const op = toy()
  done(await lin.call(op))
  done(await lin.call(op))
  await lin.call(op, { mailbox: addressOf('wang') })
  const lines = (await metrics().registry.getSingleMetricAsString('posthouse_operations_total')).split('\n')
  expect(lines.filter((line) => line.includes(`"${op.name}"`))).toEqual([
    `posthouse_operations_total{operation="${op.name}",outcome="done"} 2`,
    `posthouse_operations_total{operation="${op.name}",outcome="forbidden"} 1`,
  ])
})

describe('an idempotency key', () => {
  const key = () => ({ idempotencyKey: crypto.randomUUID() })

  test('makes a replay do nothing', async () => {
    const [op, with_] = [toy(), key()]
    done(await lin.call(op, {}, with_))
    expect(codeOf(await lin.call(op, {}, with_))).toBe('already_done')
    expect(runs).toHaveLength(1)
  })

  test('F12 lets one of fifty at once run, on two instances', async () => {
    const [op, with_, second] = [toy(), key(), house.second()]
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => lin.call(op, {}, { ...with_, on: n % 2 ? second : house })))
    expect(results.map(codeOf).filter((code) => code === 'done')).toHaveLength(1)
    expect(new Set(results.map(codeOf))).toEqual(new Set(['done', 'already_done']))
    expect(runs).toHaveLength(1)
  })

  test('is given back when the run fails, so that it can be tried again', async () => {
    let fails = true
    const op = toy({ run: async () => (fails ? Promise.reject(new AppError('conflict')) : { word: 'second' }) })
    const with_ = key()
    expect(codeOf(await lin.call(op, {}, with_))).toBe('conflict')
    fails = false
    expect(codeOf(await lin.call(op, {}, with_))).toBe('done')
    expect(codeOf(await lin.call(op, {}, with_))).toBe('already_done')
  })

  test('T34 is one’s own, and of one operation', async () => {
    const [op, other, with_, wang] = [toy(), toy(), key(), await house.person('keys')]
    done(await lin.call(op, {}, with_))
    expect(codeOf(await wang.call(op, {}, with_))).toBe('done')
    expect(codeOf(await lin.call(other, {}, with_))).toBe('done')
  })

  test.each([[['a']], [{}], [7], ['a\u0000b'], [''], ['x'.repeat(101)], [null]])('T6 %j is no key', async (wrong) => {
    const op = toy()
    expect(codeOf(await lin.call(op, {}, { idempotencyKey: wrong as string }))).toBe('invalid_input')
    expect(runs).toEqual([])
  })
})

describe('F1 without the database', () => {
  const without = (url: string) => {
    const sql = connectSql(url, { max: 1 })
    return { db: connect(url, { max: 1 }), mail: createMailCore({ sql, ...EMBEDDED }) }
  }

  test.each([
    ['nobody listens', 'postgres://posthouse@127.0.0.1:1/x'],
    ['the name is unknown', 'postgres://posthouse@nowhere.invalid/x'],
  ])('%s: nothing is done and the sentence says so', async (_, url) => {
    const actor = await lin.actor()
    const result = await toy().execute({ actor, request: REQUEST, ownOrigin: true }, {}, without(url))
    expect(result).toEqual({ ok: false, code: 'database_unavailable', reference: '' })
    expect(runs).toEqual([])
  })

  test.each([
    ['a session that its administrator ended', 'select pg_terminate_backend(pg_backend_pid())'],
    ['F2 a statement that takes too long', 'set statement_timeout = 1; select pg_sleep(1)'],
  ])('%s reads the same', async (_, statement) => {
    const op = toy({
      run: async ({ db }) => {
        await db.$client.unsafe(statement).simple()
        return { word: '' }
      },
    })
    const result = await lin.call(op, {}, { on: { ...house, db: connect(house.url, { max: 1 }) } })
    expect(codeOf(result)).toBe('database_unavailable')
  })
})
