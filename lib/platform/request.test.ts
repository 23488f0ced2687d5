import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { env } from './env.ts'
import { clientAddress, cookieOf, isOwnOrigin, networkOf, PEER_HEADER, requestInfo } from './request.ts'

const PROXIES = ['10.0.0.0/8', '2001:db8:1::/48', '127.0.0.1']
const seen = (peer: string, forwarded?: string, proxies = PROXIES) =>
  clientAddress(new Headers({ [PEER_HEADER]: peer, ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) }), proxies)

describe('T22 the address of the client', () => {
  test('is the socket’s when it is no proxy of ours, whatever the request says', () => {
    for (const forged of ['1.2.3.4', '127.0.0.1', '10.0.0.1, 10.0.0.2', '<svg onload=alert(1)>', '', ',,,', 'unknown'])
      expect(seen('203.0.113.7', forged)).toBe('203.0.113.7')
    const headers = {
      [PEER_HEADER]: '203.0.113.7',
      'x-real-ip': '1.2.3.4',
      forwarded: 'for=1.2.3.4',
      'x-client-ip': '1.2.3.4',
      'cf-connecting-ip': '1.2.3.4',
    }
    expect(clientAddress(new Headers(headers), PROXIES)).toBe('203.0.113.7')
  })

  test('is the socket’s when no proxy is configured', () => {
    expect(seen('10.0.0.1', '1.2.3.4', [])).toBe('10.0.0.1')
  })

  test('is what our proxy says; what the client said before it is not believed', () => {
    expect(seen('10.0.0.1', '203.0.113.7')).toBe('203.0.113.7')
    expect(seen('10.0.0.1', '1.2.3.4, 203.0.113.7')).toBe('203.0.113.7')
    expect(seen('10.0.0.1', '10.9.9.9, 203.0.113.7')).toBe('203.0.113.7')
    expect(seen('10.0.0.1', '<svg>, 203.0.113.7')).toBe('203.0.113.7')
  })

  test('is found through a chain of our proxies', () => {
    expect(seen('10.0.0.1', '203.0.113.7, 10.0.0.3, 10.0.0.2')).toBe('203.0.113.7')
    expect(seen('2001:db8:1::5', '2001:db8:9::7, 10.0.0.2')).toBe('2001:db8:9::7')
    expect(seen('::ffff:10.0.0.1', '::ffff:203.0.113.7')).toBe('203.0.113.7')
  })

  test.each(['<svg>', '1.2.3.4:5678', '999.1.1.1', '1.2.3', '2001:db8::g', '"1.2.3.4"', '1.2.3.4 5.6.7.8', '%00', ''])(
    'behind our proxy, %j says nothing',
    (garbage) => {
      expect(seen('10.0.0.1', garbage)).toBe('10.0.0.1')
    },
  )

  test('is the proxy’s own when it forwards nothing, or only proxies', () => {
    expect(seen('10.0.0.1')).toBe('10.0.0.1')
    expect(seen('10.0.0.1', '10.0.0.2')).toBe('10.0.0.1')
  })

  test('is unknown when the server has not written down the socket', () => {
    expect(clientAddress(new Headers({ 'x-forwarded-for': '1.2.3.4' }), PROXIES)).toBeNull()
    expect(clientAddress(new Headers({ [PEER_HEADER]: 'x' }), PROXIES)).toBeNull()
  })

  test('is an address or null, for any text at all', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (text, peer) => {
        const headers = { get: (name: string) => (name === PEER_HEADER ? peer : name === 'x-forwarded-for' ? text : null) }
        expect(clientAddress(headers, ['0.0.0.0/0'])).toMatch(/^[\da-f.:]+$/i)
      }),
    )
  })
})

describe('T21 the origin of a request', () => {
  const from = (origin?: string) => isOwnOrigin(new Headers(origin === undefined ? {} : { origin }))

  test('is ours only when it is PUBLIC_URL’s, octet for octet', () => {
    expect(from(env().PUBLIC_URL)).toBe(true)
  })

  test.each([
    undefined,
    '',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:3001',
    'https://127.0.0.1:3000',
    'http://127.0.0.1:3000/',
    'http://127.0.0.1:3000.evil.example',
    'http://evil.example/http://127.0.0.1:3000',
    'http://localhost:3000',
    'http://user@127.0.0.1:3000',
    'http://127.0.0.1:3000, http://evil.example',
  ])('is foreign when it reads %s', (origin) => {
    expect(from(origin)).toBe(false)
  })

  test('T7 is not asked of Host', () => {
    const headers = new Headers({ host: 'evil.example', 'x-forwarded-host': 'evil.example', origin: 'http://evil.example' })
    expect(isOwnOrigin(headers)).toBe(false)
  })
})

describe('The network of an address', () => {
  test.each([
    ['112.115.20.7', '112.115.20.0/24'],
    ['2001:db8:12:34::7', '2001:db8:12::/48'],
    ['2001:db8::7', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['2001:0DB8:0012::1', '2001:db8:12::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
  ])('%s is %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })

  test('one and the same for every spelling and every address of a block', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16))
    fc.assert(
      fc.property(fc.tuple(group, group, group), fc.ipV6(), ([a, b, c], other) => {
        const tail = other.includes('.') ? '1:2:3:4:5' : '0:0:0:0:1'
        expect(networkOf(`${a}:${b}:${c}:${tail}`)).toBe(`${a}:${b}:${c}::/48`)
      }),
    )
  })

  test.each([null, '', 'unknown', '<svg>', '1.2.3'])('of %s is not known', (ip) => {
    expect(networkOf(ip)).toBeNull()
  })
})

test('A cookie is found by its whole name', () => {
  const headers = new Headers({ cookie: 'xposthouse=1; posthouse=2;posthouse2=3; posthouse=4' })
  expect(cookieOf(headers, 'posthouse')).toBe('2')
  expect(cookieOf(headers, 'house')).toBeUndefined()
  expect(cookieOf(new Headers(), 'posthouse')).toBeUndefined()
})

test('A user agent is kept to 500 characters', () => {
  expect(requestInfo(new Headers({ 'user-agent': 'x'.repeat(9_000) })).userAgent).toHaveLength(500)
  expect(requestInfo(new Headers()).userAgent).toBeNull()
})
