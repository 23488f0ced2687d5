import { afterEach, describe, expect, test } from 'vitest'
import { env } from '../env.ts'
import { mayBeWebhook, mayReach } from './reachable.ts'

const settings = env()
afterEach(() => {
  Object.assign(settings, { DEMO: true, WEBHOOK_NETWORKS: [] })
})

const PRIVATE = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.2.1'],
  ...['192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1'],
  ...['2001:db8::1', '2001::1', '2002:7f00:1::', '3fff::1', 'not an address', ''],
]
const PUBLIC = ['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2400:da00::1', '2606:4700::1111']

describe('A webhook', () => {
  test.each(PRIVATE)('does not go to %j', (address) => {
    settings.DEMO = false
    expect(mayReach(address)).toBe(false)
  })

  test.each(PUBLIC)('goes to %s', (address) => {
    settings.DEMO = false
    expect(mayReach(address)).toBe(true)
  })

  test('goes to a private network that the site allows, and to no other', () => {
    Object.assign(settings, { DEMO: false, WEBHOOK_NETWORKS: ['10.20.0.0/16', 'fd12::/48'] })
    expect([mayReach('10.20.3.4'), mayReach('fd12::1'), mayReach('10.21.0.1'), mayReach('fd13::1')]).toEqual([true, true, false, false])
  })

  test('goes to this machine in the demo alone', () => {
    expect([mayReach('127.0.0.1'), mayReach('::1'), mayReach('10.0.0.1')]).toEqual([true, true, false])
  })
})

describe('The address of a webhook', () => {
  test.each([
    ...['https://desk.example/hooks?token=x', 'https://8.8.8.8:8443/', 'http://127.0.0.1:4000/', 'http://localhost/', 'http://[::1]:80/'],
  ])('may be %s', (url) => expect(mayBeWebhook(url)).toBe(true))

  test.each([
    ...['http://desk.example/', 'https://user:word@desk.example/', 'https://desk.example/#x', 'https://10.0.0.1/', 'https://[fe80::1]/'],
    ...['https://169.254.169.254/latest', 'https://2852039166/', 'https://0xa9fea9fe/', 'https://[::ffff:10.0.0.1]/', 'http://10.0.0.1/'],
  ])('is not %s', (url) => expect(mayBeWebhook(url)).toBe(false))

  test('is not this machine once the demo is over', () => {
    settings.DEMO = false
    for (const url of ['http://127.0.0.1:4000/', 'http://localhost/', 'https://127.0.0.1/']) expect(mayBeWebhook(url)).toBe(false)
  })
})
