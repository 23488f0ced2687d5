import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SmsError } from './port.ts'
import { ACCOUNT_SID, AUTH_TOKEN, MockTwilio, NUMBERS } from './testing/mock-twilio.ts'
import { type TwilioConfig, twilioSms } from './twilio.ts'

const api = new MockTwilio()
beforeAll(() => api.start())
afterAll(() => api.stop())
beforeEach(() => {
  api.behaviour = 'normal'
  api.received.length = 0
})

const provider = (changes: Partial<TwilioConfig> = {}) =>
  twilioSms({
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    from: '+15005550006',
    publicUrl: 'https://mail.yunling.example',
    apiUrl: api.url,
    ...changes,
  })
const reference = '5a4c3f0e-7d0b-4c3e-9a57-2f6f0f9b8c11'
const message = { to: '+8613800138000', body: '【云岭大学】验证码 246810', reference }

const failureOf = async (work: Promise<unknown>): Promise<SmsError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(SmsError)
  return error as SmsError
}

describe('a message', () => {
  test('is taken by Twilio with its text, sender and report address', async () => {
    const { providerId, state } = await provider().send(message)
    expect(state).toBe('sending')
    expect(api.received).toEqual([
      {
        sid: providerId,
        params: {
          To: message.to,
          Body: message.body,
          From: '+15005550006',
          StatusCallback: `https://mail.yunling.example/api/hooks/twilio?message=${reference}`,
        },
      },
    ])
  })

  test('goes through a messaging service when the sender is one', async () => {
    await provider({ from: `MG${'1'.repeat(32)}` }).send(message)
    expect(api.received[0]?.params).toMatchObject({ MessagingServiceSid: `MG${'1'.repeat(32)}` })
    expect(api.received[0]?.params).not.toHaveProperty('From')
  })
})

describe('refused: not sent, never will be', () => {
  test.each([
    ['not a number', { to: '12' }, 'invalid_number'],
    ['an unsubscribed recipient', { to: NUMBERS.unsubscribed }, 'blocked'],
    ['a region without permission', { to: NUMBERS.region }, 'region_not_allowed'],
    ['a landline', { to: NUMBERS.landline }, 'landline'],
    ['an empty text', { body: '' }, 'rejected'],
  ])('%s', async (_, change, reason) => {
    expect(await failureOf(provider().send({ ...message, ...change }))).toMatchObject({
      kind: 'refused',
      reason,
    })
    expect(api.received).toEqual([])
  })
})

describe('unavailable: certainly not sent', () => {
  test('too many requests', async () => {
    api.behaviour = 429
    expect((await failureOf(provider().send(message))).kind).toBe('unavailable')
  })

  test('a wrong key of the account', async () => {
    expect((await failureOf(provider({ authToken: 'wrong' }).send(message))).kind).toBe('unavailable')
  })

  test('an unknown account', async () => {
    expect((await failureOf(provider({ accountSid: `AC${'f'.repeat(32)}` }).send(message))).kind).toBe('unavailable')
  })

  test('a refused connection', async () => {
    const closed = await new MockTwilio().start()
    const apiUrl = closed.url
    await closed.stop()
    expect((await failureOf(provider({ apiUrl }).send(message))).kind).toBe('unavailable')
  })

  test('a name that does not resolve', async () => {
    expect((await failureOf(provider({ apiUrl: 'http://twilio.invalid' }).send(message))).kind).toBe('unavailable')
  })
})

describe('unknown: the request left', () => {
  test('F8 a server error', async () => {
    api.behaviour = 500
    expect((await failureOf(provider().send(message))).kind).toBe('unknown')
  })

  test('F8 no answer in time', async () => {
    api.behaviour = 'hang'
    expect((await failureOf(provider({ timeout: 100 }).send(message))).kind).toBe('unknown')
    expect(api.received).toHaveLength(1)
  })

  test.each([
    ['a cut connection', null],
    ['an answer that is no message', '{}'],
    ['an answer that is no JSON', '<html>gateway</html>'],
  ])('F8 %s', async (_, answer) => {
    const server = createServer((request, response) => (answer === null ? request.socket.destroy() : response.writeHead(201).end(answer)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await failureOf(provider({ apiUrl }).send(message))).kind).toBe('unknown')
    server.close()
  })
})

describe('the mock refuses what Twilio refuses', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
    })

  test.each([
    ['no key', 'To=%2B8613800138000&From=%2B15005550006&Body=x', { authorization: '' }, 401, 20003],
    ['no recipient', 'From=%2B15005550006&Body=x', {}, 400, 21604],
    ['no sender', 'To=%2B8613800138000&Body=x', {}, 400, 21603],
    ['no text', 'To=%2B8613800138000&From=%2B15005550006', {}, 400, 21602],
    ['another content type', '{"To":"+8613800138000"}', { 'content-type': 'application/json' }, 400, 21604],
  ])('%s', async (_, body, headers, status, code) => {
    const response = await post(body, headers)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code, status })
  })
})
