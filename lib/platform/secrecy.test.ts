import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  createAppPasswordOperation,
  listAppPasswordsOperation,
  revokeAppPasswordOperation,
  switchAppPasswordsOperation,
} from '#lib/features/app-passwords/operations.ts'
import { changePasswordOperation, makeRecoveryCodesOperation } from '#lib/features/password/operations.ts'
import { confirmBindingOperation, startBindingOperation } from '#lib/features/phone/operations.ts'
import { chooseNewOperation, issuePassOperation, proveResetOperation, startResetOperation } from '#lib/features/reset/operations.ts'
import { listSessionsOperation } from '#lib/features/sso/operations.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { sha256 } from './crypto.ts'
import { MockTwilio } from './sms/testing/mock-twilio.ts'
import { bindPhone } from './testing/bind-phone.ts'
import { everyCell, placesOf } from './testing/dump.ts'
import { anonymous, done, type House, type Person, testHouse } from './testing/house.ts'
import { captureLog } from './testing/log.ts'
import { codeTo, lookUp } from './testing/texts.ts'
import { verifyCaller, WARRANT } from './testing/verify-caller.ts'

vi.hoisted(() => {
  process.env.SMS = 'twilio'
  process.env.TWILIO_ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`
  process.env.TWILIO_AUTH_TOKEN = 'fedcba9876543210'.repeat(2)
  process.env.TWILIO_FROM = '+15005550006'
})

const NUMBER = '+8613800138000'
const twilio = new MockTwilio()
const logged = captureLog()
let house: House
beforeAll(async () => {
  await twilio.start()
  process.env.TWILIO_API_URL = twilio.url
  house = await testHouse()
})
afterAll(() => twilio.stop())

/** Signs in, binds a phone, makes app passwords with a text, uses and revokes one, and gets a few things wrong. */
async function errand(lin: Person) {
  const flow = done(await lin.call(startBindingOperation, { number: NUMBER })).id
  const code = codeTo(await house.texts(lin.mailbox), NUMBER)
  await lin.call(confirmBindingOperation, { flow, code: code === '000000' ? '111111' : '000000' })
  done(await lin.call(confirmBindingOperation, { flow, code }))
  await house.forgetLimits()
  done(await lin.call(switchAppPasswordsOperation, { on: true }))
  const { id, secret } = done(await lin.call(createAppPasswordOperation, { name: 'iPhone', days: 30, protocols: ['imap'], sms: true }))
  expect(await house.mail.appPasswords.login({ address: lin.mailbox, secret, protocol: 'imap', ip: '10.0.0.9' })).toBe(true)
  expect(await house.mail.appPasswords.login({ address: lin.mailbox, secret, protocol: 'smtp', ip: '10.0.0.9' })).toBe(false)
  // Into the wrong field, by the wrong person, of the wrong type.
  await lin.call(createAppPasswordOperation, { name: 'iPhone', days: secret, protocols: [secret] })
  await lin.call(revokeAppPasswordOperation, { id: secret })
  await lin.call(confirmBindingOperation, { flow, code: [code], number: NUMBER })
  await lin.call(listAppPasswordsOperation, { mailbox: `${secret}@yunling.example` })
  await lin.call(listSessionsOperation, { mailbox: lin.sid })
  return { id, secret, code, flow }
}

test('T23 no secret, code, session id or full number stands in any column, in the audit or in the log', async () => {
  const lin = await house.person('lin')
  const { id, secret, code } = await errand(lin)
  const secrets = { secret, grouped: secret.replace(/(.{4})(?=.)/g, '$1 '), sid: lin.sid, number: NUMBER, national: NUMBER.slice(3) }
  const unsalted = Buffer.from(sha256(secret))

  for (const when of ['queued', 'sent', 'revoked', 'after a failure']) {
    if (when === 'sent') await house.work()
    if (when === 'revoked') done(await lin.call(revokeAppPasswordOperation, { id }))
    if (when === 'after a failure') await failToSend(lin)
    const cells = await everyCell(house.owner)
    for (const [name, text] of Object.entries(secrets)) expect(placesOf(cells, text), `${name}, ${when}`).toEqual([])
    const asNumber = new RegExp(`(?<![\\d.])${code}(?!\\d)`)
    expect(
      cells.filter(({ text }) => asNumber.test(text)).map(({ place }) => place),
      `code, ${when}`,
    ).toEqual([])
    for (const form of ['latin1', 'hex', 'base64'] as const)
      expect(cells.filter(({ text }) => text.includes(unsalted.toString(form))).map(({ place }) => place)).toEqual([])
  }
  const log = logged.join('\n')
  expect(log).toContain('a text was not sent')
  for (const [name, text] of Object.entries({ ...secrets, code })) expect(log.includes(text), `${name} in the log`).toBe(false)

  twilio.behaviour = 'normal'
  await house.owner`update graphile_worker._private_jobs set run_at = now()`
  await house.work()
  const texts = await house.texts(lin.mailbox)
  expect(texts.map(({ body }) => body)).toEqual([null, null, null])
  expect(twilio.received.map(({ params }) => params.To)).toEqual([NUMBER, NUMBER, NUMBER])
  expect(twilio.received.some(({ params }) => params.Body?.includes(secret))).toBe(true)
})

/** A text that waits for its next try is the longest kept. */
async function failToSend(lin: Person): Promise<void> {
  await house.forgetLimits()
  twilio.behaviour = 429
  done(await lin.call(createAppPasswordOperation, { name: 'iPad', days: 30, protocols: ['imap'], sms: true }))
  await expect(house.work()).rejects.toThrow('unavailable')
}

const RESET_NUMBER = '+8613800138777'
const CANARIES = {
  old: 'canary one: the old sentence of before',
  next: 'canary two: sea gulls come back in november',
  changed: 'canary three: herons stand about the weir',
  refused: 'canary four',
}

test('T23 no password, code, pass, recovery code or token of a reset stands in any column, in the audit, in a job or in the log', async () => {
  twilio.behaviour = 'normal'
  twilio.received.length = 0
  const wang = await house.person('wang')
  const { mailbox } = wang
  await bindPhone(house, mailbox, RESET_NUMBER)
  await house.owner`update directory_accounts set password_hash = ${await hashPassword(CANARIES.old)} where address = ${mailbox}`
  const [recovery = ''] = done(await wang.call(makeRecoveryCodesOperation)).codes
  const agent = await house.person('agent', { groups: ['helpdesk'] })
  await verifyCaller(house, agent.mailbox, mailbox)
  const { pass } = done(await agent.call(issuePassOperation, { mailbox }, { warrant: WARRANT }))
  const said: Record<string, string> = { ...CANARIES, recovery, pass, number: RESET_NUMBER, national: RESET_NUMBER.slice(3) }

  const { token } = done(await startResetOperation.execute(anonymous(), { account: mailbox, by: 'text' }, house))
  said.token = token
  await expectSilence({ ...said }, 'queued')
  await lookUp(house)
  const code = /\b\d{8}\b/.exec(twilio.received.at(-1)?.params.Body ?? '')?.[0] ?? ''
  expect(code).toMatch(/^\d{8}$/)
  await proveResetOperation.execute(anonymous(), { token, code: code === '00000000' ? '11111111' : '00000000' }, house)
  done(await proveResetOperation.execute(anonymous(), { token, code }, house))
  // Too short, of the wrong type, in the wrong field, with the directory away.
  await chooseNewOperation.execute(anonymous(), { token, next: CANARIES.refused }, house)
  await chooseNewOperation.execute(anonymous(), { token, next: [CANARIES.next] }, house)
  await proveResetOperation.execute(anonymous(), { token, code: CANARIES.next }, house)
  await startResetOperation.execute(anonymous(), { account: RESET_NUMBER, by: CANARIES.next }, house)
  await chooseNewOperation.execute(anonymous(), { token, next: CANARIES.next }, withoutDirectory())
  done(await chooseNewOperation.execute(anonymous(), { token, next: CANARIES.next }, house))
  await wang.signIn()
  await wang.call(changePasswordOperation, { current: CANARIES.old, next: CANARIES.changed })
  done(await wang.call(changePasswordOperation, { current: CANARIES.next, next: CANARIES.changed }))
  await house.work()
  await expectSilence({ ...said, code }, 'done')
})

const withoutDirectory = () => {
  const away = () => Promise.reject(new MailCoreError('unreachable', { cause: new Error('no route') }))
  return { db: house.db, mail: { ...house.mail, directory: { ...house.mail.directory, setPassword: away } } }
}

async function expectSilence(secrets: Record<string, string>, when: string): Promise<void> {
  const cells = await everyCell(house.owner)
  for (const [name, text] of Object.entries(secrets)) {
    expect(placesOf(cells, text), `${name}, ${when}`).toEqual([])
    expect(logged.join('\n').includes(text), `${name} in the log, ${when}`).toBe(false)
  }
}
