import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAppPasswordOperation, switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { issuePassOperation, proveResetOperation, startResetOperation, unlockAccountOperation } from '#lib/features/reset/operations.ts'
import { openEntry } from '../audit.ts'
import { bindPhone } from '../testing/bind-phone.ts'
import { holdMail } from '../testing/hold-mail.ts'
import { anonymous, codeOf, done, type House, REQUEST, testHouse } from '../testing/house.ts'
import { lookUp, resetCodeOn } from '../testing/texts.ts'
import { verifyCaller, WARRANT } from '../testing/verify-caller.ts'
import { rollUp } from './roll-up.ts'

const ZONE = 'Asia/Shanghai'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(async () => {
  await house.forgetLimits()
  await rollUp(house.db, ZONE)
  await house.owner`truncate figures_hourly, figure_totals, figure_notes, reset_flows`
})

/** Since the last test, `figure` or `figure/dimension` to its sum. */
async function counted(): Promise<Record<string, number>> {
  await rollUp(house.db, ZONE)
  const rows = await house.owner<{ name: string; value: number }[]>`
    select figure || case dimension when '' then '' else '/' || dimension end as name, sum(value)::int as value
    from figures_hourly group by 1 order by 1`
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

let people = 0
const somebody = () => house.person(`somebody${++people}`)

const note = (at: string, delta = 1) => house.owner`insert into figure_notes (at, figure, delta) values (${at}, 'restored', ${delta})`

describe('What was done through the door', () => {
  test('is counted by operation, once however often the worker looks', async () => {
    const lin = await somebody()
    await bindPhone(house, lin.mailbox, `+861380013${String(1000 + people)}`)
    await rollUp(house.db, ZONE)
    await house.owner`truncate figures_hourly`
    done(await lin.call(switchAppPasswordsOperation, { on: true }))
    done(await lin.call(createAppPasswordOperation, { name: 'iPhone', days: 30, protocols: ['imap'], sms: false }))
    const expected = { app_passwords_made: 1, 'self_service/app-passwords.create': 1 }
    expect(await counted()).toEqual(expected)
    expect(await counted()).toEqual(expected)
  })

  test('is not counted when it was refused', async () => {
    const lin = await somebody()
    await rollUp(house.db, ZONE)
    await house.owner`truncate figures_hourly`
    expect(codeOf(await lin.call(switchAppPasswordsOperation, { on: true }))).toBe('phone_required')
    expect(await counted()).toEqual({})
  })

  test('by staff for somebody else is an action of the helpdesk and saves no call', async () => {
    const [lin, staff] = [await somebody(), await house.person('helper', { groups: [] })]
    await rollUp(house.db, ZONE)
    await house.owner`truncate figures_hourly`
    const actor = { ...(await staff.actor()), kind: 'staff' as const, roles: ['agent' as const] } as never
    await verifyCaller(house, staff.mailbox, lin.mailbox)
    done(await staff.call(issuePassOperation, { mailbox: lin.mailbox }, { actor, warrant: WARRANT }))
    expect(await counted()).toEqual({ 'helpdesk_actions/reset.issue-pass': 1 })
  })

  test('stands in the hour in which it was done, with the first audit row of that hour', async () => {
    const { close } = await openEntry(house.db.$client, {
      ...{ operation: 'sso.sign-in', actor: { kind: 'anonymous' }, mailbox: null, request: REQUEST, detail: {} },
    })
    await close('done')
    await rollUp(house.db, ZONE)
    const [row] = await house.owner`
      select f.hour = date_trunc('hour', a.at) as right_hour, h.first_seq <= a.seq as found
      from figures_hourly f, audit_log a, audit_hours h
      where f.figure = 'sign_ins' and h.hour = f.hour and a.seq = (select max(seq) from audit_log)`
    expect(row).toEqual({ right_hour: true, found: true })
  })
})

describe('What changes', () => {
  test('F3 two workers at once, and one that is cut off, count each thing once', async () => {
    await note('2026-11-25T02:10:00Z', 5)
    await note('2026-11-25T02:50:00Z', 2)
    await house.owner
      .begin(async (tx) => {
        await tx`delete from figure_notes`
        throw new Error('killed')
      })
      .catch(() => {})
    await Promise.all([rollUp(house.db, ZONE), rollUp(house.second().db, ZONE)])
    expect(await counted()).toEqual({ restored: 7 })
    const totals = await house.owner`select value::int from figure_totals where figure = 'restored'`
    expect([...totals]).toEqual([{ value: 7 }])
  })

  test('A receipt that comes late corrects the hour of its text', async () => {
    const [{ id }] = (await house.owner`
      insert into sms_messages (mailbox, purpose, phone_cipher, country, created_at)
      values ('a@yunling.example', 'code', ''::bytea, 'HK', '2026-11-20 01:30Z') returning id`) as unknown as [{ id: string }]
    expect(await counted()).toEqual({ codes_sent: 1, 'texts/HK': 1 })
    await house.owner`update sms_messages set state = 'undelivered' where id = ${id}`
    expect(await counted()).toEqual({ codes_sent: 1, 'texts/HK': 1, 'texts_failed/HK': 1 })
    await house.owner`update sms_messages set state = 'delivered', cost_micros = 45000 where id = ${id}`
    expect(await counted()).toEqual({
      codes_sent: 1,
      'texts/HK': 1,
      'texts_failed/HK': 0,
      'texts_delivered/HK': 1,
      'texts_cost/HK': 45_000,
    })
    const hours = await house.owner`select distinct hour from figures_hourly`
    expect([...hours]).toEqual([{ hour: new Date('2026-11-20T01:00:00Z') }])
  })

  test('A held mail counts when it is held, and when it was released after all', async () => {
    const id = await holdMail(house, { mailbox: 'b@yunling.example', verdict: 'spam' })
    expect(await counted()).toEqual({ 'held/spam': 1 })
    await house.mail.quarantine.startRelease('b@yunling.example', [id])
    await house.mail.quarantine.release('b@yunling.example', id)
    expect(await counted()).toEqual({ 'held/spam': 1, 'released/spam': 1 })
  })
})

describe('A reset', () => {
  /** Begun by text for somebody with a phone, up to the code. */
  async function begun() {
    const lin = await somebody()
    const number = `+861390013${String(1000 + people)}`
    await bindPhone(house, lin.mailbox, number)
    await rollUp(house.db, ZONE)
    await house.owner`truncate figures_hourly`
    const { token } = done(await startResetOperation.execute(anonymous(), { account: lin.mailbox, by: 'text' }, house))
    await lookUp(house)
    return { token, code: () => resetCodeOn(house.owner, number) }
  }
  const reset = async () => Object.fromEntries(Object.entries(await counted()).filter(([name]) => name.startsWith('reset_')))
  const giveUp = async () => {
    await house.later('45 minutes')
    await house.owner`select graphile_worker.add_job('reset.forget')`
    await house.work()
  }

  test('counts each step once, in the hour in which it began', async () => {
    const { token, code } = await begun()
    expect(await reset()).toEqual({ reset_started: 1, reset_sent: 1 })
    await proveResetOperation.execute(anonymous(), { token, code: await code() }, house)
    expect(await reset()).toEqual({ reset_started: 1, reset_sent: 1, reset_proved: 1 })
  })

  test.each([
    ['that nobody entered', 0, true, 'proved.not_entered'],
    ['that did not arrive', 0, false, 'proved.not_arrived'],
    ['that was entered wrong', 2, true, 'proved.tried'],
    ['that was entered wrong too often', 5, true, 'proved.wrong'],
  ])('with a code %s says so when it is over', async (_, wrong, arrived, reason) => {
    const { token } = await begun()
    if (!arrived) await house.owner`update sms_messages set state = 'undelivered'`
    for (let n = 0; n < wrong; n++) await proveResetOperation.execute(anonymous(), { token, code: '00000000' }, house)
    await giveUp()
    expect(await reset()).toMatchObject({ reset_started: 1, reset_sent: 1, [`reset_stopped/${reason}`]: 1 })
  })

  test('for an account that does not exist stops before a code', async () => {
    done(await startResetOperation.execute(anonymous(), { account: 'nobody-at-all', by: 'text' }, house))
    await house.work()
    await giveUp()
    expect(await reset()).toEqual({ reset_started: 1, 'reset_stopped/sent.no_account': 1 })
  })

  test('that only ends a lock is no new password', async () => {
    const { token, code } = await begun()
    done(await proveResetOperation.execute(anonymous(), { token, code: await code() }, house))
    done(await unlockAccountOperation.execute(anonymous(), { token }, house))
    expect(await reset()).toEqual({ reset_started: 1, reset_sent: 1, reset_proved: 1, 'reset_stopped/chosen.unlocked': 1 })
  })
})
