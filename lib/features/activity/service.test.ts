import { beforeAll, beforeEach, expect, test } from 'vitest'
import { switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { signOutOperation } from '#lib/features/sso/operations.ts'
import { openEntry } from '#lib/platform/audit.ts'
import { addressOf, codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { exportActivityOperation, listActivityOperation } from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const somebody = () => house.person(`user${++people}`)
const refusals = async (person: Person, count: number) => {
  for (let n = 0; n < count; n++) await person.call(switchAppPasswordsOperation, { on: true })
}

test('Everything done to the account is there, newest first, with who, when, from where and how it ended', async () => {
  const lin = await somebody()
  await refusals(lin, 1)
  const { entries } = done(await lin.call(listActivityOperation))
  expect(entries.map(({ operation }) => operation)).toEqual(['app-passwords.switch', 'sso.sign-in'])
  expect(entries[0]).toMatchObject({
    reference: expect.stringMatching(/^ph_[a-z2-7]{10}$/),
    actor: { kind: 'user', name: lin.mailbox, own: true },
    ip: REQUEST.ip,
    browser: 'Safari',
    system: 'macOS',
    detail: { on: true },
    outcome: 'refused',
    code: 'phone_required',
  })
  expect(entries[0]?.at).toBeInstanceOf(Date)
})

test('Reading one’s own activity leaves no entry; a refusal does', async () => {
  const lin = await somebody()
  for (let n = 0; n < 3; n++) done(await lin.call(listActivityOperation))
  expect(done(await lin.call(listActivityOperation)).entries).toHaveLength(1)
  expect(codeOf(await lin.call(listActivityOperation, { mailbox: addressOf('wang') }))).toBe('forbidden')
  expect(done(await lin.call(listActivityOperation)).entries[0]).toMatchObject({ operation: 'activity.list', code: 'forbidden' })
})

test('Pages follow one another without gap or repetition, also while new entries arrive', async () => {
  const lin = await somebody()
  await refusals(lin, 24)
  const seen: number[] = []
  for (let before: number | undefined; ; ) {
    const page = done(await lin.call(listActivityOperation, { limit: 10, before }))
    seen.push(...page.entries.map(({ id }) => id))
    if (page.next === null) break
    before = page.next
    await refusals(lin, 1)
  }
  expect(seen).toHaveLength(25)
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a))
})

test('A page is found by the index alone', async () => {
  const lin = await somebody()
  const plan = await house.owner.begin(async (sql) => {
    await sql`set local enable_seqscan = off`
    return sql`explain select * from audit_log where mailbox = ${lin.mailbox} and seq < 1000 order by seq desc limit 50`
  })
  const text = plan.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toContain('audit_log_mailbox')
  expect(text).not.toContain('Sort')
})

test('An entry that was left open reads "unknown" after a minute', async () => {
  const lin = await somebody()
  const intent = { operation: 'phone.start', actor: await lin.actor(), mailbox: lin.mailbox, request: REQUEST, detail: {} }
  const { reference } = await openEntry(house.db.$client, intent)
  const entries = async () => done(await lin.call(listActivityOperation)).entries
  expect((await entries()).map((entry) => entry.reference)).not.toContain(reference)
  await house.owner`update audit_log set at = at - interval '61 seconds' where reference = ${reference}`
  expect((await entries())[0]).toMatchObject({ reference, outcome: 'unknown', code: null })
})

test('T34 nobody’s activity holds another’s', async () => {
  const [lin, wang] = [await somebody(), await somebody()]
  await refusals(wang, 3)
  const { entries } = done(await lin.call(exportActivityOperation))
  expect(entries).toHaveLength(1)
  expect(JSON.stringify(entries)).not.toContain(wang.mailbox)
})

test('The export has the same entries', async () => {
  const lin = await somebody()
  await refusals(lin, 3)
  const [listed, exported] = [done(await lin.call(listActivityOperation)), done(await lin.call(exportActivityOperation))]
  expect(exported.entries).toEqual(listed.entries)
})

test('Signing out is the last thing seen', async () => {
  const lin = await somebody()
  done(await lin.call(signOutOperation))
  await lin.signIn()
  const { entries } = done(await lin.call(listActivityOperation))
  expect(entries.map(({ operation }) => operation)).toEqual(['sso.sign-in', 'sso.sign-out', 'sso.sign-in'])
})

test.each([0, -1, 201, 1.5, 'x', '', '1e1', '0x10', ' 5', null, [5], ['5'], {}, true])(
  'T6 a page of %j entries is refused',
  async (limit) => {
    const lin = await somebody()
    expect(codeOf(await lin.call(listActivityOperation, { limit }))).toBe('invalid_input')
  },
)
