import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listActivityOperation } from '#lib/features/activity/operations.ts'
import { switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { issuePassOperation } from '#lib/features/reset/operations.ts'
import type { Role } from '#lib/platform/actor.ts'
import { openEntry } from '#lib/platform/audit.ts'
import { env } from '#lib/platform/env.ts'
import { rollUp } from '#lib/platform/figures/roll-up.ts'
import { emptyAudit } from '#lib/platform/testing/audit-trail.ts'
import { codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { verifyCaller, WARRANT } from '#lib/platform/testing/verify-caller.ts'
import { exportAuditOperation, listAuditOperation, showChainOperation, showEntryOperation, verifyChainOperation } from './operations.ts'
import type { AuditDetail, AuditEntry, AuditPage } from './schema.ts'

let house: House
let lin: Person
let zhou: Person
let auditor: Person
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
  zhou = await house.person('zhou')
  auditor = await house.person('he')
})
beforeEach(() => house.forgetLimits())

const as = async (person: Person, role: Role) => ({ actor: { ...(await person.actor()), kind: 'staff', roles: [role] } as never })
const list = async (input: object = {}) => done(await auditor.call(listAuditOperation, input, await as(auditor, 'auditor'))) as AuditPage
const operations = async (input: object) => (await list(input)).entries.map(({ operation }) => operation)
const refuse = () => lin.call(switchAppPasswordsOperation, { on: true })

describe('The list', () => {
  beforeAll(async () => {
    await refuse()
    await verifyCaller(house, zhou.mailbox, lin.mailbox)
    done(await zhou.call(issuePassOperation, { mailbox: lin.mailbox }, { ...(await as(zhou, 'agent')), warrant: WARRANT }))
  })

  test('shows what everybody did, newest first, with every field', async () => {
    const { entries } = await list()
    expect(entries[0]).toMatchObject({
      operation: 'reset.issue-pass',
      actor: { kind: 'staff', id: zhou.mailbox, roles: ['agent'] },
      mailbox: lin.mailbox,
      ip: REQUEST.ip,
      userAgent: REQUEST.userAgent,
      detail: WARRANT,
      outcome: 'done',
    })
    expect(entries.map(({ id }) => id)).toEqual(entries.map(({ id }) => id).toSorted((a, b) => b - a))
  })

  test('is narrowed by who, whose, what, how it ended, ticket, reference and day, and by all of them', async () => {
    const { entries } = await list({ account: lin.mailbox })
    const refused = entries.find(({ outcome }) => outcome === 'refused') as AuditEntry
    expect(await operations({ actor: zhou.mailbox })).toEqual(['reset.issue-pass'])
    expect(await operations({ operation: 'app-passwords.switch' })).toEqual(['app-passwords.switch'])
    expect((await operations({ outcome: 'refused' })).slice(0, 1)).toEqual(['app-passwords.switch'])
    expect(await operations({ ticket: WARRANT.ticket })).toEqual(['reset.issue-pass'])
    expect(await operations({ reference: refused.reference.toUpperCase().replace('PH_', 'ph_') })).toEqual(['app-passwords.switch'])
    expect(await operations({ ticket: WARRANT.ticket, actor: lin.mailbox })).toEqual([])
    expect(await operations({ ticket: WARRANT.ticket, actor: zhou.mailbox, account: lin.mailbox, operation: 'reset.issue-pass' })).toEqual([
      'reset.issue-pass',
    ])
  })

  test('of days has what was done between the midnights of the site, counted already or not', async () => {
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: env().TIME_ZONE }).format
    const [today, yesterday] = [day(new Date()), day(new Date(Date.now() - 86_400_000))]
    for (let round = 0; round < 2; round++) {
      expect(await operations({ from: today, to: today, ticket: WARRANT.ticket })).toEqual(['reset.issue-pass'])
      expect(await operations({ from: yesterday, ticket: WARRANT.ticket })).toEqual(['reset.issue-pass'])
      expect(await operations({ to: yesterday })).toEqual([])
      expect(await operations({ from: '2099-01-01' })).toEqual([])
      await rollUp(house.db, env().TIME_ZONE)
    }
  })

  test('goes on page by page without gap or repetition, while new entries arrive', async () => {
    for (let n = 0; n < 12; n++) await refuse()
    const seen: number[] = []
    for (let before: number | undefined; ; ) {
      const page = await list({ account: lin.mailbox, operation: 'app-passwords.switch', limit: 5, before })
      seen.push(...page.entries.map(({ id }) => id))
      if (page.next === null) break
      before = page.next
      await refuse()
    }
    expect(seen).toHaveLength(13)
    expect(new Set(seen).size).toBe(13)
  })

  test('shows what was begun and never ended, after a minute', async () => {
    const intent = { operation: 'phone.start', actor: await lin.actor(), mailbox: lin.mailbox, request: REQUEST, detail: {} }
    const { reference } = await openEntry(house.db.$client, intent)
    expect(await operations({ reference })).toEqual([])
    await house.owner`update audit_log set at = at - interval '61 seconds' where reference = ${reference}`
    expect((await list({ reference })).entries).toMatchObject([{ reference, outcome: 'unknown' }])
    expect((await list({ outcome: 'unknown' })).entries).toMatchObject([{ reference, outcome: 'unknown' }])
    expect((await list({ outcome: 'unknown', account: auditor.mailbox })).entries).toEqual([])
  })

  test.each([
    { account: 'lin' },
    { operation: "x' or 1=1" },
    { outcome: 'open' },
    { reference: 'ph_1' },
    { from: '2026-02-30' },
    { to: 'tomorrow' },
    { ticket: '' },
    { actor: 'a\u0000b' },
    { before: 0 },
    { limit: 201 },
  ])('T28 is not narrowed by %j', async (input) => {
    expect(codeOf(await auditor.call(listAuditOperation, input, await as(auditor, 'auditor')))).toBe('invalid_input')
  })
})

describe('One entry', () => {
  test('is shown with its place in the chain, also while it is under way', async () => {
    await refuse()
    const [newest] = (await list({ operation: 'app-passwords.switch', limit: 1 })).entries
    const show = async (reference = '') => auditor.call(showEntryOperation, { reference }, await as(auditor, 'auditor'))
    const entry = done(await show(newest?.reference)) as AuditDetail
    expect(entry.rows.map(({ phase }) => phase)).toEqual(['intent', 'outcome'])
    expect(entry.rows[1]).toMatchObject({ seq: newest?.id, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(codeOf(await show('ph_aaaaaaaaaa'))).toBe('not_found')
    const { reference } = await openEntry(house.db.$client, {
      ...{ operation: 'phone.start', actor: await lin.actor(), mailbox: lin.mailbox, request: REQUEST, detail: {} },
    })
    expect(done(await show(reference))).toMatchObject({ outcome: 'unknown', rows: [{ phase: 'intent' }] })
  })
})

describe('Who looks', () => {
  test.each(['agent', 'supervisor', 'admin'] as const)('T45 is no %s', async (role) => {
    for (const operation of [listAuditOperation, exportAuditOperation, showChainOperation])
      expect(codeOf(await auditor.call(operation as never, {}, await as(auditor, role)))).toBe('forbidden')
    expect(codeOf(await lin.call(listAuditOperation, {}))).toBe('forbidden')
  })

  test('is written down with what was looked for, and not under the ticket that was looked for', async () => {
    await list({ ticket: 'ITS-2026-11111', from: '2026-01-01' })
    const [look] = (await list({ operation: 'audit.list', limit: 1 })).entries
    expect(look).toMatchObject({ actor: { id: auditor.mailbox }, detail: { filters: ['ticket=ITS-2026-11111', 'from=2026-01-01'] } })
    expect(await operations({ ticket: 'ITS-2026-11111' })).toEqual([])
  })

  test('at one account, or at one entry, is seen by its owner, and counts as no help', async () => {
    const wang = await house.person('wang')
    await list({ account: wang.mailbox })
    const [signIn] = (await list({ account: wang.mailbox })).entries.slice(-1)
    await auditor.call(showEntryOperation, { reference: signIn?.reference }, await as(auditor, 'auditor'))
    await list({ actor: wang.mailbox })
    const seen = done(await wang.call(listActivityOperation)).entries.map(({ operation }) => operation)
    expect(seen).toEqual(['audit.show', 'audit.list', 'audit.list', 'sso.sign-in'])
    await rollUp(house.db, env().TIME_ZONE)
    expect(await house.owner`select from figures_hourly where figure = 'helpdesk_actions' and dimension like 'audit.%'`).toHaveLength(0)
  })
})

describe('The file', () => {
  const exported = async (input: object) => {
    const { pages } = done(await auditor.call(exportAuditOperation, input, await as(auditor, 'auditor'))) as {
      pages: AsyncIterable<AuditEntry[]>
    }
    const read: AuditEntry[][] = []
    for await (const page of pages) read.push(page)
    return read
  }

  test('has all that the list has, a thousand at a time, and is written down once', async () => {
    await house.owner`
      insert into audit_log (seq, reference, phase, at, operation, actor_kind, actor_id, mailbox, detail, outcome, hash)
      select 1000000 + n, 'r' || n, 'outcome', now(), 'test.many', 'user', 'u', 'u', '{}', 'done', '' from generate_series(1, 2500) n`
    const pages = await exported({ operation: 'test.many' })
    expect(pages.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(2_500)
    expect(await exported({ operation: 'test.none' })).toEqual([])
    await house.owner`delete from audit_log where operation = 'test.many'`
    expect(
      await house.owner`select from audit_log where operation = 'audit.export' and phase = 'outcome' and outcome = 'done'`,
    ).toHaveLength(2)
  })
})

describe('T47 the chain on the page', () => {
  const chain = async () => done(await auditor.call(showChainOperation, {}, await as(auditor, 'auditor')))
  beforeEach(async () => {
    await emptyAudit(house)
    await refuse()
    await house.owner`truncate audit_verdicts`
  })

  test('is verified when an auditor asks, and says when and how much', async () => {
    expect(await chain()).toEqual({ state: 'never', verdict: null })
    done(await auditor.call(verifyChainOperation, {}, await as(auditor, 'auditor')))
    await house.work()
    expect(await chain()).toMatchObject({ state: 'whole', verdict: { at: expect.any(Date), found: 0, rows: 4 } })
  })

  test('names the place of what a superuser changed, deleted or cut off; the rest is still shown', async () => {
    const verify = async () => {
      done(await auditor.call(verifyChainOperation, {}, await as(auditor, 'auditor')))
      await house.work()
      return (await chain()).verdict?.faults
    }
    await verify()
    await house.owner`update audit_log set detail = 'no JSON', outcome = 'done' where seq = 2`
    expect(await verify()).toEqual([{ seq: 2, fault: 'changed' }])
    expect((await list({ operation: 'app-passwords.switch' })).entries[0]?.detail).toEqual({ unreadable: 'no JSON' })
    await house.owner`delete from audit_log where seq = 2`
    expect((await verify())?.[0]).toEqual({ seq: 2, fault: 'missing' })
    await house.owner`truncate audit_log`
    // What was written since stands behind the gap.
    expect(await verify()).toEqual([{ seq: 1, fault: 'missing' }])
    expect((await chain()).state).toBe('broken')
  })
})
