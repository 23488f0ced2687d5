import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { showDigestOperation } from '#lib/features/digest/operations.ts'
import { showPasswordOperation } from '#lib/features/password/operations.ts'
import { confirmBindingOperation, showPhoneOperation, startBindingOperation } from '#lib/features/phone/operations.ts'
import { env, setSiteValues } from '#lib/platform/env.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { codeTo } from '#lib/platform/testing/texts.ts'
import { setSettingsOperation, showSettingsOperation } from './operations.ts'
import type { Setting } from './schema.ts'

let house: House
let admin: Person
let other: Person
beforeAll(async () => {
  house = await testHouse()
  admin = await house.person('admin', { groups: ['mail-admins'] })
  other = await house.person('other', { groups: ['mail-admins'] })
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`truncate site_settings, site_setting_changes`
  setSiteValues({})
  for (const person of [admin, other]) await person.signIn({ groups: ['mail-admins'] })
})

const shown = async (name: string): Promise<Setting> => {
  const { settings } = done(await admin.call(showSettingsOperation))
  return settings.find((setting) => setting.name === name) as Setting
}
const set = (by: Person, values: Record<string, string | null>, version = 0) =>
  by.call(setSettingsOperation, { changes: Object.entries(values).map(([name, value]) => ({ name, value, version })) })

describe('Settings', () => {
  test('say what counts, who said so, and what would count otherwise', async () => {
    expect(await shown('SITE_NAME_EN')).toMatchObject({
      ...{ group: 'names', kind: 'text', value: 'Yunling mail', from: 'default', version: 0, leftOut: false },
      under: { value: 'Yunling mail', from: 'default' },
    })
    expect(await shown('PASSWORD_MIN_LENGTH')).toMatchObject({ kind: 'number', min: 8, max: 64, unit: 'characters', value: '' })
    done(await set(admin, { SITE_NAME_EN: '  Post   office ' }))
    expect(await shown('SITE_NAME_EN')).toMatchObject({ value: 'Post office', from: 'site', version: 1, under: { value: 'Yunling mail' } })
    expect(env().SITE_NAME_EN).toBe('Post office')
  })

  test('are set back, and the list of changes tells who changed what, and what can be set back', async () => {
    done(await set(admin, { SITE_NAME_EN: 'Post office', RECALL_DAYS: ' 5 ' }))
    done(await set(other, { RECALL_DAYS: '3' }, 1))
    const { changes } = done(await set(admin, { SITE_NAME_EN: null }, 1))
    expect(changes).toMatchObject([
      { name: 'SITE_NAME_EN', before: 'Post office', after: null, by: admin.mailbox, latest: true },
      { name: 'RECALL_DAYS', before: '5', after: '3', by: other.mailbox, latest: true },
      { name: 'RECALL_DAYS', before: null, after: '5', by: admin.mailbox, latest: false },
      { name: 'SITE_NAME_EN', before: null, after: 'Post office', latest: false },
    ])
    expect(env()).toMatchObject({ SITE_NAME_EN: 'Yunling mail', RECALL_DAYS: 3 })
  })

  test('that are set to what they are leave no change', async () => {
    done(await set(admin, { RECALL_DAYS: '5' }))
    expect(done(await set(admin, { RECALL_DAYS: '5' }, 1)).changes).toHaveLength(1)
    expect(await shown('RECALL_DAYS')).toMatchObject({ version: 1 })
  })

  test('T47 are audited with before and after', async () => {
    done(await set(admin, { RECALL_DAYS: '5' }))
    done(await set(admin, { RECALL_DAYS: '6' }, 1))
    const [row] = await house.owner`
      select detail, actor_id from audit_log where operation = 'settings.set' and phase = 'outcome' order by seq desc limit 1`
    expect(row?.actor_id).toBe(admin.mailbox)
    expect(JSON.parse(row?.detail)).toEqual({ names: ['RECALL_DAYS'], before: ['RECALL_DAYS=5'], after: ['RECALL_DAYS=6'] })
  })

  test.each([
    [{ RECALL_DAYS: '31' }, ['RECALL_DAYS']],
    [{ RECALL_DAYS: 'a week' }, ['RECALL_DAYS']],
    [{ SMS_COUNTRIES: 'China' }, ['SMS_COUNTRIES']],
    [{ RECALL_READ: 'perhaps' }, ['RECALL_READ']],
    [{ SITE_NAME_ZH: '云'.repeat(41) }, ['SITE_NAME_ZH']],
    [{ TICKET_PATTERN: '(a+)+$' }, ['TICKET_PATTERN']],
  ])('that do not fit are refused, and nothing of what came with them is set: %j', async (values, fields) => {
    const result = await set(admin, { SITE_NAME_EN: 'Post office', ...values } as Record<string, string>)
    expect(result).toMatchObject({ ok: false, code: 'invalid_input', fields })
    expect(env().SITE_NAME_EN).toBe('Yunling mail')
    expect(await house.owner`select from site_settings`).toHaveLength(0)
  })

  test('T13 do not make passwords shorter than the profile has them, whichever of the two is changed', async () => {
    expect(await set(admin, { PASSWORD_MIN_LENGTH: '10' })).toMatchObject({ code: 'invalid_input', fields: ['PASSWORD_MIN_LENGTH'] })
    done(await set(admin, { PASSWORD_PROFILE: 'mlps3', PASSWORD_MIN_LENGTH: '10' }))
    expect(await set(admin, { PASSWORD_PROFILE: null }, 1)).toMatchObject({ code: 'invalid_input', fields: ['PASSWORD_MIN_LENGTH'] })
    done(await set(admin, { PASSWORD_PROFILE: null, PASSWORD_MIN_LENGTH: null }, 1))
  })

  test.each(['PUBLIC_URL', 'SESSION_SECRET', 'ROLE_GROUPS', 'DEMO', '__proto__', 'toString'])('never are %s', async (name) => {
    const changes = [{ name, value: 'x', version: 0 }]
    expect(codeOf(await admin.call(setSettingsOperation, { changes }))).toBe('invalid_input')
  })

  test('F12 of two who change one at once, one does, and the other is told', async () => {
    const [here, there] = [
      admin.call(setSettingsOperation, { changes: [{ name: 'RECALL_DAYS', value: '5', version: 0 }] }),
      other.call(setSettingsOperation, { changes: [{ name: 'RECALL_DAYS', value: '6', version: 0 }] }, { on: house.second() }),
    ]
    expect((await Promise.all([here, there])).map(codeOf).sort()).toEqual(['conflict', 'done'])
    expect(await house.owner`select from site_setting_changes`).toHaveLength(1)
  })

  test('F12 of two who change what has to fit together, the second is refused where it does not', async () => {
    done(await set(admin, { PASSWORD_PROFILE: 'mlps3' }))
    const [shorter, profile] = [
      admin.call(setSettingsOperation, { changes: [{ name: 'PASSWORD_MIN_LENGTH', value: '9', version: 0 }] }),
      other.call(setSettingsOperation, { changes: [{ name: 'PASSWORD_PROFILE', value: 'nist', version: 1 }] }, { on: house.second() }),
    ]
    expect((await Promise.all([shorter, profile])).map(codeOf).sort()).toEqual(['done', 'invalid_input'])
  })
})

describe('What was set', () => {
  test('T11 T8 T13 is what people are held to from the next request on', async () => {
    const lin = await house.person('lin')
    await bindPhone(house, lin.mailbox, '+8613800138000')
    done(
      await set(admin, {
        ...{ PHONE_COOLING_HOURS: '48', SMS_CODES_PER_DAY: '3', PASSWORD_PROFILE: 'mlps3', PASSWORD_MIN_LENGTH: '12' },
        ...{ PASSWORD_MAX_AGE_DAYS: '30', APP_PASSWORD_MOST_DAYS: '90', DIGEST_FREQUENCY: 'weekly', DIGEST_HOUR: '17' },
      }),
    )
    const password = done(await lin.call(showPasswordOperation))
    expect(password.rules.policy).toMatchObject({ profile: 'mlps3', least: 12 })
    expect(done(await lin.call(listAppPasswordsOperation)).mostDays).toBe(90)
    expect(done(await lin.call(showDigestOperation))).toMatchObject({ frequency: 'weekly', hour: 17 })
    expect(done(await lin.call(showPhoneOperation)).coolingHours).toBe(48)

    const { id: flow } = done(await lin.call(startBindingOperation, { number: '+8613900139000' }))
    const texts = await house.texts(lin.mailbox)
    const codes = { code: codeTo(texts, '+8613900139000'), oldCode: codeTo(texts, '+8613800138000') }
    const { coolingUntil } = done(await lin.call(confirmBindingOperation, { flow, ...codes }))
    const hours = ((coolingUntil as Date).getTime() - Date.now()) / 3_600_000
    expect(Math.round(hours)).toBe(48)
    expect(await house.owner`select from rate_hits where key = ${`sms:user:${lin.mailbox}`}`).not.toHaveLength(0)
  })
})
