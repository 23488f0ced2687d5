import { type SQL, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { issuePassOperation } from '#lib/features/reset/operations.ts'
import type { Role } from '#lib/platform/actor.ts'
import { openEntry } from '#lib/platform/audit.ts'
import type { Resources } from '#lib/platform/context.ts'
import { seal } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { rollUp } from '#lib/platform/figures/roll-up.ts'
import { phoneContext } from '#lib/platform/sms/enqueue.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { verifyCaller, WARRANT } from '#lib/platform/testing/verify-caller.ts'
import { drillOperation, showFiguresOperation } from './operations.ts'
import { Drilled, DrillPage } from './schema.ts'

let house: House
let staff: Person
beforeAll(async () => {
  house = await testHouse()
  staff = await house.person('chen')
  await rollUp(house.db, env().TIME_ZONE)
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`truncate figures_hourly, figure_notes`
})

const as = async (role: Role) => ({ actor: { ...(await staff.actor()), kind: 'staff', roles: [role] } as never })
const drill = async (input: object) => done(await staff.call(drillOperation, input, await as('auditor'))) as DrillPage
const count = () => rollUp(house.db, env().TIME_ZONE)

const put = (hour: string, figure: string, value: number, dimension = '') =>
  house.owner`insert into figures_hourly (hour, figure, dimension, value) values (${hour}, ${figure}, ${dimension}, ${value})`
/** 23 November 2026 is a Monday; the site is in Shanghai. */
const LAST_WEEK = { period: 'week', from: '2026-11-16' }

describe('Behind a number', () => {
  const entry = async (operation: string, mailbox: string, actor: object = { kind: 'anonymous' }) => {
    const { close, reference } = await openEntry(house.db.$client, {
      operation,
      actor: actor as never,
      mailbox,
      request: REQUEST,
      detail: {},
    })
    await close('done')
    return reference
  }
  const text = async (state: string, error: string | null, country = 'CN', number = '+8613871008000') => {
    const id = crypto.randomUUID()
    await house.owner`
      insert into sms_messages (id, mailbox, purpose, phone_cipher, country, state, error)
      values (${id}, 'a@yunling.example', 'code', ${seal(number, phoneContext(id))}, ${country}, ${state}, ${error})`
  }

  test('stand the entries of the audit, newest first, page by page, with people masked', async () => {
    const references = []
    for (let n = 0; n < 5; n++) references.unshift(await entry('sso.sign-in', `person${n}@yunling.example`))
    await entry('app-passwords.create', 'lin@yunling.example')
    await count()
    const pages: DrillPage[] = []
    for (let before: string | undefined; ; ) {
      const page = await drill({ figure: 'sign_ins', limit: 2, before })
      pages.push(page)
      if (page.next === null) break
      before = page.next
    }
    expect(pages.flatMap(({ rows }) => rows.map(({ reference }) => reference)).slice(0, 5)).toEqual(references)
    expect(pages[0]?.value).toBe(5)
    expect(pages[0]?.rows[0]).toMatchObject({ who: 'pe***@yunling.example', what: 'sso.sign-in', country: null })
  })

  test('stand entries of its own period only', async () => {
    await entry('sso.sign-in', 'lin@yunling.example')
    await count()
    expect((await drill({ figure: 'sign_ins', ...LAST_WEEK })).rows).toEqual([])
    expect((await drill({ figure: 'sign_ins', period: 'hour' })).rows).not.toEqual([])
  })

  test('stand texts with the number masked and what became of them', async () => {
    await text('delivered', null)
    await text('undelivered', 'unreachable', 'HK', '+85261234567')
    await count()
    const page = await drill({ figure: 'texts_failed' })
    expect(page.rows).toMatchObject([{ who: '+852 ****4567', what: 'undelivered', country: 'HK', reason: 'unreachable', reference: null }])
    expect(page.parts).toEqual([{ dimension: 'HK', value: 1, before: 0 }])
    expect((await drill({ figure: 'codes_sent', dimension: 'CN' })).rows).toMatchObject([{ who: '138****8000' }])
    expect(JSON.stringify(page)).not.toContain('61234567')
  })

  test('stand the reasons why a reset stopped, and the codes that did not arrive', async () => {
    await text('undelivered', 'unreachable')
    await count()
    const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString()
    for (const [figure, value, dimension] of [
      ['reset_sent', 10, ''],
      ['reset_proved', 6, ''],
      ['reset_stopped', 3, 'proved.not_arrived'],
      ['reset_stopped', 1, 'proved.wrong'],
      ['reset_stopped', 5, 'chosen.left'],
    ] as const)
      await put(hour, figure, value, dimension)
    const { stopped, parts, rows } = await drill({ figure: 'reset_proved', period: 'hour' })
    expect(stopped).toEqual({ value: 4, before: 0 })
    expect(parts.map(({ dimension, value }) => [dimension, value])).toEqual([
      ['proved.not_arrived', 3],
      ['proved.wrong', 1],
    ])
    expect(rows.some(({ reason }) => reason === 'unreachable')).toBe(true)
  })

  test('stands held mail without its sender and subject, and no cursor names anybody', async () => {
    for (const name of ['lin', 'wang', 'zhao']) await holdMail(house, { mailbox: `${name}@yunling.example`, subject: 'secret plan' })
    await count()
    const page = await drill({ figure: 'held', limit: 2 })
    expect(page.rows).toHaveLength(2)
    const rest = await drill({ figure: 'held', limit: 2, before: page.next ?? '' })
    expect([...page.rows, ...rest.rows].map(({ who }) => who).sort()).toEqual([
      'l***@yunling.example',
      'wa***@yunling.example',
      'zh***@yunling.example',
    ])
    expect(JSON.stringify([page, rest])).not.toMatch(/secret plan|elsewhere|lin@|wang@|zhao@/)
  })

  test('stand what staff did for others, by their names', async () => {
    const lin = await house.person('lin.helped')
    await verifyCaller(house, staff.mailbox, lin.mailbox)
    done(await staff.call(issuePassOperation, { mailbox: lin.mailbox }, { ...(await as('agent')), warrant: WARRANT }))
    await count()
    const { rows, parts } = await drill({ figure: 'helpdesk_actions' })
    expect(rows[0]).toMatchObject({ who: staff.mailbox, what: 'reset.issue-pass' })
    expect(parts).toEqual([{ dimension: 'reset.issue-pass', value: 1, before: 0 }])
    expect((await drill({ figure: 'helpdesk_actions', dimension: 'sso.end' })).rows).toEqual([])
  })

  test('stands a list for every figure that offers one', async () => {
    for (const figure of Drilled.options) DrillPage.parse(await drill({ figure, period: 'week' }))
  })

  test('a cursor of another list is refused', async () => {
    const cursor = async (figure: string, before: string) => codeOf(await staff.call(drillOperation, { figure, before }, await as('agent')))
    expect(await cursor('sign_ins', `1.${crypto.randomUUID()}`)).toBe('invalid_input')
    expect(await cursor('texts', '17')).toBe('invalid_input')
  })
})

describe('However much lies behind it', () => {
  const plans: string[] = []
  /** Explains each statement before it runs. */
  const explaining = (): Resources => {
    const { db, mail } = house
    const execute = async (query: SQL) => {
      plans.push((await db.execute(sql`explain ${query}`)).map((line) => Object.values(line)[0]).join('\n'))
      return db.execute(query)
    }
    return { db: new Proxy(db, { get: (target, name) => (name === 'execute' ? execute : Reflect.get(target, name)) }), mail }
  }

  beforeAll(async () => {
    await house.owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`
        insert into audit_log (seq, reference, phase, at, operation, actor_kind, actor_id, mailbox, detail, outcome, hash)
        select 1000000 + n, 'r' || n, 'outcome', now() - n * interval '20 seconds',
          (array['sso.sign-in', 'phone.confirm', 'received.release'])[1 + n % 3], 'user', 'u', 'u', '{}', 'done', ''
        from generate_series(1, 30000) n`
      await tx`
        insert into sms_messages (mailbox, purpose, phone_cipher, created_at)
        select 'u' || n, 'code', '', now() - n * interval '20 seconds' from generate_series(1, 30000) n`
      await tx`
        insert into quarantine (mailbox, queue_id, arrived_at, size, sender, verdict, state, passing, held_at, expires_at)
        select 'u' || n, 'q' || n, now(), 1, '', 'spam', 'held', false, now() - n * interval '20 seconds', now() from generate_series(1, 30000) n`
      await tx`
        insert into audit_hours (hour, first_seq) select date_trunc('hour', at), min(seq) from audit_log group by 1
        on conflict (hour) do update set first_seq = excluded.first_seq`
    })
    await house.owner`vacuum analyze audit_log`
    await house.owner`vacuum analyze sms_messages`
    await house.owner`vacuum analyze quarantine`
  })

  test.each([
    ['the figures', showFiguresOperation, { period: 'week' }],
    ['entries of the audit', drillOperation, { figure: 'phones_bound' }],
    ['calls saved', drillOperation, { figure: 'self_service' }],
    ['what staff did', drillOperation, { figure: 'helpdesk_actions' }],
    ['texts', drillOperation, { figure: 'texts', dimension: 'MO' }],
    ['held mail', drillOperation, { figure: 'held', limit: 50 }],
    ['released mail', drillOperation, { figure: 'released', limit: 50 }],
  ])('%s are found without reading a big table through', async (_, operation, input) => {
    plans.length = 0
    expect(codeOf(await staff.call(operation as never, input, { ...(await as('auditor')), on: explaining() }))).toBe('done')
    expect(plans.length).toBeGreaterThan(1)
    expect(plans.join('\n')).not.toMatch(/Seq Scan on (audit_log|sms_messages|quarantine|recalls|sessions)/)
  })
})
