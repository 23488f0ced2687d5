import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, type Person, sql } from './house.ts'

type Say = (zh: string, en: string) => string

const rowOf = (page: Page, sender: string) => page.getByRole('row').filter({ hasText: sender })
const field = (page: Page, say: Say) => page.getByLabel(say('发件人的地址或域', 'Address or domain of the sender'))

async function put(page: Page, sender: string, verdict: 'allow' | 'block', say: Say): Promise<void> {
  await field(page, say).fill(sender)
  const name = verdict === 'allow' ? say('允许', 'Allow') : say('屏蔽', 'Block')
  const button = page.getByRole('button', { name, exact: true })
  const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/sender-lists'))
  await button.click()
  await answered
  // While it is busy it is called otherwise, and takes no other click.
  await expect(button).toBeVisible()
}

/** What the filter asks for the next message. */
async function verdictFor({ address }: Person, ...senders: string[]): Promise<string | null> {
  const [row] = await sql<{ verdict: string }[]>`select verdict from sender_rule(${address}, ${senders})`
  return row?.verdict ?? null
}

test('A person blocks a domain, allows one of its addresses, sees why, and takes it back', async ({ page, person, say }) => {
  await signIn(page, person, '/sender-lists')
  await expectAccessible(page)
  await expectFits(page)

  await put(page, 'Spam.example', 'block', say)
  await expect(rowOf(page, '@spam.example')).toContainText(say('屏蔽', 'Blocked'))
  expect(await verdictFor(person, 'anybody@spam.example')).toBe('block')
  await expect(field(page, say)).toBeFocused()
  await put(page, 'billing@spam.example', 'allow', say)
  await expect(rowOf(page, 'billing@spam.example')).toContainText(say('你屏蔽了@spam.example', 'although you block @spam.example'))
  expect(await verdictFor(person, 'billing@spam.example')).toBe('allow')
  await expectAccessible(page)
  await expectFits(page)

  await page.getByLabel(say('谁的来信', 'Mail from'), { exact: true }).fill('other@spam.example')
  await page.getByRole('button', { name: say('查', 'Check'), exact: true }).click()
  await expect(page.getByText(say('other@spam.example的来信屏蔽', 'Mail from other@spam.example is blocked'))).toBeVisible()

  await rowOf(page, 'billing@spam.example')
    .getByRole('button', { name: say('移出', 'Remove') })
    .click()
  await expect(rowOf(page, 'billing@spam.example')).toHaveCount(0)
  expect(await verdictFor(person, 'billing@spam.example')).toBe('block')
  await page.getByRole('button', { name: say('撤销', 'Undo') }).click()
  await expect(rowOf(page, 'billing@spam.example')).toBeVisible()
  expect(await verdictFor(person, 'billing@spam.example')).toBe('allow')

  const audit = await auditOf(person.address)
  expect(
    audit.filter(({ operation }) => operation.startsWith('sender-lists')).map(({ operation, outcome }) => `${operation} ${outcome}`),
  ).toEqual(['sender-lists.put done', 'sender-lists.put done', 'sender-lists.remove done', 'sender-lists.put done'])
})

test('T27 what may not stand on a list is refused where it was typed, with its reason', async ({ page, person, say }) => {
  await signIn(page, person, '/sender-lists')
  for (const [sender, verdict, reason] of [
    ['*@*', 'block', say('不用*', 'without *')],
    ['@com.cn', 'block', say('注册的那一级', 'as it is registered')],
    ['dean@yunling.example', 'allow', say('冒充同事', 'A forger could pose')],
    [person.address, 'block', say('你自己的地址', 'your own address')],
    ['no-reply@yunling.example', 'block', say('安全通知', 'Security notices come from')],
  ] as const) {
    await put(page, sender, verdict, say)
    await expect(field(page, say)).toHaveAccessibleDescription(new RegExp(reason.replace('*', '\\*')))
    await expect(field(page, say)).toHaveValue(sender)
  }
  await expectAccessible(page)
  await expectFits(page)
  expect(await sql`select from sender_rules where mailbox = ${person.address}`).toHaveLength(0)
})

test('A list is brought along after a look at what would change, and taken away as a file that comes back as it was', async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person, '/sender-lists')
  await put(page, 'turned@x.example', 'block', say)
  await expect(rowOf(page, 'turned@x.example')).toBeVisible()
  await page.getByRole('button', { name: say('导入', 'Import'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('粘贴发件人', 'Paste senders')).fill('赵伟 <zhao@x.example>; turned@x.example\n*@y.example')
  await dialog.getByRole('radio', { name: say('允许', 'Allowed') }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('看看变化', 'See what changes') }).click()
  await expect(dialog.getByRole('row').filter({ hasText: '*@y.example' })).toContainText(
    say('整个域写成@域名', 'a whole domain is written @domain'),
  )
  await expectAccessible(page)
  await expectFits(page)
  await dialog.getByRole('button', { name: say('把2条放进名单', 'Put 2 senders on the list') }).click()
  await expect(dialog).toHaveCount(0)
  await expect(rowOf(page, 'zhao@x.example')).toContainText(say('允许', 'Allowed'))
  await expect(rowOf(page, 'turned@x.example')).toContainText(say('允许', 'Allowed'))

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: say('导出CSV', 'Export CSV') }).click()
  const file = await (await download).path()
  expect(await readFile(file, 'utf8')).toContain('zhao@x.example')
  await sql`delete from sender_rules where mailbox = ${person.address}`
  await page.reload()
  await expect(page.getByText(say('名单还是空的', 'Nothing on your list'))).toBeVisible()
  await page.getByRole('button', { name: say('导入', 'Import'), exact: true }).click()
  await dialog
    .getByLabel(say('或选一个文件', 'Or choose a file'))
    .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: await readFile(file) })
  await dialog.getByRole('button', { name: say('看看变化', 'See what changes') }).click()
  await dialog.getByRole('button', { name: say('把2条放进名单', 'Put 2 senders on the list') }).click()
  await expect(rowOf(page, 'zhao@x.example')).toContainText(say('允许', 'Allowed'))
})

test('A long list is searched, and what was found is taken off together', async ({ page, person, say }) => {
  for (let n = 0; n < 300; n++) {
    const sender = `${n % 3 ? 'news' : 'offer'}${n}@x${n % 10}.example`
    await sql`insert into sender_rules (mailbox, sender, verdict) values (${person.address}, ${sender}, ${n % 2 ? 'allow' : 'block'})`
  }
  await signIn(page, person, '/sender-lists')
  await expect(page.getByRole('row')).toHaveCount(301)
  await expectFits(page)
  await page.getByRole('radio', { name: say('允许', 'Allowed') }).check()
  await expect(page.getByRole('row')).toHaveCount(151)
  await page.getByLabel(say('在名单里查找', 'Find in the list')).fill('offer')
  await expect(page.getByRole('row')).toHaveCount(51)
  await page.getByRole('button', { name: say('移出找到的50条', 'Remove the 50 found') }).click()
  await expect(page.getByText(say('名单里没有找到', 'Not on your list'))).toBeVisible()
  await page.getByRole('button', { name: say('看全部', 'Show all') }).click()
  await expect(page.getByRole('row')).toHaveCount(251)
})
