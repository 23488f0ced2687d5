import { expect, test } from 'vitest'
import { naughtyStrings } from '../../naughty-strings.ts'
import type { DirectoryHarness, MakeAccount } from '../contract.ts'

/** How staff find people. */
export function describeSearch(harness: () => DirectoryHarness, newAccount: MakeAccount): void {
  const addressesOf = async (text: string, limit = 20) => (await harness().directory.search(text, limit)).map(({ address }) => address)
  let serial = 0
  const number = () => `2014${String(Date.now()).slice(-6)}${++serial}`

  test('A person is found by the beginning of address, login, number and of each word of the name, in any case', async () => {
    const mine = number()
    const family = `Carter${Date.now().toString(36)}${++serial}`
    const { address, login } = await newAccount({
      name: `Emily ${family}`,
      nameEn: null,
      number: mine,
      unit: '环境学院',
      officePhone: '+86 10 5550 3131',
    })
    for (const text of [
      login,
      login.toUpperCase(),
      address,
      mine,
      mine.slice(0, -1),
      `Emily ${family}`,
      family,
      family.toLowerCase(),
      ` ${family} `,
    ])
      expect(await addressesOf(text), text).toContain(address)
    const [found] = await harness().directory.search(mine, 20)
    expect(found).toEqual({ address, name: `Emily ${family}`, nameEn: null, number: mine, unit: '环境学院', disabled: false })
    expect(await harness().directory.find(login)).toMatchObject({ number: mine, unit: '环境学院', officePhone: '+86 10 5550 3131' })
  })

  test('Two Chinese characters are enough, and an English name where there is one', async () => {
    const name = '欧阳晓云'
    const nameEn = `Ouyang${Date.now().toString(36)}`
    const { address } = await newAccount({ name, nameEn })
    expect(await addressesOf('欧阳')).toContain(address)
    if (harness().keepsEnglishNames) expect(await addressesOf(nameEn)).toContain(address)
  })

  test('What stands in the middle of a word finds nobody', async () => {
    const { address, login } = await newAccount()
    for (const text of [login.slice(1), 'mail@yunling', 'yunling.example']) expect(await addressesOf(text), text).not.toContain(address)
  })

  test('A disabled account is found as such', async () => {
    const { address, login } = await newAccount()
    await harness().disableAccount(address)
    expect(await harness().directory.search(login, 20)).toMatchObject([{ address, disabled: true }])
  })

  test('No more are found than were asked for', async () => {
    const shared = `Sharedname${Date.now().toString(36)}`
    for (let n = 0; n < 4; n++) await newAccount({ name: `${shared} ${n}`, nameEn: null })
    expect(await addressesOf(shared, 3)).toHaveLength(3)
    expect(await addressesOf(shared)).toHaveLength(4)
  })

  test('One character, nothing and a text without end find nobody', async () => {
    await newAccount()
    for (const text of ['', ' ', 'd', '云', 'd'.repeat(1_000)]) expect(await addressesOf(text)).toEqual([])
  })

  test('T28 no sign of a query language means anything but itself', async () => {
    const { login } = await newAccount()
    for (const text of [
      '**',
      `${login.slice(0, 2)}*`,
      '%%',
      '__',
      `${login}%`,
      '*)(uid=*',
      '(|(uid=*))',
      "d' | 'd",
      "':*",
      '!d & d',
      '\\\\',
      '\\2a\\2a',
    ])
      expect(await addressesOf(text), text).toEqual([])
    // Whatever is a word once its width is plain may be part of a name.
    const isWord = (text: string) => /^[\p{L}\p{N}]+$/u.test(text.normalize('NFKC'))
    for (const text of naughtyStrings().filter((text) => !isWord(text))) expect(await addressesOf(text), text).toEqual([])
  })
}
