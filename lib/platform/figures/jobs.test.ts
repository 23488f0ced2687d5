import { beforeAll, expect, test } from 'vitest'
import { insertAppPassword } from '#db/factories.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '../context.ts'
import { type House, testHouse } from '../testing/house.ts'
import { figureJobs } from './jobs.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})

const run = (task: string, on: Resources = house) => figureJobs.tasks[task]?.({}, on)
const figures = async (pattern: string) => {
  const rows = await house.owner<{ name: string; value: number }[]>`
    select figure || '/' || dimension as name, value::int from figures_hourly where figure like ${pattern} order by 1`
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

test('Each look at a component is counted, and whether it answered', async () => {
  const check = () => Promise.reject(new MailCoreError('unreachable'))
  await run('figures.watch-components')
  await run('figures.watch-components', { ...house, mail: { ...house.mail, directory: { ...house.mail.directory, check } } })
  expect(await figures('component_%')).toMatchObject({
    'component_checks/directory': 2,
    'component_failures/directory': 1,
    'component_checks/mailbox': 2,
  })
  expect(await figures('component_%')).not.toHaveProperty('component_failures/mailbox')
  const [state] = await house.owner`select ok, milliseconds from component_states where name = 'directory'`
  expect(state).toEqual({ ok: false, milliseconds: null })
})

test('Accounts are idle when nobody has signed in or read mail with an app password for 90 days', async () => {
  const [lin, wang] = [await house.person('lin'), await house.person('wang')]
  await house.owner`insert into mail_accounts (mailbox) values ('long-gone@yunling.example')`
  await run('figures.measure-accounts')
  expect(await figures('accounts_%')).toEqual({ 'accounts_idle/': 1, 'accounts_locked/': 0 })
  await house.owner`update sessions set created_at = created_at - interval '91 days'`
  await insertAppPassword(house.db, { mailbox: wang.mailbox, usedAgo: '1 day' })
  await house.owner`update directory_accounts set locked_until = now() + interval '5 minutes' where address = ${lin.mailbox}`
  await run('figures.measure-accounts')
  expect(await figures('accounts_%')).toEqual({ 'accounts_idle/': 2, 'accounts_locked/': 1 })
})
