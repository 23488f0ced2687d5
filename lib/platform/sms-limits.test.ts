import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { toAppError } from './errors.ts'
import { type Limit, takeLimits } from './rate-limit.ts'
import { appPasswordTextLimits, codeLimits } from './sms-limits.ts'
import { type House, testHouse } from './testing/house.ts'

vi.hoisted(() => {
  process.env.NETWORKS = '10.0.0.0/8=校内|campus'
  process.env.SMS_DAILY_BUDGET = '400'
})

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

/** Every number in a block of its own unless told. */
const number = (n: number, block = n) => `+8613${String(800_000 + block)}${String(n % 1_000).padStart(3, '0')}`

interface Sent {
  mailbox?: string
  numbers?: string[]
  ip?: string | null
}
async function send({ mailbox = 'lin@yunling.example', numbers = [number(1)], ip = '203.0.113.1' }: Sent = {}): Promise<string> {
  return takeLimits(house.db, codeLimits({ mailbox, numbers, ip })).then(
    () => 'sent',
    (error) => toAppError(error).code,
  )
}

/** How many of so many go through. */
async function attack(count: number, of: (n: number) => Sent, pause?: string): Promise<number> {
  let sent = 0
  for (let n = 0; n < count; n++) {
    if ((await send(of(n))) === 'sent') sent++
    if (pause) await house.owner`update rate_hits set at = at - ${pause}::interval`
  }
  return sent
}

describe('T8 texts', () => {
  test('one a minute a person, whatever the number', async () => {
    expect(await send({ numbers: [number(1)] })).toBe('sent')
    expect(await send({ numbers: [number(2)] })).toBe('sms_limit')
    await house.later('61 seconds')
    expect(await send({ numbers: [number(2)] })).toBe('sent')
  })

  test('one a minute a number, whoever asks', async () => {
    expect(await send({ mailbox: 'a@x' })).toBe('sent')
    expect(await send({ mailbox: 'b@x' })).toBe('sms_limit')
    expect(await send({ mailbox: 'b@x', numbers: [number(2)] })).toBe('sent')
  })

  test('three in a quarter of an hour', async () => {
    expect(await attack(14, () => ({}), '62 seconds')).toBe(3)
  })

  test('five a day, and no more by waiting between them', async () => {
    expect(await attack(90, () => ({}), '15 minutes 30 seconds')).toBe(5)
    await house.later('24 hours')
    expect(await send()).toBe('sent')
  })

  test('a refusal counts nothing, and says how long to wait', async () => {
    await send()
    for (let n = 0; n < 20; n++) await send()
    await house.later('58 seconds')
    const refused = await takeLimits(house.db, codeLimits({ mailbox: 'lin@yunling.example', numbers: [number(1)], ip: null })).catch(
      toAppError,
    )
    expect(refused).toMatchObject({
      code: 'sms_limit',
      detail: { retryAfter: expect.toSatisfy((seconds: number) => seconds === 1 || seconds === 2) },
    })
    await house.later('2 seconds')
    expect(await send()).toBe('sent')
  })

  test('a change that would send two counts both numbers', async () => {
    expect(await send({ numbers: [number(1), number(2)] })).toBe('sent')
    expect(await send({ mailbox: 'b@x', numbers: [number(2)] })).toBe('sms_limit')
    expect(await send({ mailbox: 'c@x', numbers: [number(1)] })).toBe('sms_limit')
  })

  test('an app password by text does not wait for the minute after a code, and 20 go a day', async () => {
    const of = { mailbox: 'lin@yunling.example', numbers: [number(1)], ip: '10.1.2.3' }
    expect(await send(of)).toBe('sent')
    for (let n = 0; n < 20; n++) {
      await takeLimits(house.db, appPasswordTextLimits(of))
      await house.later('1 hour')
    }
    await expect(takeLimits(house.db, appPasswordTextLimits(of))).rejects.toMatchObject({ code: 'sms_limit' })
    expect(await send(of)).toBe('sent')
  })

  test('ten an hour from one address', async () => {
    expect(await attack(40, (n) => ({ mailbox: `u${n}@x`, numbers: [number(n)] }))).toBe(10)
    expect(await send({ mailbox: 'other@x', numbers: [number(99)], ip: '203.0.113.2' })).toBe('sent')
  })

  test('T22 ten an hour from one subscriber’s IPv6 network, however many addresses it has', async () => {
    const ip = (n: number) => (n % 2 ? `2001:db8:1:2::${n.toString(16)}` : `2001:0db8:0001:0002:ffff::${n}`)
    expect(await attack(40, (n) => ({ mailbox: `u${n}@x`, numbers: [number(n)], ip: ip(n) }))).toBe(10)
  })

  test('from two hundred people behind one address of a campus all go through', async () => {
    expect(await attack(200, (n) => ({ mailbox: `u${n}@x`, numbers: [number(n)], ip: '10.1.2.3' }))).toBe(200)
  })

  test('three hundred an hour even from a campus', async () => {
    expect(await attack(320, (n) => ({ mailbox: `u${n}@x`, numbers: [number(n)], ip: '10.1.2.3' }))).toBe(300)
  })

  test('twenty an hour to one block of a thousand numbers', async () => {
    expect(await attack(60, (n) => ({ mailbox: `u${n}@x`, numbers: [number(n, 7)], ip: `203.0.113.${n}` }))).toBe(20)
  })

  test('as many as the day’s budget, then an error of its own', async () => {
    await house.owner`insert into rate_hits (key) select 'sms:site' from generate_series(1, 400)`
    expect(await send()).toBe('sms_budget')
    await house.later('24 hours')
    expect(await send()).toBe('sent')
  })

  test('F12 one of fifty at once on two instances', async () => {
    const second = house.second()
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        takeLimits((n % 2 ? second : house).db, codeLimits({ mailbox: 'lin@x', numbers: [number(1)], ip: null })),
      ),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('T23 are counted without writing the number down', async () => {
    await send()
    const keys = await house.owner`select distinct key from rate_hits`
    expect(keys.map(({ key }) => key).join()).not.toContain(number(1).slice(3, -3))
  })
})

describe('a limit', () => {
  const about = (seconds: number) => expect.toSatisfy((actual: number) => actual <= seconds && actual > seconds - 15)
  const limit = (key: string, most: number, per = '1 minute'): Limit => ({ key, limit: most, per })

  test('is taken together with the others, or not at all', async () => {
    await takeLimits(house.db, [limit('full', 1)])
    await expect(takeLimits(house.db, [limit('empty', 1), limit('full', 1)])).rejects.toMatchObject({ code: 'rate_limited' })
    await takeLimits(house.db, [limit('empty', 1)])
  })

  test('is a sliding window: what was taken comes back one by one', async () => {
    await takeLimits(house.db, [limit('k', 2)])
    await house.later('40 seconds')
    await takeLimits(house.db, [limit('k', 2)])
    await expect(takeLimits(house.db, [limit('k', 2)])).rejects.toMatchObject({ detail: { retryAfter: about(20) } })
    await house.later('20 seconds')
    await takeLimits(house.db, [limit('k', 2)])
    await expect(takeLimits(house.db, [limit('k', 2)])).rejects.toMatchObject({ detail: { retryAfter: about(40) } })
  })

  test('of nothing is no limit', async () => {
    await takeLimits(house.db, [])
  })

  test('T28 has a key that is text to SQL, whatever is in it', async () => {
    for (const key of ["'; drop table rate_hits; --", '{"a","b"}', '\\', '中文', '"', 'null']) {
      await takeLimits(house.db, [limit(key, 1)])
      await expect(takeLimits(house.db, [limit(key, 1)])).rejects.toMatchObject({ code: 'rate_limited' })
    }
  })
})
