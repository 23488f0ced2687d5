import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { naughtyStrings } from '../../naughty-strings.ts'
import { collected } from '../../testing/collected.ts'
import type { DirectoryHarness, MakeAccount } from '../contract.ts'
import type { PasswordRefusal } from '../port.ts'

const OK = { ok: true }
const refused = (reason: PasswordRefusal) => ({ ok: false, reason })
const NEXT = 'right-Password-2'
const NOBODY = 'nobody-here@yunling.example'

/** The part of the suite that changes passwords. */
export function describePasswords(harness: () => DirectoryHarness, newAccount: MakeAccount): void {
  const directory = () => harness().directory
  const signsIn = async (name: string, password: string) => (await directory().authenticate(name, password)).ok
  const lock = async (login: string) => {
    for (let tries = 0; tries < harness().wrongPasswordsUntilLocked; tries++) await directory().authenticate(login, 'wrong')
  }

  test('A person changes the password, and the old one is dead at once', async () => {
    const { address, password } = await newAccount()
    expect(await directory().changePassword(address, password, NEXT)).toEqual(OK)
    expect(await directory().authenticate(address, password)).toEqual(refused('wrong_password'))
    expect(await signsIn(address, NEXT)).toBe(true)
  })

  test('T6 a change takes the right current password, and no empty one', async () => {
    const { address, password } = await newAccount()
    for (const current of [`${password}x`, '', NEXT, 'right-Password-1\0']) {
      expect(await directory().changePassword(address, current, NEXT)).toEqual(refused('wrong_password'))
    }
    expect(await signsIn(address, password)).toBe(true)
  })

  test('A wrong current password counts like one at a sign-in', async () => {
    const { address, password } = await newAccount()
    for (let tries = 0; tries < harness().wrongPasswordsUntilLocked; tries++) await directory().changePassword(address, 'wrong', NEXT)
    expect(await directory().changePassword(address, password, NEXT)).toEqual(refused('locked'))
    expect(await directory().authenticate(address, password)).toEqual(refused('locked'))
  })

  test('The portal sets a password, and the old one is dead at once', async () => {
    const { address, password } = await newAccount()
    expect(await directory().setPassword(address, NEXT)).toEqual(OK)
    expect(await directory().authenticate(address, password)).toEqual(refused('wrong_password'))
    expect(await signsIn(address, NEXT)).toBe(true)
  })

  test('A password that the portal sets ends a lock', async () => {
    const { address } = await newAccount()
    await lock(address)
    expect(await directory().setPassword(address, NEXT)).toEqual(OK)
    expect(await directory().find(address)).toMatchObject({ locked: false })
    expect(await signsIn(address, NEXT)).toBe(true)
  })

  test('A lock is ended, and the count with it', async () => {
    const { address, password } = await newAccount()
    await lock(address)
    expect(await directory().unlock(address)).toBe(true)
    expect(await directory().find(address)).toMatchObject({ locked: false })
    await directory().authenticate(address, 'wrong')
    expect(await signsIn(address, password)).toBe(true)
    expect(await directory().unlock(address)).toBe(true)
  })

  test('A disabled account gets no new password, and stays disabled', async () => {
    const { address, password } = await newAccount()
    await harness().disableAccount(address)
    expect(await directory().changePassword(address, password, NEXT)).toEqual(refused('disabled'))
    expect(await directory().setPassword(address, NEXT)).toEqual(refused('disabled'))
    expect(await directory().unlock(address)).toBe(true)
    expect(await directory().find(address)).toMatchObject({ disabled: true })
  })

  test('Nobody has no password', async () => {
    for (const name of [NOBODY, 'nobody-here', 'nobody\0here', '']) {
      expect(await directory().changePassword(name, 'x', NEXT)).toEqual(refused('not_found'))
      expect(await directory().setPassword(name, NEXT)).toEqual(refused('not_found'))
      expect(await directory().unlock(name)).toBe(false)
    }
  })

  test('The same password and an earlier one are refused to a person', async () => {
    const { address, password } = await newAccount()
    expect(await directory().changePassword(address, password, password)).toEqual(refused('reused'))
    expect(await directory().changePassword(address, password, NEXT)).toEqual(OK)
    expect(await directory().changePassword(address, NEXT, password)).toEqual(refused('reused'))
    expect(await signsIn(address, NEXT)).toBe(true)
  })

  test('The same password and an earlier one are refused to the portal, where the server remembers them', async ({ skip }) => {
    skip(!harness().resetsKeepHistory, 'This server lets a reset take any password.')
    const { address, password } = await newAccount()
    expect(await directory().setPassword(address, password)).toEqual(refused('reused'))
    expect(await directory().setPassword(address, NEXT)).toEqual(OK)
    expect(await directory().setPassword(address, password)).toEqual(refused('reused'))
  })

  test('T13 of 64 Chinese characters every one counts', async () => {
    const { address } = await newAccount()
    const password = `${'云岭大学'.repeat(15)}山水风月`
    expect(await directory().setPassword(address, password)).toEqual(OK)
    expect(await signsIn(address, `${password.slice(0, 29)}日${password.slice(30)}`)).toBe(false)
    expect(await signsIn(address, password)).toBe(true)
  })

  test.each([
    ['emoji', 'Right-🐉🏔️👩‍🔬-1'],
    ['quotes', `Right-"'\`''""-1`],
    ['backslashes', 'Right-\\00\\2a\\\\-1\\'],
    ['blanks at both ends', '  Right Password 1  '],
    ['200 characters', `Right-1-${'x'.repeat(192)}`],
  ])('A password with %s goes the whole way', async (_, next) => {
    const { address, password } = await newAccount()
    expect(await directory().setPassword(address, next)).toEqual(OK)
    expect(await signsIn(address, next)).toBe(true)
    expect(await signsIn(address, next.trim().slice(0, -1))).toBe(false)
    expect(await directory().changePassword(address, next, `${password}-too`)).toEqual(OK)
    expect(await signsIn(address, `${password}-too`)).toBe(true)
  })

  test('T13 letters composed in either way are one password', async () => {
    const [composed, combining] = ['Grüße-Café-1', 'Gru\u0308ße-Cafe\u0301-1']
    const { address } = await newAccount()
    expect(await directory().setPassword(address, combining)).toEqual(OK)
    expect(await signsIn(address, composed)).toBe(true)
    expect(await directory().changePassword(address, combining, composed)).toEqual(refused('reused'))
  })

  test('T28 naughty strings are passwords like any other', async () => {
    for (const text of inPasswords(naughtyStrings())) {
      const { address } = await newAccount()
      expect(await directory().setPassword(address, text), text).toEqual(OK)
      expect(await signsIn(address, text), text).toBe(true)
    }
  })

  test('T28 what no server reads the same is refused before one is asked', async () => {
    const { address, password } = await newAccount()
    for (const [next, reason] of [
      ['', 'too_short'],
      ['right-Pass\0word', 'rejected'],
      ['right-Password-\ud83d', 'rejected'],
    ] as const) {
      expect(await directory().changePassword(address, password, next)).toEqual(refused(reason))
      expect(await directory().setPassword(address, next)).toEqual(refused(reason))
      expect(await harness().unreachable.setPassword(address, next)).toEqual(refused(reason))
    }
    expect(await signsIn(address, password)).toBe(true)
  })

  test('5,000 characters are a password or none, and nothing between', async () => {
    const { address, password } = await newAccount()
    const next = `Right-1-${'云'.repeat(4_992)}`
    const { ok } = await directory().setPassword(address, next)
    expect(await signsIn(address, ok ? next : password)).toBe(true)
    expect(await signsIn(address, next.slice(0, -1))).toBe(false)
  })

  test('Of several changes at once, one remains, and it was said to be made', async () => {
    const { address, password } = await newAccount()
    const wanted = [2, 3, 4].map((number) => `right-Password-${number}`)
    const done = await Promise.all(wanted.map((next) => directory().changePassword(address, password, next)))
    const good = await Promise.all(wanted.map((next) => signsIn(address, next)))
    expect(good.filter(Boolean)).toHaveLength(1)
    expect(done[good.indexOf(true)]).toEqual(OK)
  })

  test('F4 when the answer to a change is lost, that is said, and reading again tells', async () => {
    const unknown = { name: 'MailCoreError', message: 'timeout', code: 'timeout' }
    const [changed, set, locked] = [await newAccount(), await newAccount(), await newAccount()]
    const losing = await harness().losingAnswers()
    await expect(losing.changePassword(changed.address, changed.password, NEXT)).rejects.toMatchObject(unknown)
    expect(await signsIn(changed.address, NEXT)).toBe(true)
    const error = await losing.setPassword(set.address, NEXT).catch((error: Error) => error)
    expect(error).toMatchObject(unknown)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(NEXT)
    expect(await signsIn(set.address, NEXT)).toBe(true)
    await lock(locked.address)
    await expect(losing.unlock(locked.address)).rejects.toMatchObject(unknown)
    expect(await directory().find(locked.address)).toMatchObject({ locked: false })
  })

  test('Whose password expires soon is told, by day and without the disabled', async () => {
    const [one, two, disabled] = [await newAccount(), await newAccount(), await newAccount()]
    await harness().disableAccount(disabled.address)
    const at = (await directory().find(one.address))?.passwordExpiresAt as Date
    const told = async (from: number, to: number) => {
      const pages = await collected(directory().passwordsExpiring(new Date(from), new Date(to)))
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(200)
      const mine = [one, two, disabled].map(({ address }) => address)
      return pages.flat().filter(({ address }) => mine.includes(address))
    }
    const [day, time] = [24 * 3_600_000, at.getTime()]
    const around = await told(time - day, time + day)
    expect(around.map(({ address }) => address).sort()).toEqual([one.address, two.address].sort())
    expect(around).toContainEqual({ address: one.address, expiresAt: at })
    expect((await told(time, time + 1)).map(({ address }) => address)).toContain(one.address)
    expect((await told(time - day, time)).map(({ address }) => address)).not.toContain(one.address)
    expect(await told(time + day, time + 2 * day)).toEqual([])
  })
}

/** Many strings in one password: that of each alone takes its time. Without NUL and halves of characters. */
function inPasswords(texts: string[]): string[] {
  const passwords: string[] = []
  let text = 'Right-1 '
  for (const part of texts.filter((each) => each.length < 1_000 && !each.includes('\0') && each.isWellFormed())) {
    if (text.length + part.length > 1_000) {
      passwords.push(text)
      text = 'Right-1 '
    }
    text += part
  }
  return [...passwords, text]
}
