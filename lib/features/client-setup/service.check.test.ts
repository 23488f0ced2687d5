import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { revokeAppPasswordOperation, switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import type { AppPasswords, ClientProtocol } from '#lib/mail-core/app-passwords/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { AppError } from '#lib/platform/errors.ts'
import { makeAppPassword } from '#lib/platform/new-app-password.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { captureLog } from '#lib/platform/testing/log.ts'
import { checkAppPasswordOperation } from './operations.ts'

process.env.CLIENT_POP3 = 'pop.yunling.example:995'
const logged = captureLog()
let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
async function owner(): Promise<Person> {
  const person = await house.person(`client${++people}`)
  await bindPhone(house, person.mailbox, `+86138${60_000_000 + people}`)
  done(await person.call(switchAppPasswordsOperation, { on: true }))
  return person
}

const make = async ({ mailbox }: Person, name: string, protocols: ClientProtocol[] = ['imap', 'pop3', 'smtp']) =>
  makeAppPassword({ db: house.db, request: REQUEST }, { mailbox: mailbox as never, name, protocols, days: 30, sms: false })

describe('Checking an app password', () => {
  const answersOf = (servers: { protocol: string; answer: string }[]) => servers.map(({ protocol, answer }) => `${protocol} ${answer}`)
  const check = async (person: Person, secret: string, appPasswords?: AppPasswords) => {
    const on = appPasswords && { db: house.db, mail: { ...house.mail, appPasswords } }
    const { verdict, name, servers } = done(await person.call(checkAppPasswordOperation, { secret }, { on }))
    return { verdict, name, answers: answersOf(servers) }
  }
  const all = (answer: string) => ['imap', 'pop3', 'smtp'].map((protocol) => `${protocol} ${answer}`)

  test('says that it works and which one it is, also pasted in groups', async () => {
    const lin = await owner()
    const { secret } = await make(lin, 'ThinkPad')
    expect(await check(lin, secret)).toEqual({ verdict: 'works', name: 'ThinkPad', answers: all('accepted') })
    expect((await check(lin, ` ${secret.replace(/(.{4})/g, '$1 ')}\n`)).verdict).toBe('works')
  })

  test('says that it is unknown, and whether it looks like one', async () => {
    const [lin, wang] = [await owner(), await owner()]
    const { secret } = await make(wang, 'iPhone')
    expect(await check(lin, secret)).toEqual({ verdict: 'unknown', name: null, answers: all('refused') })
    const looks = async (text: string) => done(await lin.call(checkAppPasswordOperation, { secret: text })).wellFormed
    expect([await looks(secret), await looks('my own password'), await looks(secret.slice(1))]).toEqual([true, false, false])
  })

  test('says that it was revoked, has expired, is suspended, or that the mailbox is disabled', async () => {
    const lin = await owner()
    const revoked = await make(lin, 'Old')
    done(await lin.call(revokeAppPasswordOperation, { id: revoked.id }))
    expect(await check(lin, revoked.secret)).toEqual({ verdict: 'revoked', name: 'Old', answers: all('refused') })
    const expired = await make(lin, 'Older')
    await house.owner`update app_passwords set expires_at = now() - interval '1 second' where id = ${expired.id}`
    expect(await check(lin, expired.secret)).toMatchObject({ verdict: 'expired', name: 'Older' })
    const good = await make(lin, 'Good')
    done(await lin.call(switchAppPasswordsOperation, { on: false }))
    expect(await check(lin, good.secret)).toMatchObject({ verdict: 'switched_off', answers: all('refused') })
    await house.owner`update mail_accounts set directory_enabled = false where mailbox = ${lin.mailbox}`
    expect(await check(lin, good.secret)).toMatchObject({ verdict: 'disabled' })
  })

  test('says that it was made for other protocols', async () => {
    const lin = await owner()
    const { secret } = await make(lin, 'Reader', ['imap'])
    const answers = ['imap accepted', 'pop3 not_allowed', 'smtp not_allowed']
    expect(await check(lin, secret)).toEqual({ verdict: 'wrong_protocol', name: 'Reader', answers })
    expect((await check(lin, (await make(lin, 'Both', ['imap', 'smtp'])).secret)).verdict).toBe('works')
  })

  test('says which server is away, and when one refuses what is right', async () => {
    const lin = await owner()
    const { secret } = await make(lin, 'iPhone')
    const away: AppPasswords = {
      ...house.mail.appPasswords,
      login: (attempt) =>
        attempt.protocol === 'smtp' ? Promise.reject(new MailCoreError('timeout')) : house.mail.appPasswords.login(attempt),
    }
    expect(await check(lin, secret, away)).toMatchObject({
      verdict: 'unreachable',
      answers: ['imap accepted', 'pop3 accepted', 'smtp unreachable'],
    })
    const unused: AppPasswords = {
      ...house.mail.appPasswords,
      login: (attempt) =>
        attempt.protocol === 'pop3' ? Promise.reject(new MailCoreError('unreachable')) : house.mail.appPasswords.login(attempt),
    }
    expect(await check(lin, (await make(lin, 'Mail', ['imap', 'smtp'])).secret, unused)).toMatchObject({ verdict: 'works' })
    const stubborn: AppPasswords = { ...house.mail.appPasswords, login: async () => false }
    expect((await check(lin, secret, stubborn)).verdict).toBe('refused')
  })

  test('says so when the site lets in what is no app password', async () => {
    const lin = await owner()
    const open: AppPasswords = { ...house.mail.appPasswords, login: async () => true }
    expect(await check(lin, 'main-Password-1', open)).toMatchObject({ verdict: 'works', name: null })
  })

  test('is possible 5 times a minute and 20 times an hour', async () => {
    const lin = await owner()
    const once = async () => codeOf(await lin.call(checkAppPasswordOperation, { secret: 'x' }))
    for (let round = 0; round < 4; round++) {
      for (let n = 0; n < 5; n++) expect(await once()).toBe('done')
      expect(await once()).toBe('rate_limited')
      await house.later('61 seconds')
    }
    expect(await once()).toBe('rate_limited')
  })

  test('T23 leaves no trace of what was typed: not in any column, the audit or the log, also when it goes wrong', async () => {
    const lin = await owner()
    const typed = 'canary seven: sparrows on the aerial'
    await lin.call(checkAppPasswordOperation, { secret: typed })
    await lin.call(checkAppPasswordOperation, { secret: [typed] })
    const broken = () => Promise.reject(new AppError('unexpected', {}, { cause: new Error('broken') }))
    const on = { db: house.db, mail: { ...house.mail, appPasswords: { ...house.mail.appPasswords, login: broken } } }
    await lin.call(checkAppPasswordOperation, { secret: typed }, { on })
    const cells = await everyCell(house.owner)
    for (const text of [typed, typed.replaceAll(' ', '')]) {
      expect(placesOf(cells, text)).toEqual([])
      expect(logged.join('\n')).not.toContain(text)
    }
  })
})
