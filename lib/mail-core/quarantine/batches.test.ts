import { expect, test } from 'vitest'
import { inBatches } from './batches.ts'

test('What comes while a batch is under way is done together in the next one', async () => {
  const batches: number[][] = []
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const add = inBatches(async (items: number[]) => {
    batches.push(items)
    await gates[batches.length - 1]?.promise
    return items.map((item) => 10 * item)
  })
  const first = add(1)
  await Promise.resolve()
  const others = [2, 3, 4].map(add)
  gates[0]?.resolve()
  expect(await first).toBe(10)
  await expect.poll(() => batches).toEqual([[1], [2, 3, 4]])
  gates[1]?.resolve()
  expect(await Promise.all(others)).toEqual([20, 30, 40])
})

test('Who was in a batch that failed hears of it, who comes later does not', async () => {
  let fails = true
  const add = inBatches(async () => {
    if (fails) throw new Error('no')
    return []
  })
  const results = await Promise.allSettled([add(1), add(2)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fails = false
  await expect(add(3)).resolves.toBeUndefined()
})
