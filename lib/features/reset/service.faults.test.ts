import { beforeAll, beforeEach, expect, test } from 'vitest'
import { passwordJobs } from '#lib/features/password/jobs.ts'
import type { Directory } from '#lib/mail-core/directory/port.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import { resolveSession } from '#lib/platform/session.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lookUp, resetCodeOn } from '#lib/platform/testing/texts.ts'
import { resetJobs } from './jobs.ts'
import { chooseNewOperation, proveResetOperation, startResetOperation } from './operations.ts'

const OLD = 'the old sentence of before'
const NEW = 'sea gulls come back in november'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
async function owner(): Promise<Person & { number: string }> {
  const person = await house.person(`f${++people}`)
  const number = `+86136${String(71_000_000 + people * 1_000).padStart(8, '0')}`
  await bindPhone(house, person.mailbox, number)
  await house.owner`update directory_accounts set password_hash = ${await hashPassword(OLD)} where address = ${person.mailbox}`
  return Object.assign(person, { number })
}

/** The house, with a directory that behaves otherwise here and there. */
const withDirectory = (changes: Partial<Directory>): Resources => ({
  db: house.db,
  mail: { ...house.mail, directory: { ...house.mail.directory, ...changes } },
})
const away = async (): Promise<never> => Promise.reject(new MailCoreError('unreachable'))
const silent = async (): Promise<never> => Promise.reject(new MailCoreError('timeout'))
const DOWN: Partial<Directory> = { find: away, authenticate: away, setPassword: away, check: away }
/** Does it, and the answer is lost on the way. */
const SETS_AND_FALLS_SILENT: Partial<Directory> = {
  setPassword: async (address, next) => {
    await house.mail.directory.setPassword(address, next)
    return silent()
  },
}

const start = (mailbox: string, on: Resources = house) => startResetOperation.execute(anonymous(), { account: mailbox, by: 'text' }, on)
const prove = (token: string, code: string) => proveResetOperation.execute(anonymous(), { token, code }, house)
const choose = (token: string, on: Resources = house, next = NEW) => chooseNewOperation.execute(anonymous(), { token, next }, on)
const opens = async ({ mailbox }: Person, password: string) => (await house.mail.directory.authenticate(mailbox, password)).ok
const sessionOf = async ({ sid }: Person) => (await resolveSession(house.db, sid)).actor.kind
const textsAfterwards = async ({ mailbox }: Person) =>
  (await house.texts(mailbox)).filter(({ purpose }) => purpose === 'password_reset').length

async function proved(person: Person & { number: string }): Promise<string> {
  const { token } = done(await start(person.mailbox))
  await lookUp(house)
  done(await prove(token, await resetCodeOn(house.owner, person.number)))
  return token
}

test('F4 the directory down before: nothing is sent, and the limits are as they were', async () => {
  const lin = await owner()
  expect(codeOf(await start(lin.mailbox, withDirectory(DOWN)))).toBe('directory_unreachable')
  expect(await house.texts(lin.mailbox)).toEqual([])
  expect(codeOf(await start(lin.mailbox))).toBe('done')
})

test('F4 the directory down when the account is looked up: no try is counted, and one text comes in the end', async () => {
  const lin = await owner()
  const { token } = done(await start(lin.mailbox))
  const [flow] = await house.owner<{ id: string }[]>`select id from reset_flows where account = ${lin.mailbox}`
  const look = (on: Resources) => resetJobs.tasks['reset.look-up']?.({ flow: flow?.id ?? '' }, on)
  await expect(look(withDirectory(DOWN))).rejects.toThrow('mail_unreachable')
  for (let n = 0; n < 9; n++) expect(codeOf(await prove(token, '12345678'))).toBe('reset_waiting')
  await look(house)
  // A worker that died after its commit runs the job again.
  await look(house)
  await lookUp(house)
  expect((await house.texts(lin.mailbox)).filter(({ purpose }) => purpose === 'code')).toHaveLength(1)
  expect(done(await prove(token, await resetCodeOn(house.owner, lin.number)))).toMatchObject({ step: 'new' })
})

test('F4 the directory down during the change: nothing was changed, it is said so, and the proof still counts', async () => {
  const lin = await owner()
  const token = await proved(lin)
  expect(codeOf(await choose(token, withDirectory(DOWN)))).toBe('directory_unreachable')
  expect(codeOf(await choose(token, withDirectory({ setPassword: away })))).toBe('directory_unreachable')
  expect([await opens(lin, OLD), await sessionOf(lin)]).toEqual([true, 'user'])
  expect(codeOf(await choose(token))).toBe('done')
  expect(await opens(lin, NEW)).toBe(true)
})

test('F4 the answer lost: what the directory says when it is read again decides', async () => {
  const [lin, he] = [await owner(), await owner()]
  expect(codeOf(await choose(await proved(lin), withDirectory(SETS_AND_FALLS_SILENT)))).toBe('done')
  expect([await opens(lin, NEW), await sessionOf(lin)]).toEqual([true, 'anonymous'])
  expect(codeOf(await choose(await proved(he), withDirectory({ setPassword: silent })))).toBe('password_unsure')
  expect([await opens(he, OLD), await sessionOf(he)]).toEqual([true, 'user'])
})

test('F4 the answer lost and not to be read again: it is said that nobody knows, and a second try with the same password succeeds', async () => {
  const lin = await owner()
  const token = await proved(lin)
  const on = withDirectory({ ...SETS_AND_FALLS_SILENT, authenticate: away })
  expect(codeOf(await choose(token, on))).toBe('password_unsure')
  expect(await sessionOf(lin)).toBe('user')
  expect(codeOf(await choose(token))).toBe('done')
  expect([await opens(lin, NEW), await sessionOf(lin), await textsAfterwards(lin)]).toEqual([true, 'anonymous', 1])
})

test('T12 F4 the answer lost and nobody comes back: sessions end and the owner is told all the same, once', async () => {
  const lin = await owner()
  const on = withDirectory({ ...SETS_AND_FALLS_SILENT, authenticate: away })
  expect(codeOf(await choose(await proved(lin), on))).toBe('password_unsure')
  await settle(withDirectory(DOWN))
  expect(await sessionOf(lin)).toBe('user')
  await settle(house)
  await settle(house)
  expect([await sessionOf(lin), await textsAfterwards(lin)]).toEqual(['anonymous', 1])
})

test('F3 the process ends between the directory and the database: what has to follow does', async () => {
  const lin = await owner()
  const token = await proved(lin)
  const killed = withDirectory({
    setPassword: async (address, next) => {
      await house.mail.directory.setPassword(address, next)
      throw new Error('killed')
    },
  })
  expect(codeOf(await choose(token, killed))).toBe('unexpected')
  await settle(house)
  expect(await sessionOf(lin)).toBe('user')
  await house.later('91 seconds')
  await settle(house)
  expect([await sessionOf(lin), await textsAfterwards(lin)]).toEqual(['anonymous', 1])
  expect(codeOf(await choose(token))).toBe('reset_over')
})

test('F4 T12 a second try that is refused does not hide that the first one happened', async () => {
  const lin = await owner()
  const token = await proved(lin)
  const unsure = withDirectory({ ...SETS_AND_FALLS_SILENT, authenticate: away })
  expect(codeOf(await choose(token, unsure))).toBe('password_unsure')
  const refuses = withDirectory({ setPassword: async () => ({ ok: false, reason: 'rejected' }) })
  expect(codeOf(await choose(token, refuses, 'quite another sentence of mine'))).toBe('password_rejected')
  await settle(house)
  expect([await opens(lin, NEW), await sessionOf(lin), await textsAfterwards(lin)]).toEqual([true, 'anonymous', 1])
})

test('F3 a change that another one explains is told once', async () => {
  const lin = await owner()
  const silentTwice = withDirectory({ setPassword: silent, authenticate: away })
  expect(codeOf(await choose(await proved(lin), silentTwice))).toBe('password_unsure')
  await house.later('61 seconds')
  expect(codeOf(await choose(await proved(lin)))).toBe('done')
  await lin.signIn()
  await settle(house)
  expect([await sessionOf(lin), await textsAfterwards(lin)]).toEqual(['user', 1])
})

test('F4 a change that never happened is closed after a while, and nobody is told of one', async () => {
  const lin = await owner()
  const silentTwice = withDirectory({ setPassword: silent, authenticate: away })
  expect(codeOf(await choose(await proved(lin), silentTwice))).toBe('password_unsure')
  await settle(house)
  await house.owner`update password_changes set created_at = now() - interval '16 minutes', claimed_until = now() - interval '15 minutes' where mailbox = ${lin.mailbox}`
  await settle(house)
  const [change] = await house.owner`select outcome from password_changes where mailbox = ${lin.mailbox}`
  expect([change?.outcome, await sessionOf(lin), await textsAfterwards(lin)]).toEqual(['unchanged', 'user', 0])
})

test('F12 two new passwords at once: one is set', async () => {
  const lin = await owner()
  const token = await proved(lin)
  const codes = (await Promise.all([choose(token), choose(token, house.second(), 'quite another sentence of mine')])).map(codeOf)
  expect(codes.filter((code) => code === 'done')).toHaveLength(1)
  expect([await opens(lin, NEW), await opens(lin, 'quite another sentence of mine')].filter(Boolean)).toHaveLength(1)
})

const settle = (on: Resources) => passwordJobs.tasks['password.settle']?.({}, on)
