import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { env, fitting, SETTING_NAMES, type SiteValues, setSiteValues, underSite, wrongAmong } from './env.ts'
import { kindOf, SITE_SETTING_NAMES } from './site-setting-names.ts'
import { readSiteSettings } from './site-settings.ts'
import { atEndOfFile } from './testing/at-end.ts'
import { type House, testHouse } from './testing/house.ts'
import { captureLog } from './testing/log.ts'

const logged = captureLog()
let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(async () => {
  await house.owner`truncate site_settings`
  setSiteValues({})
})
const store = (name: string, value: string | null) =>
  house.owner`insert into site_settings (name, value, version) values (${name}, ${value}, 1)
    on conflict (name) do update set value = excluded.value, version = site_settings.version + 1`

describe('What a site can set', () => {
  test('is named as in the environment, and nothing of it is a secret, an address, or where something runs', () => {
    expect(SITE_SETTING_NAMES.filter((name) => !SETTING_NAMES.includes(name))).toEqual([])
    expect(
      SITE_SETTING_NAMES.filter((name) =>
        /URL|HOST|PORT|KEY|SECRET|TOKEN|CLAIM|_USER$|_DN$|LISTEN|NETWORKS|PROXIES|ROLE_GROUPS|DEMO/.test(name),
      ),
    ).toEqual([])
  })

  const bounded = SITE_SETTING_NAMES.flatMap((name) => {
    const kind = kindOf(name)
    return kind.kind === 'number' ? [{ name, ...kind }] : []
  })
  test.each(bounded)('$name is from $min to $max, as the environment has it', ({ name, min, max }) => {
    const beside: SiteValues = name === 'PASSWORD_MIN_LENGTH' ? { PASSWORD_PROFILE: 'mlps3' } : {}
    for (const right of [min, max]) expect(wrongAmong({ ...beside, [name]: String(right) })).toEqual([])
    for (const wrong of [min - 1, max + 1, min + 0.5]) expect(wrongAmong({ ...beside, [name]: String(wrong) })).toEqual([name])
  })

  test.each(SITE_SETTING_NAMES)('%s has every choice that it shows, and its default is right', (name) => {
    const kind = kindOf(name)
    if (kind.kind === 'choice') {
      for (const choice of kind.choices) expect(wrongAmong({ [name]: choice })).toEqual([])
      expect(wrongAmong({ [name]: 'another' })).toEqual([name])
    }
    const { value, from } = underSite(name)
    expect(from).toBe('default')
    if (value !== '') expect(wrongAmong({ [name]: value })).toEqual([])
  })

  test.each(['(a+)+$', '(a|aa)*', '\\d+\\d+\\d+\\d+x', '(a)\\1', 'a'.repeat(101), '[', '(||)'.repeat(14), '(a|(b|a))(a|a)\\d+\\d+'])(
    'a pattern like %s, which could stand still or is none, is refused',
    (pattern) => {
      expect(wrongAmong({ TICKET_PATTERN: pattern, TICKET_EXAMPLE: 'a' })).toContain('TICKET_PATTERN')
    },
  )

  test('an example is no longer than a ticket that staff can fill in: with such a pattern nobody could act any more', () => {
    const own = (length: number) => ({ TICKET_PATTERN: `^\\d{${length}}$`, TICKET_EXAMPLE: '1'.repeat(length) })
    expect(wrongAmong(own(50))).toEqual([])
    expect(wrongAmong(own(51))).toEqual(['TICKET_EXAMPLE'])
  })

  test('a pattern of another ticket system is right with an example of its own', () => {
    const own = { TICKET_PATTERN: '^(?:INC|REQ)\\d{7,}$', TICKET_EXAMPLE: 'INC0048213' }
    expect(wrongAmong(own)).toEqual([])
    expect(wrongAmong({ TICKET_PATTERN: own.TICKET_PATTERN })).toEqual(['TICKET_EXAMPLE'])
    expect(wrongAmong({ TICKET_PATTERN: '^[A-Z]+-\\d+$|^#\\d+$', TICKET_EXAMPLE: '#48213' })).toEqual([])
  })
})

describe('What the site has set', () => {
  test('counts once it is read, and the environment again when it is set back', async () => {
    expect(env().SITE_NAME_EN).toBe('Yunling mail')
    await store('SITE_NAME_EN', 'Post office')
    await readSiteSettings(house.db)
    expect(env()).toMatchObject({ SITE_NAME_EN: 'Post office', SITE_NAME_ZH: '云岭大学邮件自助' })
    await store('SITE_NAME_EN', null)
    await readSiteSettings(house.db)
    expect(env().SITE_NAME_EN).toBe('Yunling mail')
  })

  test('cannot be what a site may not set, whoever wrote it into the table', async () => {
    await store('PUBLIC_URL', 'https://evil.example')
    await store('DEMO', 'false')
    await store('SITE_NAME_EN', 'Post office')
    await readSiteSettings(house.db)
    expect(env()).toMatchObject({ PUBLIC_URL: 'http://127.0.0.1:3000', DEMO: true, SITE_NAME_EN: 'Post office' })
  })

  test('is left out with its group where it does not fit, is logged, and the rest counts', async () => {
    await store('PASSWORD_MIN_LENGTH', '10')
    await store('PASSWORD_HISTORY', '9')
    await store('SITE_NAME_EN', 'Post office')
    await readSiteSettings(house.db)
    expect(env().PASSWORD_MIN_LENGTH).toBeUndefined()
    expect(env()).toMatchObject({ PASSWORD_HISTORY: 5, SITE_NAME_EN: 'Post office' })
    expect(logged.join('')).toContain('PASSWORD_MIN_LENGTH')
    expect(fitting({ PASSWORD_PROFILE: 'mlps3', PASSWORD_MIN_LENGTH: '10' })).toEqual({
      PASSWORD_PROFILE: 'mlps3',
      PASSWORD_MIN_LENGTH: '10',
    })
  })
})

test('F12 another process hears what was set without being asked, and begins with it', async () => {
  const start = () => {
    const child = spawn('node_modules/.bin/node', ['lib/platform/testing/settings-process.ts'], {
      env: { ...process.env, DATABASE_URL: house.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    atEndOfFile(async () => {
      const ended = once(child, 'exit')
      if (child.kill()) await ended
    })
    return createInterface(child.stdout)[Symbol.asyncIterator]()
  }
  const first = start()
  expect((await first.next()).value).toBe('Yunling mail')
  await store('SITE_NAME_EN', 'Post office')
  expect((await first.next()).value).toBe('Post office')
  const second = start()
  expect((await second.next()).value).toBe('Post office')
  await store('SITE_NAME_EN', null)
  expect((await first.next()).value).toBe('Yunling mail')
  expect((await second.next()).value).toBe('Yunling mail')
})
