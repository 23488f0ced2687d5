import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Env } from '../env.ts'
import { judgePassword, maxAgeDaysOf, policyOf } from './judge.ts'
import type { PasswordPolicy } from './rules.ts'

const NIST: PasswordPolicy = { profile: 'nist', least: 15, most: 128, siteWords: ['yunling', '云岭'] }
const MLPS: PasswordPolicy = { ...NIST, profile: 'mlps3', least: 8 }
const LIN = { name: '林悦', nameEn: 'Lin Yue', login: 'lin.yue', address: 'lin.yue@yunling.example' }

// SHA-1 of "three herons over weir".
const breached = createServer((_, response) => response.end('BC2A6AAA15487B2BF16A4D8B6E9D08CF216:1'))
beforeAll(async () => {
  await new Promise<void>((resolve) => breached.listen(0, '127.0.0.1', resolve))
  process.env.PASSWORD_HIBP_URL = `http://127.0.0.1:${(breached.address() as AddressInfo).port}`
})
afterAll(() => breached.close())

test.each([
  ['', NIST, { code: 'password_too_short', values: { least: 15, now: 0 } }],
  ['滇池的海鸥', NIST, { code: 'password_too_short', values: { least: 15, now: 5 } }],
  ['x'.repeat(5_000), NIST, { code: 'password_too_long', values: { most: 128 } }],
  ['\0'.repeat(20), NIST, { code: 'password_characters' }],
  ['three herons\0over weir', NIST, { code: 'password_characters' }],
  ['threeherons', MLPS, { code: 'password_kinds', values: { least: 3 } }],
  ['Linyue-2026', MLPS, { code: 'password_personal' }],
  ['Yunling-2026', MLPS, { code: 'password_site_words' }],
  ['aaaaaaaaaaaaaaaa', NIST, { code: 'password_common' }],
  ['Password2026!', MLPS, { code: 'password_common' }],
  ['Lin.Yue:1loveyou', MLPS, { code: 'password_common' }],
  ['qwertyuiop12345', NIST, { code: 'password_common' }],
  ['three herons over weir', NIST, { code: 'password_common' }],
])('T13 %j is refused with what is wrong', async (password, policy, refusal) => {
  expect(await judgePassword(policy, LIN, password)).toEqual({ ok: false, ...refusal })
})

test.each(['滇池的海鸥十一月回来，翠湖边上', 'four herons over weir', 'e\u0301tang gele\u0301 au matin', '🐦🌊🏞️🥖🕊️🌲🌧️🏔️🚲🎋🛶🪷🫖🧭🪁'])(
  'T13 %s is accepted',
  async (password) => {
    expect(await judgePassword(NIST, LIN, password)).toEqual({ ok: true })
  },
)

const env = (settings: Partial<Env>) =>
  ({ PASSWORD_PROFILE: 'nist', SIGN_IN_SECOND_FACTOR: false, PASSWORD_SITE_WORDS: [], ...settings }) as Env

test('T13 the policy follows from the settings', () => {
  expect(policyOf(env({}))).toEqual({ profile: 'nist', least: 15, most: 128, siteWords: [] })
  expect(policyOf(env({ SIGN_IN_SECOND_FACTOR: true }))).toMatchObject({ least: 8 })
  expect(policyOf(env({ PASSWORD_PROFILE: 'mlps3', PASSWORD_MIN_LENGTH: 12 }))).toMatchObject({ profile: 'mlps3', least: 12 })
  expect(maxAgeDaysOf(env({}))).toBeNull()
  expect(maxAgeDaysOf(env({ PASSWORD_PROFILE: 'mlps3' }))).toBe(90)
  expect(maxAgeDaysOf(env({ PASSWORD_MAX_AGE_DAYS: 365 }))).toBe(365)
})
