import type { Page } from '@playwright/test'
import { haveAppPassword, type Say } from './errands.ts'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, newPerson, ownOrigin, type Person, sql, until } from './house.ts'
import { mailFromOutside, mailsIn, readAll, sendAs } from './mail-client.ts'

let serial = 0
const newSubject = () => `组会 ${Date.now().toString(36)}-${++serial}`

/** Signs in; where mail is sent by submission, with an app password made for that. */
async function signInToSend(page: Page, person: Person): Promise<string> {
  await signIn(page, person)
  return demo.mailCore === 'embedded' ? '' : haveAppPassword(page, person, 'Thunderbird')
}

const copiesOf = async (person: Person, text: string) => (await mailsIn(person)).filter((raw) => raw.includes(text)).length
const idOf = (subject: string, login: string): Promise<string> =>
  until(async () => {
    const [row] = await sql<{ id: string }[]>`select queue_id as id from trace_messages where subject = ${subject} and login = ${login}`
    return row?.id
  }, 30_000)
/** As the trace has it, whose word a recall needs. */
const arrives = (id: string, count: number) =>
  until(async () => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from trace_recipients where queue_id = ${id} and outcome = 'delivered'`
    return row?.count === count
  }, 30_000)

async function open(page: Page, subject: string): Promise<void> {
  await page.goto('/sent')
  await page.getByRole('row').filter({ hasText: subject }).getByRole('link').click()
  await expect(page.getByRole('heading', { name: subject })).toBeVisible()
}

async function recallOpened(page: Page, say: Say): Promise<void> {
  await page.getByRole('button', { name: say('撤回', 'Recall'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox').check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('撤回1份', 'Recall 1 copy') }).dblclick()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(say('已从1个邮箱撤回', 'Recalled from 1 mailbox'))).toBeVisible({ timeout: 30_000 })
}

test('A recall takes the unread copy, leaves the read one, tells who lost it, and happens once', async ({ page, person, say }) => {
  const secret = await signInToSend(page, person)
  const [reader, other] = [await newPerson(), await newPerson()]
  const subject = newSubject()
  await sendAs(person, secret, { to: [reader, other], subject })
  await arrives(await idOf(subject, person.address), 2)
  await readAll(reader)

  await open(page, subject)
  await expect(page.getByText(say('已读', 'Read'), { exact: true })).toBeVisible()
  await expect(page.getByText(say('未读', 'Unread'), { exact: true })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: say('撤回', 'Recall'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(say('2人中1人可以撤回', '1 of 2 can be recalled'))).toBeVisible()
  await dialog.getByRole('button', { name: say('取消', 'Cancel') }).click()
  expect(await copiesOf(other, 'Between ourselves')).toBe(1)

  await recallOpened(page, say)
  expect([await copiesOf(other, 'Between ourselves'), await copiesOf(reader, 'Between ourselves')]).toEqual([0, 1])
  await expect(page.getByText(say('已读，保留', 'Already read, left'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await until(async () => (await copiesOf(other, 'notice.')) === 1, 30_000)
  const withdrawals = async (of: Person) => (await auditOf(of.address)).filter(({ operation }) => operation === 'sent.withdraw').length
  expect([await withdrawals(other), await withdrawals(reader)]).toEqual([1, 1])
  const recalls = await sql`select 1 from recalls where mailbox = ${person.address}`
  expect(recalls).toHaveLength(1)
})

test('T43 a planted or reused Message-ID takes nothing that came from another', async ({ page, person, say }) => {
  const secret = await signInToSend(page, person)
  const victim = await newPerson()
  const messageId = `<${crypto.randomUUID()}@elsewhere.example>`
  const theirs = newSubject()
  await mailFromOutside({ from: 'zhao@elsewhere.example', to: [victim.address], subject: theirs, text: 'Of another.', messageId })
  await until(async () => (await copiesOf(victim, 'Of another')) === 1, 30_000)
  const id = await until(async () => {
    const [row] = await sql<{ id: string }[]>`select queue_id as id from trace_recipients where mailbox = ${victim.address}`
    return row?.id
  }, 30_000)
  const refused = await page.request.post(`/api/v1/mailboxes/me/sent/${id}/recall`, { headers: ownOrigin, data: {} })
  expect(refused.status()).toBe(404)

  const subject = newSubject()
  await sendAs(person, secret, { to: [victim], subject, messageId })
  await arrives(await idOf(subject, person.address), 1)
  await open(page, subject)
  await recallOpened(page, say)
  expect([await copiesOf(victim, 'Between ourselves'), await copiesOf(victim, 'Of another')]).toEqual([0, 1])
})

test('What was never sent is said so, and so is what is not found', async ({ page, person, say }) => {
  await signIn(page, person, '/sent')
  await expect(page.getByRole('heading', { name: say('没有发出的信', 'You sent nothing') })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.goto('/sent?search=no-such-letter')
  await expect(page.getByRole('heading', { name: say('没有符合的信', 'No match') })).toBeVisible()
})
