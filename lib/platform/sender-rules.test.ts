import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { SenderRules, SenderVerdict } from '#lib/mail-core/sender-rules/port.ts'
import type { AuthorizedMailbox } from './actor.ts'
import type { Resources } from './context.ts'
import { putSenderRules, removeSenderRules, type SenderRule, senderRuleJobs } from './sender-rules.ts'
import { type House, testHouse } from './testing/house.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.owner`truncate sender_rules, sender_lists, graphile_worker._private_jobs cascade`)

const lin = 'lin@yunling.example' as AuthorizedMailbox
const wang = 'wang@yunling.example' as AuthorizedMailbox
const ZHAO = 'zhao@elsewhere.example'

/** A filter with a memory of its own, which can be out of reach and can forget. */
function filter() {
  const known = new Map<string, ReadonlyMap<string, SenderVerdict>>()
  const state = { down: false, told: [] as string[], slow: undefined as Promise<void> | undefined }
  const answering = async () => {
    if (state.down) throw new MailCoreError('unreachable')
  }
  const senderRules: SenderRules = {
    replace: async (mailbox, rules) => {
      await answering()
      state.told.push(mailbox)
      await state.slow
      known.set(mailbox, rules)
    },
    verdictOf: async (mailbox, sender) => {
      await answering()
      return known.get(mailbox)?.get(sender) ?? null
    },
    check: answering,
  }
  const on: Resources = { ...house, mail: { ...house.mail, senderRules } }
  return { on, known, state }
}

const block = (...senders: string[]): SenderRule[] => senders.map((sender) => ({ sender, verdict: 'block' }))
const allow = (...senders: string[]): SenderRule[] => senders.map((sender) => ({ sender, verdict: 'allow' }))
const tellAll = (on: Resources) => senderRuleJobs.tasks['sender-lists.tell']?.({}, on)
const listOf = async (mailbox: string) =>
  (await house.owner`select sender, verdict from sender_rules where mailbox = ${mailbox} order by sender`).map((row) => [
    row.sender,
    row.verdict,
  ])
const verdictOf = async (mailbox: string, ...senders: string[]) =>
  (await house.db.$client`select sender_verdict(${mailbox}, ${senders}) as verdict`)[0]?.verdict
const waitsForLock = async () =>
  (await house.owner`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length > 0
const some = (count: number) => Array.from({ length: count }, (_, n) => `s${n}@elsewhere.example`)

describe('putting senders on a list', () => {
  test('the very next message obeys: the filter was told before the answer', async () => {
    const { on, known } = filter()
    expect(await putSenderRules(on, lin, [...block(ZHAO), ...allow('elsewhere.example')])).toEqual({
      put: [ZHAO, '@elsewhere.example'],
      added: [ZHAO, '@elsewhere.example'],
      turned: [],
      refused: [],
      told: true,
    })
    expect(known.get(lin)).toEqual(
      new Map([
        [ZHAO, 'block'],
        ['@elsewhere.example', 'allow'],
      ]),
    )
    expect(await house.mail.senderRules.verdictOf(lin, ZHAO)).toBe('block')
  })

  test('a sender has one verdict, and the answer says which had the other', async () => {
    await putSenderRules(house, lin, block(ZHAO, 'qian@elsewhere.example'))
    await house.owner`update sender_rules set hits = 3, last_hit_at = now()`
    expect(await putSenderRules(house, lin, [...allow(ZHAO), ...block('qian@elsewhere.example')])).toMatchObject({
      added: [],
      turned: [ZHAO],
    })
    expect(await listOf(lin)).toEqual([
      ['qian@elsewhere.example', 'block'],
      [ZHAO, 'allow'],
    ])
    const hits = await house.owner`select hits, last_hit_at is null as never from sender_rules order by sender`
    expect(hits.map((row) => [row.hits, row.never])).toEqual([
      [3, false],
      [0, true],
    ])
  })

  test('T30 the same sender in two spellings is one', async () => {
    expect(await putSenderRules(house, lin, block(ZHAO, 'ＺＨＡＯ＠elsewhere.example'))).toMatchObject({ put: [ZHAO] })
    expect(await listOf(lin)).toEqual([[ZHAO, 'block']])
  })

  test('T27 what no list may name is told, and the rest is put', async () => {
    const rules = [...allow('*@*', 'wang@yunling.example', '@lab.yunling.example', ZHAO), ...block('no-reply@yunling.example', lin)]
    expect(await putSenderRules(house, lin, rules)).toMatchObject({
      put: [ZHAO],
      refused: ['*@*', 'wang@yunling.example', '@lab.yunling.example', 'no-reply@yunling.example', lin],
    })
    expect(await listOf(lin)).toEqual([[ZHAO, 'allow']])
  })

  test('T34 nobody else’s list changes', async () => {
    await putSenderRules(house, wang, allow(ZHAO))
    await putSenderRules(house, lin, block(ZHAO))
    await removeSenderRules(house, lin, [ZHAO])
    expect(await listOf(wang)).toEqual([[ZHAO, 'allow']])
  })

  test('T28 a naughty string is refused or kept as a sender', async () => {
    const { naughtyStrings } = await import('./testing/hostile.ts')
    const texts = naughtyStrings()
    const { put, refused } = await putSenderRules(house, lin, block(...texts))
    expect(refused.length).toBeGreaterThan(texts.length - 20)
    expect((await listOf(lin)).map(([sender]) => sender).sort()).toEqual([...put].sort())
  })
})

describe('T27 at most 500', () => {
  test('one more is refused, and nothing is changed', async () => {
    await putSenderRules(house, lin, block(...some(499)))
    await expect(putSenderRules(house, lin, block('new1@x.example', 'new2@x.example'))).rejects.toMatchObject({
      code: 'sender_limit',
      detail: { values: { most: 500, now: 499, over: 1 } },
    })
    expect(await listOf(lin)).toHaveLength(499)
    await putSenderRules(house, lin, block('new1@x.example', 's0@elsewhere.example'))
    expect(await listOf(lin)).toHaveLength(500)
    await putSenderRules(house, lin, allow(...some(499)))
  })

  test('499 and twenty at once on two instances are 500', async () => {
    await putSenderRules(house, lin, block(...some(499)))
    const attempts = Array.from({ length: 20 }, (_, n) => putSenderRules(n % 2 ? house : house.second(), lin, block(`new${n}@x.example`)))
    const results = await Promise.allSettled(attempts)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await listOf(lin)).toHaveLength(500)
  })

  test('what has expired does not count', async () => {
    await putSenderRules(
      house,
      lin,
      some(500).map((sender) => ({ sender, verdict: 'block', expiresAt: new Date(Date.now() + 3_600_000) })),
    )
    await house.later('2 hours')
    expect(await putSenderRules(house, lin, block(ZHAO))).toMatchObject({ added: [ZHAO] })
    expect(await listOf(lin)).toEqual([[ZHAO, 'block']])
  })
})

describe('taking senders off a list', () => {
  test('the next message obeys, and the answer says what it was', async () => {
    const { on, known } = filter()
    await putSenderRules(on, lin, [...block(ZHAO), ...allow('@x.example')])
    expect(await removeSenderRules(on, lin, [ZHAO, 'nobody@x.example'])).toEqual({
      removed: [{ sender: ZHAO, verdict: 'block', expiresAt: null }],
      told: true,
    })
    expect(known.get(lin)).toEqual(new Map([['@x.example', 'allow']]))
  })
})

describe('when the filter is out of reach', () => {
  test('the change is saved, the answer says so, and the worker goes on until it is told', async () => {
    const { on, known, state } = filter()
    state.down = true
    expect(await putSenderRules(on, lin, block(ZHAO))).toMatchObject({ put: [ZHAO], told: false })
    expect(await listOf(lin)).toEqual([[ZHAO, 'block']])
    await expect(tellAll(on)).rejects.toMatchObject({ code: 'unreachable' })
    state.down = false
    await tellAll(on)
    expect(known.get(lin)).toEqual(new Map([[ZHAO, 'block']]))
    await tellAll(on)
    expect(state.told).toEqual([lin])
  })

  test('F3 a portal that was killed before it told the filter leaves the job behind', async () => {
    const { on, state } = filter()
    state.down = true
    await putSenderRules(on, lin, block(ZHAO))
    const jobs =
      await house.owner`select task_identifier, payload from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)`
    expect(jobs.map(({ task_identifier, payload }) => [task_identifier, payload])).toEqual([['sender-lists.tell', {}]])
    await house.work()
  })

  test('F6 one that comes back without its memory is told everything again', async () => {
    const { on, known } = filter()
    await putSenderRules(on, lin, block(ZHAO))
    await putSenderRules(on, wang, allow(ZHAO))
    known.clear()
    await tellAll(on)
    expect([known.get(lin), known.get(wang)]).toEqual([new Map([[ZHAO, 'block']]), new Map([[ZHAO, 'allow']])])
  })

  test('F12 an older list that the filter takes in late is not what it ends up with', async () => {
    const { on, known, state } = filter()
    let answer = () => {}
    state.slow = new Promise((resolve) => {
      answer = resolve
    })
    const first = putSenderRules(on, lin, block('a@x.example'))
    await vi.waitFor(() => expect(state.told).toHaveLength(1))
    state.slow = undefined
    const second = putSenderRules(on, lin, block('b@x.example'))
    await vi.waitFor(async () => expect(state.told.length > 1 || (await waitsForLock())).toBe(true))
    answer()
    await Promise.all([first, second])
    expect([...(known.get(lin)?.keys() ?? [])].sort()).toEqual(['a@x.example', 'b@x.example'])
  })

  test('F12 changes at once on two instances end with what the table says', async () => {
    const { on, known } = filter()
    const second: Resources = { ...house.second(), mail: on.mail }
    await Promise.all(some(20).map((sender, n) => putSenderRules(n % 2 ? on : second, lin, n % 3 ? block(sender) : allow(sender))))
    expect([...(known.get(lin) ?? [])].sort()).toEqual(await listOf(lin))
  })
})

describe('an expiry', () => {
  const until = (milliseconds: number): SenderRule[] => [{ sender: ZHAO, verdict: 'block', expiresAt: new Date(Date.now() + milliseconds) }]

  test('F11 ends the rule by the database’s clock, and the filter is told', async () => {
    const { on, known } = filter()
    await putSenderRules(on, lin, until(60_000))
    await tellAll(on)
    expect(known.get(lin)?.size).toBe(1)
    await house.later('2 minutes')
    expect(await verdictOf(lin, ZHAO)).toBeNull()
    await tellAll(on)
    expect(known.get(lin)?.size).toBe(0)
    expect(await listOf(lin)).toEqual([])
  })

  test('put again without one, the rule stays for good', async () => {
    await putSenderRules(house, lin, until(60_000))
    await putSenderRules(house, lin, block(ZHAO))
    await house.later('2 minutes')
    expect(await house.mail.senderRules.verdictOf(lin, ZHAO)).toBe('block')
  })
})

describe('the rule that decides about a mail', () => {
  test('an address goes before its domain, a block before an allowance, and the hit is counted', async () => {
    await putSenderRules(house, lin, [...block('@x.example'), ...allow('billing@x.example', '@y.example')])
    expect(await verdictOf(lin, 'billing@x.example')).toBe('allow')
    expect(await verdictOf(lin, 'other@x.example')).toBe('block')
    expect(await verdictOf(lin, 'bounce@y.example', 'other@x.example')).toBe('block')
    expect(await verdictOf(lin, 'bounce@z.example')).toBeNull()
    expect(await verdictOf(lin, '"a@y.example"@z.example')).toBeNull()
    const rows = await house.owner`select sender, hits, last_hit_at > now() - interval '1 minute' as now from sender_rules order by sender`
    expect(rows.map((row) => [row.sender, row.hits, row.now])).toEqual([
      ['@x.example', 2, true],
      ['@y.example', 0, null],
      ['billing@x.example', 1, true],
    ])
  })
})
