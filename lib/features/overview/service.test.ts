import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertAppPassword, insertMessage } from '#db/factories.ts'
import { signInOperation } from '#lib/features/sso/operations.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { takeDownBulletin } from '#lib/platform/bulletin.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { anonymous, assertionFor, codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { showOverviewOperation } from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
const somebody = () => house.person(`user${++people}`)
const show = async (person: Person) => done(await person.call(showOverviewOperation))
const kinds = async (person: Person) => (await show(person)).attention.map(({ kind }) => kind)

describe('what needs attention', () => {
  test('a phone that is not bound', async () => {
    const lin = await somebody()
    expect(await kinds(lin)).toEqual(['phone_not_bound'])
    await bindPhone(house, lin.mailbox, '+8613800138000')
    expect(await kinds(lin)).toEqual([])
    expect((await show(lin)).phone).toBe('138****8000')
  })

  test('a phone that was just changed', async () => {
    const lin = await somebody()
    await bindPhone(house, lin.mailbox, '+8613800138001')
    await house.owner`update phones set cooling_until = now() + interval '1 hour' where mailbox = ${lin.mailbox}`
    expect((await show(lin)).attention).toMatchObject([{ kind: 'phone_changed', masked: '138****8001' }])
  })

  test('an app password that expires within a fortnight, soonest first', async () => {
    const lin = await somebody()
    await bindPhone(house, lin.mailbox, '+8613800138002')
    for (const [name, expiresIn] of [
      ['late', '13 days'],
      ['soon', '2 days'],
      ['fine', '15 days'],
    ] as const)
      await insertAppPassword(house.db, { mailbox: lin.mailbox, name, expiresIn })
    expect((await show(lin)).attention).toMatchObject([
      { kind: 'app_password_expiring', name: 'soon', daysLeft: 1 },
      { kind: 'app_password_expiring', name: 'late', daysLeft: 12 },
    ])
  })

  test('app passwords that are suspended', async () => {
    const lin = await somebody()
    await bindPhone(house, lin.mailbox, '+8613800138003')
    await insertAppPassword(house.db, { mailbox: lin.mailbox })
    await house.owner`update mail_accounts set app_passwords_on = false where mailbox = ${lin.mailbox}`
    expect((await show(lin)).attention).toEqual([{ kind: 'app_passwords_off', suspended: 1 }])
  })

  test('a mailbox that is nine tenths full', async () => {
    const lin = await somebody()
    await bindPhone(house, lin.mailbox, '+8613800138004')
    await insertMessage(house.db, { address: lin.mailbox, subject: '通知' })
    await house.owner`insert into mailbox_quotas values (${lin.mailbox}, 1112)`
    expect(await kinds(lin)).toEqual([])
    await house.owner`update mailbox_quotas set limit_bytes = 1110 where address = ${lin.mailbox}`
    expect((await show(lin)).attention).toEqual([{ kind: 'quota', usedBytes: 1000, limitBytes: 1110 }])
  })

  test('a password that expires within a fortnight', async () => {
    const lin = await somebody()
    const expiresAt = new Date(Date.now() + 13.5 * 86_400_000)
    const find = async (name: string) => {
      const account = await house.mail.directory.find(name)
      return account && { ...account, passwordExpiresAt: expiresAt }
    }
    const on = { db: house.db, mail: { ...house.mail, directory: { ...house.mail.directory, find } } }
    expect(done(await lin.call(showOverviewOperation, {}, { on })).attention).toContainEqual({
      kind: 'password_expiring',
      days: 13,
      expiresAt,
    })
  })

  test('an old password', async () => {
    const lin = await somebody()
    await bindPhone(house, lin.mailbox, '+8613800138005')
    await house.owner`update directory_accounts set password_changed_at = now() - interval '366 days 1 hour' where address = ${lin.mailbox}`
    expect((await show(lin)).attention).toEqual([{ kind: 'password_old', days: 366 }])
  })

  test('an unusual sign-in comes first', async () => {
    const lin = await somebody()
    const name = lin.mailbox.slice(0, lin.mailbox.indexOf('@'))
    done(await signInOperation.execute(anonymous({ ...REQUEST, ip: '203.0.113.7' }), assertionFor(name), house))
    expect(await kinds(lin)).toEqual(['unusual_sign_in', 'phone_not_bound'])
  })
})

test('The newest five mails are there, newest first', async () => {
  const lin = await somebody()
  for (let n = 1; n <= 7; n++) await insertMessage(house.db, { address: lin.mailbox, subject: `第${n}封` })
  const { mailbox } = await show(lin)
  expect(mailbox?.recent.map(({ subject }) => subject)).toEqual(['第7封', '第6封', '第5封', '第4封', '第3封'])
})

test('F13 a mail system that does not answer empties its part of the page and nothing else', async () => {
  const lin = await somebody()
  const away = () => Promise.reject(new MailCoreError('timeout'))
  const mail = {
    ...house.mail,
    mailbox: { ...house.mail.mailbox, recent: away, quota: away },
    directory: { ...house.mail.directory, find: away },
  }
  const overview = done(await lin.call(showOverviewOperation, {}, { on: { ...house, mail } }))
  expect(overview).toMatchObject({ mailbox: null, passwordChangedDaysAgo: null, name: lin.mailbox.split('@')[0] })
  expect(overview.signIns).toHaveLength(1)
})

test('An announcement is shown from its start to its end, and an outage before what is merely to come', async () => {
  const lin = await somebody()
  await house.owner`
    insert into announcements (kind, title_zh, title_en, body_zh, body_en, starts_at, ends_at) values
      ('wait', '现在', 'now', '', '', now() - interval '1 hour', now() + interval '1 hour'),
      ('stop', '停了', 'down', '', '', now() - interval '1 minute', now() + interval '1 hour'),
      ('stop', '以后', 'later', '', '', now() + interval '1 hour', now() + interval '2 hours'),
      ('stop', '以前', 'before', '', '', now() - interval '2 hours', now() - interval '1 hour')`
  takeDownBulletin(house.db)
  expect((await show(lin)).announcements.map(({ title }) => title.en)).toEqual(['down', 'now'])
})

test('T34 another’s overview is refused', async () => {
  const [lin, wang] = [await somebody(), await somebody()]
  expect(codeOf(await lin.call(showOverviewOperation, { mailbox: wang.mailbox }))).toBe('forbidden')
})
