import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { naughtyStrings } from '../naughty-strings.ts'
import { collected } from '../testing/collected.ts'
import type { Directory } from './port.ts'
import { describePasswords } from './testing/password-contract.ts'
import { describeSearch } from './testing/search-contract.ts'

const DAY = 24 * 3_600_000

export interface NewAccount {
  address: string
  login: string
  name: string
  nameEn: string | null
  password: string
  groups: string[]
  number: string | null
  unit: string | null
  officePhone: string | null
}

export interface DirectoryHarness {
  directory: Directory
  /** The same adapter, where no server is. */
  unreachable: Directory
  /** The same adapter, until the end of a test: changes reach the server, and its answer never comes back. */
  losingAnswers(): Promise<Directory>
  putAccount(account: NewAccount): Promise<void>
  disableAccount(address: string): Promise<void>
  /** So many wrong passwords in a row lock an account. */
  wrongPasswordsUntilLocked: number
  /** Passwords of these accounts expire after so many days. */
  passwordDays: number
  /** The server has a place for a second name. */
  keepsEnglishNames: boolean
  /** Earlier passwords are refused to the portal too, not only to the person. */
  resetsKeepHistory: boolean
  close?(): Promise<void>
}

export type MakeAccount = (over?: Partial<NewAccount>) => Promise<NewAccount>

/** What every directory adapter keeps. */
export function describeDirectory(name: string, makeHarness: () => Promise<DirectoryHarness>): void {
  describe(`directory: ${name}`, () => {
    let harness: DirectoryHarness
    let directory: Directory

    beforeAll(async () => {
      harness = await makeHarness()
      directory = harness.directory
    })
    afterAll(() => harness.close?.())

    let serial = 0
    const newAccount: MakeAccount = async (over = {}) => {
      const login = `d${Date.now().toString(36)}${++serial}`
      const account = {
        address: `${login}.mail@yunling.example`,
        login,
        name: '何静',
        nameEn: 'He Jing',
        password: 'right-Password-1',
        groups: [],
        ...{ number: null, unit: null, officePhone: null },
        ...over,
      }
      await harness.putAccount(account)
      return account
    }

    test('An account is found by login and by address, in any case', async () => {
      const { address, login, name, nameEn } = await newAccount()
      const expected = {
        ...{ address, login, name, nameEn: harness.keepsEnglishNames ? nameEn : null, number: null, unit: null, officePhone: null },
        ...{
          disabled: false,
          locked: false,
          mustChange: false,
          groups: [],
          passwordChangedAt: expect.any(Date),
          passwordExpiresAt: expect.any(Date),
        },
      }
      for (const key of [login, address, login.toUpperCase(), address.toUpperCase()]) {
        expect(await directory.find(key)).toEqual(expected)
      }
    })

    test('An account without an English name has none', async () => {
      const { login } = await newAccount({ nameEn: null })
      expect((await directory.find(login))?.nameEn).toBeNull()
    })

    test('Groups come with the account', async () => {
      const { login } = await newAccount({ groups: ['helpdesk', 'mail-audit'] })
      expect((await directory.find(login))?.groups.toSorted()).toEqual(['helpdesk', 'mail-audit'])
    })

    test('Nobody is found by a name that nobody has', async () => {
      expect(await directory.find('nobody-here')).toBeNull()
      expect(await directory.find('nobody-here@yunling.example')).toBeNull()
    })

    test('The right password is accepted, with login or address', async () => {
      const { address, login, password } = await newAccount()
      for (const key of [login, address]) {
        expect(await directory.authenticate(key, password)).toMatchObject({ ok: true, account: { address } })
      }
    })

    test('A wrong password and an unknown account read the same', async () => {
      const { login, password } = await newAccount()
      const refused = { ok: false, reason: 'wrong_password' }
      expect(await directory.authenticate(login, `${password}x`)).toEqual(refused)
      expect(await directory.authenticate('nobody-here', password)).toEqual(refused)
    })

    test('T6 an empty password is refused', async () => {
      const { login } = await newAccount()
      expect(await directory.authenticate(login, '')).toEqual({ ok: false, reason: 'wrong_password' })
    })

    test('A password of 64 Chinese characters is compared to its last one', async () => {
      const password = `${'云岭大学'.repeat(15)}山水风月`
      const { login } = await newAccount({ password })
      expect(await directory.authenticate(login, password)).toMatchObject({ ok: true })
      expect(await directory.authenticate(login, `${password.slice(0, -1)}日`)).toMatchObject({ ok: false })
    })

    test('A disabled account is found as disabled and may not sign in', async () => {
      const { address, login, password } = await newAccount()
      await harness.disableAccount(address)
      expect(await directory.find(login)).toMatchObject({ address, disabled: true })
      expect(await directory.authenticate(login, password)).toEqual({ ok: false, reason: 'disabled' })
    })

    test('Of some addresses, the ones of enabled accounts come back', async () => {
      const one = await newAccount()
      const two = await newAccount()
      await harness.disableAccount(two.address)
      expect(await directory.enabled([one.address, two.address, 'nobody-here@yunling.example'])).toEqual(new Set([one.address]))
      expect(await directory.enabled([])).toEqual(new Set())
    })

    test('Many addresses are asked for at once', async () => {
      const { address } = await newAccount()
      const others = Array.from({ length: 350 }, (_, index) => `nobody-${index}@yunling.example`)
      expect(await directory.enabled([...others, address])).toEqual(new Set([address]))
    })

    test('Wrong passwords in a row lock the account, also for the right one', async () => {
      const { login, password } = await newAccount()
      for (let tries = 0; tries < harness.wrongPasswordsUntilLocked; tries++) await directory.authenticate(login, 'wrong')
      expect(await directory.authenticate(login, password)).toEqual({ ok: false, reason: 'locked' })
      expect(await directory.find(login)).toMatchObject({ disabled: false, locked: true })
    })

    test('Accounts that are locked just now are counted, and no others', async () => {
      const [{ login, address }, other] = [await newAccount(), await newAccount()]
      await harness.disableAccount(other.address)
      const before = await directory.countLocked()
      for (let tries = 0; tries < harness.wrongPasswordsUntilLocked; tries++) await directory.authenticate(login, 'wrong')
      expect(await directory.countLocked()).toBe(before + 1)
      await directory.unlock(address)
      expect(await directory.countLocked()).toBe(before)
    })

    test('A password expires so many days after it was changed', async () => {
      const { login } = await newAccount()
      const { passwordChangedAt, passwordExpiresAt } = (await directory.find(login)) ?? {}
      expect(Number(passwordExpiresAt) - Number(passwordChangedAt)).toBe(harness.passwordDays * DAY)
    })

    describePasswords(() => harness, newAccount)
    describeSearch(() => harness, newAccount)

    test('T28 naughty strings name nobody', async () => {
      await newAccount()
      for (const text of naughtyStrings()) expect(await directory.find(text), text).toBeNull()
      expect(await directory.enabled(naughtyStrings())).toEqual(new Set())
    })

    test('T28 naughty strings sign nobody in', async () => {
      for (const text of naughtyStrings().slice(0, 30)) {
        expect(await directory.authenticate(text, 'right-Password-1'), text).toEqual({ ok: false, reason: 'wrong_password' })
      }
    })

    test('It can be checked', async () => {
      await expect(directory.check()).resolves.toBeUndefined()
    })

    test('F4 without its server every method says so, and no more', async () => {
      const { unreachable } = harness
      const calls = [
        () => unreachable.find('lin'),
        () => unreachable.authenticate('lin', 'x'),
        () => unreachable.search('lin', 20),
        () => unreachable.enabled(['lin@yunling.example']),
        () => unreachable.changePassword('lin@yunling.example', 'x', 'right-Password-2'),
        () => unreachable.setPassword('lin@yunling.example', 'right-Password-2'),
        () => unreachable.unlock('lin@yunling.example'),
        () => collected(unreachable.passwordsExpiring(new Date(), new Date(Date.now() + DAY))),
        () => unreachable.check(),
      ]
      for (const call of calls)
        await expect(call()).rejects.toMatchObject({ name: 'MailCoreError', message: 'unreachable', code: 'unreachable' })
    })
  })
}
