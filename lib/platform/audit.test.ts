import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AuditRow, auditHash, auditMark, openEntry } from './audit.ts'
import { ageAudit, emptyAudit, writeEntries } from './testing/audit-trail.ts'
import { type House, REQUEST, testHouse } from './testing/house.ts'
import { verifyAudit } from './verify-audit.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => emptyAudit(house))

const write = (count: number) => writeEntries(house, count)
const verify = (known?: Parameters<typeof verifyAudit>[1]) => verifyAudit(house.db.$client, known)
const faults = async () => (await verify()).faults

describe('T47 the chain', () => {
  test('is whole while only the portal writes, from fifty requests at once on two instances too', async () => {
    const second = house.second()
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const sql = (n % 2 ? second : house).db.$client
        const actor = { kind: 'system' as const, job: 'test' }
        const detail = { words: ['中文', "o'clock", '"', '\\', '\u2028'], none: null, yes: true }
        const { close } = await openEntry(sql, { operation: 'test', actor, mailbox: 'a@b', request: REQUEST, detail })
        await close('refused', 'forbidden')
      }),
    )
    expect(await verify()).toMatchObject({ rows: 100, head: { seq: 100 }, faults: [] })
  })

  test('is whole when it is empty', async () => {
    expect(await verify()).toEqual({ rows: 0, head: { seq: 0, hash: '' }, faults: [] })
  })

  test.each([
    "operation = 'test.x'",
    "actor_id = 'somebody'",
    "mailbox = 'a@b'",
    "ip = '203.0.113.1'",
    "detail = '{}'",
    "outcome = 'refused'",
    "code = 'forbidden'",
    "at = at + interval '1 second'",
    "reference = 'ph_aaaaaaaaaa'",
    "hash = '\\x00'",
  ])('names an edited row: %s', async (edit) => {
    await write(3)
    await house.owner.unsafe(`update audit_log set ${edit} where seq = 4`)
    expect((await faults())[0]).toEqual({ seq: 4, fault: 'changed' })
  })

  test('names an edited row whose hash was made without the key', async () => {
    await write(3)
    const [row] = await house.owner`select * from audit_log where seq = 3`
    const forged = { ...row, seq: 4, operation: 'forged' } as unknown as AuditRow
    await house.owner`update audit_log set operation = 'forged', hash = sha256(${JSON.stringify(forged)}::bytea) where seq = 4`
    expect((await faults())[0]).toEqual({ seq: 4, fault: 'changed' })
  })

  test('names a deleted row', async () => {
    await write(3)
    await house.owner`delete from audit_log where seq = 3`
    expect(await faults()).toEqual([{ seq: 3, fault: 'missing' }])
  })

  test('names the first of swapped rows', async () => {
    await write(3)
    await house.owner.unsafe(
      'update audit_log set seq = 100 where seq = 3; update audit_log set seq = 3 where seq = 5; update audit_log set seq = 5 where seq = 100',
    )
    expect((await faults()).map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
  })

  test('names an added row', async () => {
    await write(2)
    await house.owner`insert into audit_log select 5, 'ph_added', phase, at, operation, actor_kind, actor_id, actor_role, mailbox, ip, user_agent, detail, outcome, code, hash from audit_log where seq = 4`
    expect(await faults()).toEqual([
      { seq: 5, fault: 'changed' },
      { seq: 6, fault: 'cut' },
    ])
  })

  test('names where the end was cut off', async () => {
    await write(3)
    await house.owner`delete from audit_log where seq > 4`
    expect(await faults()).toEqual([{ seq: 5, fault: 'cut' }])
  })

  test.each(['the old seal', 'no seal'])('names a cut after which the head was set back with %s', async (seal) => {
    await write(3)
    await house.owner`delete from audit_log where seq > 4`
    await house.owner`update audit_head set seq = 4, hash = (select hash from audit_log where seq = 4), mac = case when ${seal === 'no seal'} then null else mac end`
    expect(await faults()).toEqual([{ seq: 5, fault: 'cut' }])
  })

  test('names a truncated log', async () => {
    await write(3)
    await house.owner`truncate audit_log`
    expect(await faults()).toEqual([{ seq: 1, fault: 'cut' }])
  })

  test('names a false start', async () => {
    await write(3)
    await house.owner`delete from audit_log where seq <= 2`
    await house.owner`insert into audit_anchor (seq, hash, mac) select seq - 1, '\\x00', '\\x00' from audit_log order by seq limit 1`
    expect((await faults())[0]).toEqual({ seq: 2, fault: 'start' })
  })
})

describe('T47 an entry that was written down outside', () => {
  test('is found again later', async () => {
    await write(2)
    const { head } = await verify()
    await write(2)
    expect((await verify(head)).faults).toEqual([])
  })

  test('shows that the end was cut and an old seal put back', async () => {
    await write(2)
    const [before] = await house.owner`select seq, hash, mac from audit_head`
    await write(2)
    const { head } = await verify()
    await house.owner`delete from audit_log where seq > 4`
    await house.owner`update audit_head set ${house.owner(before as object)}`
    expect((await verify()).faults).toEqual([])
    expect((await verify(head)).faults).toEqual([{ seq: 5, fault: 'cut' }])
  })

  test('shows that everything was thrown away and begun anew', async () => {
    await write(4)
    const { head } = await verify()
    await house.owner`truncate audit_log`
    await house.owner`update audit_head set seq = 0, hash = '\\x', mac = null`
    expect((await verify(head)).faults).toEqual([{ seq: 1, fault: 'cut' }])
    await write(5)
    expect((await verify(head)).faults).toEqual([{ seq: 8, fault: 'changed' }])
  })
})

describe('T47 the portal’s own role', () => {
  test.each([
    "update audit_log set detail = '{}'",
    'delete from audit_log',
    'truncate audit_log',
    'alter table audit_log disable trigger all',
    'update audit_anchor set seq = 1',
    "insert into audit_anchor values (true, 1, '', '')",
    'drop table audit_log',
  ])('may not: %s', async (statement) => {
    await write(1)
    await expect(house.db.$client.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
    expect(await faults()).toEqual([])
  })

  test('cannot prune what is younger than 180 days', async () => {
    await write(2)
    await expect(house.db.$client`select audit_prune(2, '\\x00')`).rejects.toThrow('180 days')
    expect(await verify()).toMatchObject({ rows: 4, faults: [] })
  })

  test('cannot prune without the key unnoticed', async () => {
    await write(3)
    await ageAudit(house, 4, '181 days')
    await house.db.$client`select audit_prune(2, '\\x00')`
    expect(await faults()).toEqual([{ seq: 2, fault: 'start' }])
  })
})

test('An entry holds no control characters and no endless text', async () => {
  const request = { ...REQUEST, userAgent: `a\u0000\r\nb${'x'.repeat(1_000)}` }
  const actor = { kind: 'system' as const, job: 'test' }
  await openEntry(house.db.$client, {
    operation: 'x',
    actor,
    mailbox: null,
    request,
    detail: { word: `\u0000\n${'y'.repeat(2_000)}`, list: ['\u0007z'] },
  })
  const [row] = await house.owner`select user_agent, detail::json as detail from audit_log`
  expect(row?.user_agent).toMatch(/^a {3}bx{295}$/)
  expect(row?.detail).toEqual({ word: `  ${'y'.repeat(1_098)}`, list: [' z'] })
  expect(await faults()).toEqual([])
})

test('A seal says what it seals', () => {
  const hash = new Uint8Array(32)
  expect(auditMark('head', 1, hash)).not.toEqual(auditMark('anchor', 1, hash))
  expect(auditMark('head', 1, hash)).not.toEqual(auditMark('head', 2, hash))
  const row = { seq: 1, operation: 'a', actor_id: 'b' } as AuditRow
  expect(auditHash(hash, row)).not.toEqual(auditHash(hash, { ...row, operation: 'ab', actor_id: '' }))
})
