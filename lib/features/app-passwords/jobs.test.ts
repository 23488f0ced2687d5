import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertAccount, insertAppPassword } from '#db/factories.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { type House, testHouse } from '#lib/platform/testing/house.ts'
import { appPasswordJobs } from './jobs.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(async () => {
  await house.owner`truncate app_passwords, mail_accounts, directory_accounts, notices, graphile_worker._private_jobs cascade`
})

const run = (task: string, on = house as Parameters<NonNullable<(typeof appPasswordJobs.tasks)[string]>>[1]) =>
  appPasswordJobs.tasks[`app-passwords.${task}`]?.({}, on)
const lin = 'lin.yue@yunling.example'
const wang = 'wang@yunling.example'

async function sessionsToEnd(): Promise<string[]> {
  const jobs = await house.owner`
    select j.payload ->> 'mailbox' as mailbox from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail.end-sessions' order by 1`
  return jobs.map(({ mailbox }) => mailbox)
}

const notices = async () =>
  (
    await house.owner`select mailbox, params -> 'values' ->> 'name' as name, (params -> 'values' -> 'days')::int as days from notices order by 1, 2`
  ).map((row) => ({ ...row }))

describe('T25 when an app password expires', () => {
  test('the open mail sessions of its mailbox are ended, once', async () => {
    await insertAppPassword(house.db, { mailbox: lin, expiresIn: '-1 second', usedAgo: '1 hour' })
    await insertAppPassword(house.db, { mailbox: wang, expiresIn: '1 hour', usedAgo: '1 hour' })
    await run('end-expired')
    await run('end-expired')
    expect(await sessionsToEnd()).toEqual([lin])
    await house.work()
  })

  test('one that was never used has opened none', async () => {
    await insertAppPassword(house.db, { mailbox: lin, expiresIn: '-1 second' })
    await run('end-expired')
    expect(await sessionsToEnd()).toEqual([])
  })

  test('two workers at once end them once', async () => {
    await insertAppPassword(house.db, { mailbox: lin, expiresIn: '-1 second', usedAgo: '1 hour' })
    const second = house.second()
    await Promise.all(Array.from({ length: 10 }, (_, n) => run('end-expired', n % 2 ? second : house)))
    expect(await sessionsToEnd()).toEqual([lin])
  })
})

describe('before it expires', () => {
  test('the owner is told 7 days and 1 day ahead, each once', async () => {
    await insertAppPassword(house.db, { mailbox: lin, name: 'Outlook', expiresIn: '30 days' })
    await run('tell-expiring')
    expect(await notices()).toEqual([])
    await house.later('23 days 1 hour')
    await run('tell-expiring')
    await run('tell-expiring')
    expect(await notices()).toEqual([{ mailbox: lin, name: 'Outlook', days: 7 }])
    await house.later('6 days')
    await run('tell-expiring')
    await run('tell-expiring')
    expect((await notices()).map(({ days }) => days).sort()).toEqual([1, 7])
    await house.work()
  })

  test('one that is told of the last day is not told of the seventh after it', async () => {
    await insertAppPassword(house.db, { mailbox: lin, createdAgo: '30 days', expiresIn: '5 hours' })
    await run('tell-expiring')
    expect((await notices()).map(({ days }) => days)).toEqual([1])
  })

  test('nothing is said of a revoked one', async () => {
    await insertAppPassword(house.db, { mailbox: lin, createdAgo: '30 days', expiresIn: '5 hours' })
    await house.owner`update app_passwords set revoked_at = now()`
    await run('tell-expiring')
    expect(await notices()).toEqual([])
  })
})

describe('T25 when the directory disables an account', () => {
  const secret = 'abcdefghijklmnopqrstuvwx'
  const login = () => house.mail.appPasswords.login({ address: lin, secret, protocol: 'imap', ip: '10.0.0.9' })

  beforeEach(async () => {
    await insertAccount(house.db, { address: lin })
    const id = await insertAppPassword(house.db, { mailbox: lin })
    const digest = createHash('sha256').update(secret).digest('hex')
    await house.owner`update app_passwords set digest = app_password_digest(${lin}, ${digest}) where id = ${id}`
    await run('follow-directory')
    expect(await login()).toBe(true)
  })

  test('its app passwords are refused and its mail sessions ended; enabled again, they work again', async () => {
    await house.owner`update directory_accounts set disabled = true`
    await run('follow-directory')
    await run('follow-directory')
    expect(await login()).toBe(false)
    expect(await sessionsToEnd()).toEqual([lin])
    await house.owner`update directory_accounts set disabled = false`
    await run('follow-directory')
    expect(await login()).toBe(true)
  })

  test('or knows it no more', async () => {
    await house.owner`delete from directory_accounts`
    await run('follow-directory')
    expect(await login()).toBe(false)
  })

  test('F4 a directory that does not answer disables nobody', async () => {
    const enabled = () => Promise.reject(new MailCoreError('unreachable'))
    const away = { ...house, mail: { ...house.mail, directory: { ...house.mail.directory, enabled } } }
    await expect(run('follow-directory', away)).rejects.toThrow(MailCoreError)
    expect(await login()).toBe(true)
  })

  test('also when more people have app passwords than are asked about at once', async () => {
    await house.owner`insert into mail_accounts (mailbox, app_passwords_on) select 'p' || n || '@yunling.example', true from generate_series(100, 560) n`
    await house.owner`
      insert into app_passwords (mailbox, name, digest, protocols, expires_at)
      select mailbox, 'x', sha256(mailbox::bytea), '{imap}', now() + interval '1 day' from mail_accounts where mailbox <> ${lin}`
    await run('follow-directory')
    const [row] = await house.owner`select count(*) filter (where not directory_enabled)::int as off from mail_accounts`
    expect(row?.off).toBe(461)
    expect(await login()).toBe(true)
  })
})
