import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { auditJobs, chainState, expectWholeChain, VERIFY_AUDIT, verifyAndKeep } from './audit-verdict.ts'
import { emptyAudit, writeEntries } from './testing/audit-trail.ts'
import { type House, testHouse } from './testing/house.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(async () => {
  await emptyAudit(house)
  await house.owner`truncate audit_verdicts`
})

test('Nobody has walked the chain yet: that is no good word for it', async () => {
  expect(await chainState(house)).toEqual({ state: 'never', verdict: null })
  await expect(expectWholeChain(house)).rejects.toThrow()
})

test('The worker walks the chain every hour, and keeps the result, the time and the newest entry', async () => {
  await writeEntries(house, 3)
  expect(auditJobs.every).toEqual({ [VERIFY_AUDIT]: 3_600 })
  await auditJobs.tasks[VERIFY_AUDIT]?.({}, house)
  const { state, verdict } = await chainState(house)
  expect(state).toBe('whole')
  expect(verdict).toMatchObject({ rows: 6, found: 0, faults: [], head: { seq: 6, hash: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  expect(Math.abs(Date.parse(verdict?.at ?? '') - Date.now())).toBeLessThan(60_000)
  await expectWholeChain(house)
})

test('A good verdict of three hours ago is none any more', async () => {
  await writeEntries(house, 1)
  const { at, ...verdict } = await verifyAndKeep(house)
  const old = JSON.stringify({ ...verdict, at: new Date(Date.parse(at) - 3 * 3_600_000 - 1).toISOString() })
  const { auditSeal } = await import('./audit.ts')
  await house.owner`update audit_verdicts set verdict = ${old}, mac = ${auditSeal('verdict', old)}`
  expect((await chainState(house)).state).toBe('stale')
  await expect(expectWholeChain(house)).rejects.toThrow()
})

describe('T47 what a superuser did is located by the next walk', () => {
  beforeEach(async () => {
    await writeEntries(house, 5)
    await verifyAndKeep(house)
  })
  const found = async () => {
    await verifyAndKeep(house)
    const { state, verdict } = await chainState(house)
    return { state, faults: verdict?.faults }
  }

  test('an edit', async () => {
    await house.owner`update audit_log set actor_id = 'somebody else' where seq = 4`
    expect(await found()).toEqual({ state: 'broken', faults: [{ seq: 4, fault: 'changed' }] })
  })

  test('a deletion', async () => {
    await house.owner`delete from audit_log where seq = 4`
    expect(await found()).toEqual({ state: 'broken', faults: [{ seq: 4, fault: 'missing' }] })
  })

  test('a truncation', async () => {
    await house.owner`truncate audit_log`
    expect(await found()).toEqual({ state: 'broken', faults: [{ seq: 1, fault: 'cut' }] })
  })

  test('an end that was cut off and the old seal put back, also when it is walked again', async () => {
    const [before] = await house.owner`select seq, hash, mac from audit_head`
    await writeEntries(house, 2)
    await verifyAndKeep(house)
    await house.owner`delete from audit_log where seq > 10`
    await house.owner`update audit_head set ${house.owner(before as object)}`
    for (let walk = 0; walk < 2; walk++) expect(await found()).toEqual({ state: 'broken', faults: [{ seq: 11, fault: 'cut' }] })
  })

  test('so much of it that not all places are kept', async () => {
    await house.owner`update audit_log set detail = '{}'`
    const { faults, found: count } = await verifyAndKeep(house)
    expect([faults.length, count]).toEqual([10, 10])
    await writeEntries(house, 20)
    await house.owner`update audit_log set detail = '[]'`
    const more = await verifyAndKeep(house)
    expect([more.faults.length, more.found]).toEqual([20, 50])
  })

  test('a verdict put in its place, for which the key was missing', async () => {
    await house.owner`update audit_log set detail = '{}' where seq = 4`
    await verifyAndKeep(house)
    await house.owner`update audit_verdicts set whole = true, verdict = replace(verdict, '"found":1', '"found":0')`
    expect(await chainState(house)).toEqual({ state: 'unsealed', verdict: null })
    await expect(expectWholeChain(house)).rejects.toThrow()
    expect((await found()).state).toBe('broken')
  })
})
