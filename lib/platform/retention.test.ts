import { beforeAll, beforeEach, expect, test } from 'vitest'
import { retentionJobs } from './retention.ts'
import { ageAudit, emptyAudit, writeEntries } from './testing/audit-trail.ts'
import { type House, testHouse } from './testing/house.ts'
import { verifyAudit } from './verify-audit.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => emptyAudit(house))

const run = (task: string) => retentionJobs.tasks[`retention.${task}`]?.({}, house)
const verify = () => verifyAudit(house.db.$client)

test('T47 takes what is older than a year off the start of the audit, and the chain stays verifiable', async () => {
  await writeEntries(house, 4)
  await ageAudit(house, 3, '366 days')
  await run('prune-audit')
  expect(await verify()).toMatchObject({ rows: 5, head: { seq: 8 }, faults: [] })
  await writeEntries(house, 1)
  await ageAudit(house, 6, '366 days')
  await run('prune-audit')
  expect(await verify()).toMatchObject({ rows: 4, head: { seq: 10 }, faults: [] })
})

test('takes nothing when nothing is old', async () => {
  await writeEntries(house, 2)
  await run('prune-audit')
  expect(await verify()).toMatchObject({ rows: 4, faults: [] })
})

test('can take everything, and the next entry goes on', async () => {
  await writeEntries(house, 2)
  await ageAudit(house, 4, '400 days')
  await run('prune-audit')
  expect(await verify()).toMatchObject({ rows: 0, head: { seq: 4 }, faults: [] })
  await writeEntries(house, 1)
  expect(await verify()).toMatchObject({ rows: 2, head: { seq: 6 }, faults: [] })
})

test('forgets traces by their age, and keeps the young', async () => {
  for (const age of ['1 minute', '500 days']) {
    await house.owner`insert into rate_hits values ('k', now() - ${age}::interval)`
    await house.owner`insert into idempotency_keys values ('a@b', 'x', ${age}, '', now() - ${age}::interval)`
    await house.owner`insert into link_tokens values (${age}::bytea, 'x', 'a@b', now() - ${age}::interval, now() - ${age}::interval)`
    await house.owner`insert into notices (mailbox, kind, created_at) values ('a@b', 'x', now() - ${age}::interval)`
    await house.owner`insert into digests (mailbox, period, created_at) values ('a@b', now() - ${age}::interval, now() - ${age}::interval)`
    await house.owner`
      insert into help_messages (mailbox, reference, topic, body, name, locale, recipient, created_at)
      values ('a@b', 'ph_x', 'other', 'x', 'x', 'en', 'c@b', now() - ${age}::interval)`
    await house.owner`insert into sms_messages (mailbox, purpose, phone_cipher, created_at) values ('a@b', 'x', '', now() - ${age}::interval)`
  }
  await run('forget')
  for (const table of ['rate_hits', 'idempotency_keys', 'link_tokens', 'notices', 'digests', 'help_messages', 'sms_messages'])
    expect(await house.owner`select from ${house.owner(table)}`, table).toHaveLength(1)
})

test('keeps half a year of verdicts on the audit', async () => {
  await house.owner`insert into audit_verdicts (whole, verdict, mac) select true, '{}', '' from generate_series(1, 4405)`
  await run('forget')
  expect(await house.owner`select from audit_verdicts`).toHaveLength(4_400)
})
