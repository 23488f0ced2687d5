import { beforeAll, expect, test } from 'vitest'
import { guessLimits } from '#lib/platform/code-guesses.ts'
import { anonymous, codeOf, done, type House, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { lookUp } from '#lib/platform/testing/texts.ts'
import { proveResetOperation, startResetOperation } from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

test('T3 a sweep over many accounts stops within its minute, also for the right code, and goes on in the next', async () => {
  const tokens: string[] = []
  for (let n = 0; n < 60; n++) {
    if (n % 50 === 49) await house.forgetLimits()
    tokens.push(done(await startResetOperation.execute(anonymous(), { account: `swept-${n}`, by: 'pass' }, house)).token)
  }
  await lookUp(house)
  await house.forgetLimits()
  // Each from an address of its own.
  const guess = (token: string, n: number) =>
    proveResetOperation.execute(anonymous({ ...REQUEST, ip: `203.0.113.${n}` }), { token, code: '12345678' }, house).then(codeOf)
  const codes: string[] = []
  for (const [n, token] of tokens.entries()) codes.push(await guess(token, n))
  expect(codes.filter((code) => code === 'code_wrong')).toHaveLength(50)
  expect(codes.slice(50)).toEqual(Array(10).fill('code_exhausted'))
  await house.later('61 seconds')
  expect(await guess(tokens[59] as string, 59)).toBe('code_wrong')
})

const GUESSES = 1_000_000
const ACCOUNTS = 100_000
const MINUTES = 24 * 60

/**
 * Every account has a living code at every moment, and the attacker may guess at any of them. Guesses pass the portal's own limiter,
 * `rate_take`, with its own limits; only its clock is another, found before the system's by the search path.
 */
const SIMULATION = `
  create schema sim;
  grant usage on schema sim to public;
  create table sim.tally (evaluated int not null, taken_over int not null);
  insert into sim.tally values (0, 0);
  create function sim.clock_timestamp() returns timestamptz language sql stable as $$ select current_setting('sim.now')::timestamptz $$;
  create function sim.minute(guesses int, accounts int, limits int[], windows interval[]) returns void language plpgsql as $$
  declare
    account int;
    wrong boolean;
  begin
    for n in 1 .. guesses loop
      account := floor(random() * accounts);
      if not exists (select from rate_take(array['code-wrong:' || account, 'code-wrong:site'], limits, windows)) then
        wrong := floor(random() * 1e8) <> floor(random() * 1e8);
        update sim.tally set evaluated = evaluated + 1, taken_over = taken_over + (not wrong)::int;
      end if;
    end loop;
  end $$;`

test('T3 a million guesses at a hundred thousand accounts in a day take over none', { timeout: 600_000 }, async () => {
  await house.forgetLimits()
  await house.owner.unsafe(SIMULATION).simple()
  const limits = guessLimits('reset', 'anybody')
  const [most, windows] = [limits.map(({ limit }) => limit), limits.map(({ per }) => per)]
  const perMinute = Math.ceil(GUESSES / MINUTES)
  const session = await house.owner.reserve()
  try {
    await session`select set_config('search_path', 'sim, public, pg_catalog', false), setseed(0.26)`
    for (let minute = 0; minute < MINUTES; minute++) {
      const at = new Date(Date.UTC(2026, 10, 25, 0, minute)).toISOString()
      await session`select set_config('sim.now', ${at}, false)`
      await session`select sim.minute(${perMinute}, ${ACCOUNTS}, ${most}, ${windows}::text[]::interval[])`
    }
    const [tally] = await session<{ evaluated: number; taken_over: number }[]>`select * from sim.tally`
    expect(tally?.taken_over).toBe(0)
    expect(tally?.evaluated).toBe(50 * MINUTES)
  } finally {
    session.release()
  }
})
