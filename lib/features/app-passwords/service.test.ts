import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertAppPassword } from '#db/factories.ts'
import type { ClientProtocol } from '#lib/mail-core/app-passwords/port.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { actorOfApiKey } from '#lib/platform/api-keys.ts'
import { resolveSession, sidOf } from '#lib/platform/session.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import {
  createAppPasswordOperation,
  listAppPasswordsOperation,
  revokeAllAppPasswordsOperation,
  revokeAppPasswordOperation,
  switchAppPasswordsOperation,
} from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
async function owner(): Promise<Person> {
  const person = await house.person(`user${++people}`)
  await bindPhone(house, person.mailbox, `+86138${70_000_000 + people}`)
  done(await person.call(switchAppPasswordsOperation, { on: true }))
  return person
}

const NEW = { name: 'iPhone', days: 30, protocols: ['imap', 'smtp'] }
const create = async (person: Person, input: object = {}) => done(await person.call(createAppPasswordOperation, { ...NEW, ...input }))
const login = (person: { mailbox: string }, secret: string, protocol: ClientProtocol = 'imap', ip = '10.0.0.9') =>
  house.mail.appPasswords.login({ address: person.mailbox, secret, protocol, ip })

describe('generating', () => {
  test('T23 the secret has 120 bits and is in this answer alone', async () => {
    const lin = await owner()
    const created = await create(lin)
    expect(created.secret).toMatch(/^[a-z2-7]{24}$/)
    expect(await login(lin, created.secret)).toBe(true)
    expect(JSON.stringify(await lin.call(listAppPasswordsOperation))).not.toContain(created.secret)
  })

  test('T23 two secrets are never alike, and the same secret has another digest in another mailbox', async () => {
    const [lin, wang] = [await owner(), await owner()]
    const secrets = new Set<string>()
    for (let n = 0; n < 10; n++) secrets.add((await create(lin)).secret)
    expect(secrets.size).toBe(10)
    const hex = 'ab'.repeat(32)
    const [row] =
      await house.owner`select app_password_digest(${lin.mailbox}, ${hex}) = app_password_digest(${wang.mailbox}, ${hex}) as same`
    expect(row?.same).toBe(false)
  })

  test.each([
    ['30 days', { days: 30 }, 30],
    ['a year', { days: 365 }, 365],
  ])('works for %s', async (_, input, days) => {
    const { expiresAt } = await create(await owner(), input)
    expect(Math.round((expiresAt.getTime() - Date.now()) / 86_400_000)).toBe(days)
  })

  test('F11 an own date lasts to the end of that day where the site is', async () => {
    const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
    const { expiresAt } = await create(await owner(), { days: undefined, expiresOn: day })
    expect(expiresAt.toISOString()).toBe(`${day}T15:59:59.000Z`)
  })

  test.each([
    ['yesterday', -1],
    ['a day more than a year away', 368],
  ])('an own date of %s is refused', async (_, days) => {
    const expiresOn = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const result = await (await owner()).call(createAppPasswordOperation, { ...NEW, days: undefined, expiresOn })
    expect(result).toMatchObject({ ok: false, code: 'app_password_expiry', fields: ['expiresOn'] })
  })

  test.each([
    ['neither days nor date', { days: undefined }],
    ['days and date', { expiresOn: '2030-01-01' }],
    ['a number of days that is not offered', { days: 9_999 }],
    ['no protocol', { protocols: [] }],
    ['an unknown protocol', { protocols: ['managesieve'] }],
    ['an empty name', { name: ' ' }],
    ['a name with a line end', { name: 'a\nb' }],
    ['a name that turns the reading direction', { name: 'a\u202eb' }],
    ['a name of 61 characters', { name: 'x'.repeat(61) }],
    ['a date that does not exist', { days: undefined, expiresOn: '2027-02-30' }],
  ])('T6 %s is refused', async (_, input) => {
    expect(codeOf(await (await owner()).call(createAppPasswordOperation, { ...NEW, ...input }))).toBe('invalid_input')
  })

  test('needs a bound phone, and the switch on', async () => {
    const lin = await house.person(`user${++people}`)
    expect(codeOf(await lin.call(createAppPasswordOperation, NEW))).toBe('phone_required')
    expect(codeOf(await lin.call(switchAppPasswordsOperation, { on: true }))).toBe('phone_required')
    await bindPhone(house, lin.mailbox, '+8613800138000')
    expect(codeOf(await lin.call(createAppPasswordOperation, NEW))).toBe('app_passwords_off')
  })

  test('is told by mail, and by text to the bound phone if ticked', async () => {
    const lin = await owner()
    const created = await create(lin, { sms: true })
    expect(created.sentTo).toMatch(/^138\*{4}/)
    expect((await house.texts(lin.mailbox)).at(-1)?.body).toContain(created.secret)
    await house.work()
    const [mail] = await house.owner`select raw from mailbox_messages where address = ${lin.mailbox}`
    expect(Buffer.from(mail?.raw).toString()).not.toContain(created.secret)
  })
})

describe('T24 at most twenty', () => {
  test('nineteen and fifty at once on two instances are twenty', async () => {
    const lin = await owner()
    for (let n = 0; n < 19; n++) await insertAppPassword(house.db, { mailbox: lin.mailbox })
    const second = house.second()
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => lin.call(createAppPasswordOperation, NEW, { on: n % 2 ? second : house })),
    )
    expect(results.map(codeOf).sort()).toEqual([...Array(49).fill('app_password_limit'), 'done'])
    expect(done(await lin.call(listAppPasswordsOperation))).toMatchObject({ active: 20, most: 20 })
  })

  test('expired and revoked ones do not count', async () => {
    const lin = await owner()
    for (let n = 0; n < 19; n++) await insertAppPassword(house.db, { mailbox: lin.mailbox })
    const { id } = await create(lin)
    expect(codeOf(await lin.call(createAppPasswordOperation, NEW))).toBe('app_password_limit')
    done(await lin.call(revokeAppPasswordOperation, { id }))
    await create(lin)
    await house.owner`update app_passwords set expires_at = now() where id = (select id from app_passwords where mailbox = ${lin.mailbox} and revoked_at is null limit 1)`
    await create(lin)
  })
})

describe('T25 the next login is refused', () => {
  test('after a warm login, once it is revoked; the others still work', async () => {
    const lin = await owner()
    const [gone, kept] = [await create(lin), await create(lin)]
    expect(await login(lin, gone.secret)).toBe(true)
    expect(done(await lin.call(revokeAppPasswordOperation, { id: gone.id }))).toEqual({ revoked: 1 })
    expect(await login(lin, gone.secret)).toBe(false)
    expect(await login(lin, kept.secret)).toBe(true)
    expect(codeOf(await lin.call(revokeAppPasswordOperation, { id: gone.id }))).toBe('not_found')
  })

  test('once all are revoked', async () => {
    const lin = await owner()
    const secrets = [await create(lin), await create(lin), await create(lin)].map(({ secret }) => secret)
    expect(done(await lin.call(revokeAllAppPasswordsOperation))).toEqual({ revoked: 3 })
    for (const secret of secrets) expect(await login(lin, secret)).toBe(false)
    expect(done(await lin.call(revokeAllAppPasswordsOperation))).toEqual({ revoked: 0 })
  })

  test('while all are suspended, and not after they are switched on again', async () => {
    const lin = await owner()
    const { secret } = await create(lin)
    done(await lin.call(switchAppPasswordsOperation, { on: false }))
    expect(await login(lin, secret)).toBe(false)
    done(await lin.call(switchAppPasswordsOperation, { on: true }))
    expect(await login(lin, secret)).toBe(true)
  })

  test('when it has expired, to the second', async () => {
    const lin = await owner()
    const { secret } = await create(lin, { days: 30 })
    await house.later('29 days 23:59:50')
    expect(await login(lin, secret)).toBe(true)
    await house.later('10 seconds')
    expect(await login(lin, secret)).toBe(false)
  })

  test.each(['revoke', 'revoke all', 'suspend'])('open mail sessions are ended by the worker after: %s', async (how) => {
    const lin = await owner()
    const { id } = await create(lin)
    if (how === 'revoke') done(await lin.call(revokeAppPasswordOperation, { id }))
    if (how === 'revoke all') done(await lin.call(revokeAllAppPasswordsOperation))
    if (how === 'suspend') done(await lin.call(switchAppPasswordsOperation, { on: false }))
    const jobs = await house.owner`
      select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'mail.end-sessions' and j.payload ->> 'mailbox' = ${lin.mailbox}`
    expect(jobs).toHaveLength(1)
    await house.work()
  })
})

describe('T26 an app password opens mail and nothing else', () => {
  test('in the protocols it was made for', async () => {
    const lin = await owner()
    const { secret } = await create(lin, { protocols: ['smtp'] })
    expect(await login(lin, secret, 'smtp')).toBe(true)
    expect(await login(lin, secret, 'imap')).toBe(false)
    expect(await login(lin, secret, 'pop3')).toBe(false)
    for (const service of ['submission', 'smtps', 'smtp']) expect(await ask(lin.mailbox, secret, service)).toBe(1)
    for (const service of ['managesieve', 'doveadm', 'lmtp', '', 'IMAP']) expect(await ask(lin.mailbox, secret, service)).toBe(0)
  })

  test('T34 of its own mailbox', async () => {
    const [lin, wang] = [await owner(), await owner()]
    const { secret } = await create(lin)
    expect(await login(wang, secret)).toBe(false)
    expect(await login({ mailbox: `${lin.mailbox}.` }, secret)).toBe(false)
    expect(await login({ mailbox: lin.mailbox.toUpperCase() }, secret)).toBe(true)
  })

  test('exactly as it is: not spaced, not upper case, not its digest, not empty', async () => {
    const lin = await owner()
    const { secret } = await create(lin)
    const [row] = await house.owner`select encode(digest, 'hex') as digest from app_passwords where mailbox = ${lin.mailbox}`
    for (const wrong of [secret.toUpperCase(), `${secret} `, secret.slice(1), row?.digest, '', '\0', '%', "' or 1=1 --"])
      expect(await login(lin, wrong)).toBe(false)
  })

  test('not the portal: as session cookie, bearer key or main password it is nobody’s', async () => {
    const lin = await owner()
    const { secret } = await create(lin)
    await house.owner`update directory_accounts set password_hash = ${await hashPassword('Main-password-1')} where address = ${lin.mailbox}`
    expect(await sidOf(secret)).toBeUndefined()
    expect((await resolveSession(house.db, secret)).actor).toEqual({ kind: 'anonymous' })
    expect(await actorOfApiKey(house.db, secret, null)).toEqual({ kind: 'anonymous' })
    expect(await house.mail.directory.authenticate(lin.mailbox, secret)).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await login(lin, 'Main-password-1')).toBe(false)
  })

  test('and Dovecot’s role may ask two questions, not read the tables', async () => {
    await house.owner.begin(async (sql) => {
      await sql`set local role posthouse_dovecot`
      await sql`select * from mail_login('a@b', '', 'imap', '', '')`
      await sql`select * from mail_primary_password_allowed('a@b')`
    })
    const forbidden = [
      'select * from app_passwords',
      'select * from mail_accounts',
      "select app_password_digest('a', 'b')",
      "select audit_prune(1, '')",
    ]
    for (const statement of forbidden) {
      const attempt = house.owner.begin(async (sql) => {
        await sql`set local role posthouse_dovecot`
        await sql.unsafe(statement)
      })
      await expect(attempt, statement).rejects.toMatchObject({ code: '42501' })
    }
  })

  test('the main password is refused in mail clients unless the site allows it', async () => {
    const lin = await owner()
    const allowed = () => house.owner`select * from mail_primary_password_allowed(${lin.mailbox.toUpperCase()})`
    expect(await allowed()).toHaveLength(0)
    await house.owner`update mail_accounts set allow_primary_password = true where mailbox = ${lin.mailbox}`
    expect(await allowed()).toHaveLength(1)
    await house.owner`update mail_accounts set directory_enabled = false where mailbox = ${lin.mailbox}`
    expect(await allowed()).toHaveLength(0)
  })
})

test('the list says when, from where and by which protocol each was last used', async () => {
  const lin = await owner()
  const { secret, id } = await create(lin)
  expect(done(await lin.call(listAppPasswordsOperation)).items).toMatchObject([{ id, lastUsed: null }])
  await login(lin, secret, 'smtp', '112.115.20.7')
  const [item] = done(await lin.call(listAppPasswordsOperation)).items
  expect(item?.lastUsed).toMatchObject({ ip: '112.115.20.7', network: '112.115.20.0/24', protocol: 'smtp' })
})

async function ask(mailbox: string, secret: string, service: string): Promise<number> {
  const { createHash } = await import('node:crypto')
  const digest = createHash('sha256').update(secret).digest('hex')
  return (await house.db.$client`select from mail_login(${mailbox}, ${digest}, ${service}, '', '')`).length
}
