import { beforeAll, expect, test } from 'vitest'
import { startBindingOperation } from '#lib/features/phone/operations.ts'
import { anonymous, done, type House, testHouse } from '#lib/platform/testing/house.ts'
import { listDemoMessagesOperation } from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
const messages = async () => done(await listDemoMessagesOperation.execute(anonymous(), {}, house)).messages

test('A text that was sent is on the demo phone, the newest first, without sign-in', async () => {
  expect(await messages()).toEqual([])
  const [lin, wang] = [await house.person('lin'), await house.person('wang')]
  for (const [person, number] of [
    [lin, '138 0013 8000'],
    [wang, '139 1234 5678'],
  ] as const) {
    done(await person.call(startBindingOperation, { number }))
    await house.work()
  }
  const [newest, before, ...none] = await messages()
  expect([newest?.to, before?.to, none]).toEqual(['+8613912345678', '+8613800138000', []])
  expect(before?.body).toMatch(/\d{6}/)
  expect(newest?.at).toBeInstanceOf(Date)
})
