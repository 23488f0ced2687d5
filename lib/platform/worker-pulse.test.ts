import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { enqueue } from './jobs.ts'
import { type House, testHouse } from './testing/house.ts'
import { beat, expectPulse } from './worker-pulse.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

const lockedBy = async () => {
  const rows = await house.owner<{ locked_by: string | null }[]>`select locked_by from graphile_worker._private_jobs`
  return rows.map((row) => row.locked_by)
}

test('F3 the jobs of a worker that was killed are given back, those of a living one are not', async () => {
  await enqueue(house.db, 'sms.settle', {})
  await enqueue(house.db, 'sso.forget', {})
  await house.db.execute(sql`select 1`)
  await house.owner`
    update graphile_worker._private_jobs set locked_at = now() - interval '11 seconds',
      locked_by = case when task_id = (select min(task_id) from graphile_worker._private_jobs) then 'killed' else 'living' end`
  await beat(house.db, ['living'])
  expect((await lockedBy()).sort()).toEqual(['living', null])
})

test('A house whose worker has given no sign of life for 30 seconds says so', async () => {
  await beat(house.db, ['one'])
  await expectPulse(house.db)
  await house.owner`update worker_pulse set seen_at = now() - interval '31 seconds'`
  await expect(expectPulse(house.db)).rejects.toThrow()
})
