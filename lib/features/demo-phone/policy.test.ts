import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllEnvs())

const policy = async () => (await import('./policy.ts')).mayReadDemoPhone()

test('In the demo the phone may be read', async () => {
  vi.stubEnv('DEMO', '1')
  expect(await policy()).toBe(true)
})

test('Outside the demo nobody may read it', async () => {
  const twilio = { SMS: 'twilio', TWILIO_ACCOUNT_SID: 'AC0', TWILIO_AUTH_TOKEN: 'x', TWILIO_FROM: '+15005550006' }
  for (const [name, value] of Object.entries({ DEMO: '0', ...twilio })) vi.stubEnv(name, value)
  expect(await policy()).toBe(false)
})
