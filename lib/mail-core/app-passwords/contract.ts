import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { naughtyStrings } from '../naughty-strings.ts'
import type { AppPasswords, ClientProtocol } from './port.ts'

export interface AppPasswordsHarness {
  appPasswords: AppPasswords
  /** The same adapter, where no server is. */
  unreachable: AppPasswords
  /** What the site offers. */
  protocols: ClientProtocol[]
  /** A new mailbox with app passwords switched on. */
  putMailbox(): Promise<string>
  putAppPassword(appPassword: { address: string; secret: string; protocols: ClientProtocol[]; expiresAt?: Date }): Promise<void>
  revoke(address: string, secret: string): Promise<void>
  /** Switches the feature off for this mailbox. */
  suspend(address: string): Promise<void>
  lastUse(address: string, secret: string): Promise<{ ip: string; protocol: string } | null>
  close?(): Promise<void>
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const newSecret = () => Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => ALPHABET[byte % 32]).join('')
// RFC 5737: an address that no machine has.
const IP = '203.0.113.9'
// RFC 2544: an address for every attempt, since servers slow down one that guesses.
const ownIp = (index: number) => `198.18.${index >> 8}.${index & 255}`
const AT_ONCE = 20

/** What every app-passwords adapter keeps. */
export function describeAppPasswords(name: string, makeHarness: () => Promise<AppPasswordsHarness>): void {
  describe(`app passwords: ${name}`, () => {
    let harness: AppPasswordsHarness

    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(() => harness.close?.())

    const login = (address: string, secret: string, protocol: ClientProtocol = 'imap', ip = IP) =>
      harness.appPasswords.login({ address, secret, protocol, ip })

    const withPassword = async (over: { protocols?: ClientProtocol[]; expiresAt?: Date } = {}) => {
      const address = await harness.putMailbox()
      const secret = newSecret()
      await harness.putAppPassword({ address, secret, protocols: harness.protocols, ...over })
      return { address, secret }
    }

    test('A fresh app password logs in with every protocol', async () => {
      const { address, secret } = await withPassword()
      for (const protocol of harness.protocols) expect(await login(address, secret, protocol), protocol).toBe(true)
    })

    test('The address may be typed in capitals', async () => {
      const { address, secret } = await withPassword()
      expect(await login(address.toUpperCase(), secret)).toBe(true)
    })

    test('A wrong secret, none, and that of another mailbox are refused', async () => {
      const one = await withPassword()
      const two = await withPassword()
      for (const protocol of harness.protocols) {
        expect(await login(one.address, newSecret(), protocol)).toBe(false)
        expect(await login(one.address, '', protocol)).toBe(false)
        expect(await login(one.address, two.secret, protocol)).toBe(false)
      }
    })

    test('T25 a revoked app password is refused at the next login', async () => {
      const { address, secret } = await withPassword()
      for (const protocol of harness.protocols) {
        expect(await login(address, secret, protocol)).toBe(true)
        expect(await login(address, secret, protocol)).toBe(true)
      }
      await harness.revoke(address, secret)
      for (const protocol of harness.protocols) expect(await login(address, secret, protocol), protocol).toBe(false)
    })

    test('T25 one revoked app password takes no other with it', async () => {
      const { address, secret } = await withPassword()
      const other = newSecret()
      await harness.putAppPassword({ address, secret: other, protocols: harness.protocols })
      await harness.revoke(address, secret)
      expect(await login(address, other)).toBe(true)
    })

    test('T26 an app password opens only the protocols that it was made for', async () => {
      for (const protocol of harness.protocols) {
        const { address, secret } = await withPassword({ protocols: [protocol] })
        for (const other of harness.protocols) expect(await login(address, secret, other), `${protocol}, ${other}`).toBe(other === protocol)
      }
    })

    test('An expired app password is refused', async () => {
      const { address, secret } = await withPassword({ expiresAt: new Date(Date.now() - 1_000) })
      for (const protocol of harness.protocols) expect(await login(address, secret, protocol)).toBe(false)
    })

    test('Switched off, all app passwords of the mailbox are refused', async () => {
      const { address, secret } = await withPassword()
      expect(await login(address, secret)).toBe(true)
      await harness.suspend(address)
      expect(await login(address, secret)).toBe(false)
    })

    test('A login is recorded with protocol and client address, a refused one is not', async () => {
      for (const protocol of harness.protocols) {
        const { address, secret } = await withPassword({ protocols: [protocol] })
        await login(address, newSecret(), protocol)
        expect(await harness.lastUse(address, secret)).toBeNull()
        await login(address, secret, protocol)
        expect(await harness.lastUse(address, secret)).toEqual({ ip: IP, protocol })
      }
    })

    test('T28 naughty strings are no mailbox', async () => {
      const { secret } = await withPassword()
      await eachOf(naughtyStrings(), async (text, index) => {
        const protocol = harness.protocols[index % harness.protocols.length]
        expect(await login(text, secret, protocol, ownIp(index)), text).toBe(false)
      })
    })

    test('T28 naughty strings are no secret', async () => {
      const { address, secret } = await withPassword()
      await eachOf(naughtyStrings(), async (text, index) => {
        const protocol = harness.protocols[index % harness.protocols.length]
        expect(await login(address, text, protocol, ownIp(index)), text).toBe(false)
      })
      expect(await login(address, secret)).toBe(true)
    })

    test('It can be checked', async () => {
      await expect(harness.appPasswords.check()).resolves.toBeUndefined()
    })

    test('Without its server every method says so, and no more', async () => {
      for (const protocol of harness.protocols) {
        const attempt = { address: 'lin@yunling.example', secret: newSecret(), protocol, ip: IP }
        await expect(harness.unreachable.login(attempt)).rejects.toMatchObject({
          name: 'MailCoreError',
          message: 'unreachable',
          code: 'unreachable',
        })
      }
      await expect(harness.unreachable.check()).rejects.toMatchObject({
        name: 'MailCoreError',
        message: 'unreachable',
        code: 'unreachable',
      })
    })
  })
}

async function eachOf(texts: string[], work: (text: string, index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    await Promise.all(texts.slice(start, start + AT_ONCE).map((text, offset) => work(text, start + offset)))
  }
}
