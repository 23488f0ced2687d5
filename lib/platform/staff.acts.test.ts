import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertAppPassword, insertDeleted } from '#db/factories.ts'
import {
  listAppPasswordsOperation,
  revokeAllAppPasswordsOperation,
  revokeAppPasswordOperation,
  switchAppPasswordsOperation,
} from '#lib/features/app-passwords/operations.ts'
import { unlockAccountOperation } from '#lib/features/helpdesk/operations.ts'
import { listReceivedOperation, previewReceivedOperation, releaseReceivedOperation } from '#lib/features/received/operations.ts'
import { countDeletedOperation, startRestoreOperation } from '#lib/features/restore/operations.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { bindPhone } from './testing/bind-phone.ts'
import { holdMail } from './testing/hold-mail.ts'
import { codeOf, done, type House, type Person, testHouse } from './testing/house.ts'
import { lettersTo } from './testing/letters.ts'
import { verifyCaller, WARRANT } from './testing/verify-caller.ts'

let house: House
let agent: Person
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('chen.jing', { groups: ['helpdesk'] })
})
beforeEach(() => house.forgetLimits())

let people = 0
async function caller() {
  const lin = await house.person(`c${++people}`)
  await verifyCaller(house, agent.mailbox, lin.mailbox)
  return lin
}
const with_ = { warrant: WARRANT }
const subjectsTo = async ({ mailbox }: Person) => {
  await house.work()
  return (await lettersTo(house, mailbox)).map(({ subject = '' }) => subject.split(' · ').at(-1))
}

describe('what staff do for a verified caller', () => {
  test('is told to the owner once, by the helpdesk’s own notice', async () => {
    const lin = await caller()
    await bindPhone(house, lin.mailbox, `+86138${String(71_020_000 + people)}`)
    await insertAppPassword(house.db, { mailbox: lin.mailbox, name: 'iPhone' })
    done(await agent.call(switchAppPasswordsOperation, { mailbox: lin.mailbox, on: false }, with_))
    done(await agent.call(revokeAllAppPasswordsOperation, { mailbox: lin.mailbox }, with_))
    expect(await subjectsTo(lin)).toEqual(['The helpdesk suspended all app passwords', 'The helpdesk revoked all app passwords'])
    expect(done(await lin.call(listAppPasswordsOperation))).toMatchObject({ on: false, items: [] })
  })

  test('T40 releases spam, and nothing that takes more', async () => {
    const lin = await caller()
    const held: Record<string, string> = {}
    for (const verdict of ['spam', 'blocked', 'phishing', 'malware'] as const)
      held[verdict] = await holdMail(house, { mailbox: lin.mailbox, verdict, subject: verdict })
    const { mails } = done(await agent.call(listReceivedOperation, { mailbox: lin.mailbox }))
    expect(mails.filter(({ may }) => Object.values(may).some(Boolean)).map(({ id, may }) => [id, may.release])).toEqual([[held.spam, true]])
    const answer = done(await agent.call(releaseReceivedOperation, { mailbox: lin.mailbox, ids: Object.values(held) }, with_))
    expect(answer).toMatchObject({ ids: [held.spam], askHelpdesk: [] })
    expect(answer.missed.sort()).toEqual([held.blocked, held.phishing, held.malware].sort())
    const allowing = { mailbox: lin.mailbox, ids: [held.spam], allow: true }
    expect(codeOf(await agent.call(releaseReceivedOperation, allowing, with_))).toBe('forbidden')
    expect(codeOf(await agent.call(previewReceivedOperation, { mailbox: lin.mailbox, id: held.spam }))).toBe('forbidden')
  })

  test('restores mail also for somebody without a phone, which the caller may have lost', async () => {
    const lin = await caller()
    await insertDeleted(house.db, { address: lin.mailbox, subject: 'deleted' })
    expect(codeOf(await lin.call(countDeletedOperation))).toBe('phone_required')
    expect(done(await agent.call(countDeletedOperation, { mailbox: lin.mailbox })).count).toBe(1)
    done(await agent.call(startRestoreOperation, { mailbox: lin.mailbox, all: true }, with_))
    expect(await subjectsTo(lin)).toContain('The helpdesk began to restore deleted mail')
    expect(done(await agent.call(countDeletedOperation, { mailbox: lin.mailbox })).count).toBe(0)
  })
})

describe('an act whose end nobody wrote down', () => {
  /** A portal whose directory does what `then` says once it has unlocked. */
  const unlocking = (then: () => Promise<boolean>) => ({
    ...{ db: house.db, mail: { ...house.mail, directory: { ...house.mail.directory, unlock: then } } },
  })
  const later = async () => {
    await house.owner`update graphile_worker._private_jobs set run_at = now() where run_at > now()`
    await house.work()
  }
  const bodiesTo = async ({ mailbox }: Person) => (await lettersTo(house, mailbox)).map(({ text }) => text)

  test('F3 is told to the owner by the worker, as one that may not have been completed, when the portal died over it', async () => {
    const lin = await caller()
    const reached = Promise.withResolvers<void>()
    const dead = unlocking(() => {
      reached.resolve()
      return new Promise(() => {})
    })
    void agent.call(unlockAccountOperation, { mailbox: lin.mailbox }, { ...with_, on: dead })
    await reached.promise
    expect(await subjectsTo(lin)).toEqual([])
    await later()
    expect(await subjectsTo(lin)).toEqual(['The helpdesk unlocked the account (not confirmed)'])
    expect((await bodiesTo(lin))[0]).toContain('It is not certain that this was completed')
    await later()
    expect(await subjectsTo(lin)).toHaveLength(1)
  })

  test('F3 is told so when the directory did not answer in time', async () => {
    const lin = await caller()
    const slow = unlocking(() => Promise.reject(new MailCoreError('timeout')))
    expect(codeOf(await agent.call(unlockAccountOperation, { mailbox: lin.mailbox }, { ...with_, on: slow }))).toBe('mail_timeout')
    await later()
    expect(await subjectsTo(lin)).toEqual(['The helpdesk unlocked the account (not confirmed)'])
  })

  test('is told once and as done when it was, and not at all when it was refused', async () => {
    const lin = await caller()
    expect(codeOf(await agent.call(revokeAppPasswordOperation, { mailbox: lin.mailbox, id: crypto.randomUUID() }, with_))).toBe('not_found')
    await later()
    expect(await subjectsTo(lin)).toEqual([])
    expect(await house.owner`select from notices where mailbox = ${lin.mailbox}`).toHaveLength(0)
    const twice = { ...with_, idempotencyKey: 'unlock-1' }
    done(await agent.call(unlockAccountOperation, { mailbox: lin.mailbox }, twice))
    expect(codeOf(await agent.call(unlockAccountOperation, { mailbox: lin.mailbox }, twice))).toBe('already_done')
    expect(await subjectsTo(lin)).toEqual(['The helpdesk unlocked the account'])
    await later()
    expect(await subjectsTo(lin)).toHaveLength(1)
  })
})
