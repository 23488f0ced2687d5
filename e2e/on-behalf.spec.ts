import type { Page } from '@playwright/test'
import { haveAppPassword } from './errands.ts'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, newPerson, ownOrigin, sql, until } from './house.ts'
import { loseMails, mailFromOutside, mailsIn, SPAM } from './mail-client.ts'

const WHY = { zh: '本人来电要求', en: 'The owner asked for it on the phone' }
const TICKET = 'ITS-2026-00817'

let serial = 0
const newSubject = (word: string) => `${word} ${Date.now().toString(36)}-${++serial}`
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('T45 staff help a verified caller from the owner’s own lists, with a reason and a ticket that the owner reads, and see no text of a mail', async ({
  page,
  person,
  browser,
  say,
}) => {
  const owner = await browser.newContext({ baseURL: demo.url, locale: say('zh-CN', 'en-GB') })
  const home = await owner.newPage()
  await signIn(home, person)
  await haveAppPassword(home, person, 'Old phone')
  const [spam, lost] = [newSubject('spam'), newSubject('lost')]
  await mailFromOutside({ from: 'editor@ynwater-journal.example', to: [person.address], subject: spam, text: SPAM })
  await loseMails(person, [lost], { folder: 'INBOX', way: 'expunge' })
  await until(async () => (await sql`select from quarantine where mailbox = ${person.address} and state = 'held'`).length, 30_000)

  const agent = await newPerson(['members', 'helpdesk'])
  await signIn(page, agent, '/desk/requests')
  const { accounts } = await (await page.request.get(`/api/v1/accounts?query=${person.login}`)).json()
  const account = `/desk/helpdesk/${accounts[0].account}`
  const api = `/api/v1/accounts/${accounts[0].account}`
  const document = { kind: 'staff_card', ending: '1187' }
  await page.request.post(`${api}/verification`, { headers: ownOrigin, data: { method: 'document', document } })

  const give = async (confirm: string) => {
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText(person.address).first()).toBeVisible()
    await dialog.getByLabel(say(WHY.zh, WHY.en)).check()
    await dialog.getByLabel(say('工单号', 'Ticket number')).fill(TICKET)
    await dialog.getByRole('button', { name: confirm, exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }
  const look = async () => {
    await expectAccessible(page)
    await expectFits(page)
  }

  await page.goto(`${account}/received`)
  await rowOf(page, spam).getByRole('link').click()
  await expect(page.getByRole('heading', { name: spam })).toBeVisible()
  await expect(page.getByText(say('安全预览', 'Safe preview'))).toHaveCount(0)
  for (const name of [say('放行并允许此人', 'Release and allow'), say('只删除', 'Delete only')])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0)
  await look()
  await press(page, say('放行到收件箱', 'Release to inbox'))
  await page.getByRole('dialog').getByLabel(say('工单号', 'Ticket number')).fill('ITS-2026-482')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('放行', 'Release'), exact: true })
    .click()
  await expect(page.getByRole('dialog').getByText('ITS-2026-48213')).toBeVisible()
  await look()
  await give(say('放行', 'Release'))
  await until(async () => (await mailsIn(person)).some((raw) => raw.includes(Buffer.from(spam))), 30_000)

  const turnTo = async (list: string) => {
    const lists = page.getByRole('navigation', { name: say('账号的清单', 'Lists of the account') })
    await lists.getByRole('link', { name: list, exact: true }).click()
    await expect(page).toHaveTitle(new RegExp(list))
  }
  await turnTo(say('已删除的邮件', 'Deleted mail'))
  await rowOf(page, lost).getByRole('checkbox').press('Space')
  await look()
  await press(page, say('恢复1封', 'Restore 1'))
  await give(say('恢复', 'Restore'))
  await expect(page.getByRole('heading', { name: say('1封已放回原处', '1 message is back') })).toBeVisible({ timeout: 20_000 })

  await turnTo(say('授权密码', 'App passwords'))
  await expect(page.getByRole('button', { name: say('生成授权密码', 'Generate app password') })).toHaveCount(0)
  await look()
  await rowOf(page, 'Old phone').getByRole('button').click()
  await give(say('撤销', 'Revoke'))
  await expect(rowOf(page, 'Old phone')).toHaveCount(0)

  await turnTo(say('登录与会话', 'Sessions'))
  await look()
  await press(page, say('全部结束', 'End all'))
  await give(say('全部结束', 'End all'))
  await expect.poll(async () => (await home.request.get('/api/v1/mailboxes/me/sessions')).status()).toBe(401)

  await turnTo(say('发信', 'Sent'))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await look()
  await turnTo(say('操作记录', 'Activity'))
  await expect(page.getByText(TICKET).first()).toBeVisible()
  await look()
  const done = (await auditOf(person.address)).filter(({ outcome }) => outcome === 'done').map(({ operation }) => operation)
  for (const operation of ['received.release', 'restore.start', 'app-passwords.revoke', 'sso.end-others']) expect(done).toContain(operation)

  await page.request.delete(`${api}/verification`, { headers: ownOrigin })
  for (const list of ['received', 'sent', 'restore', 'app-passwords', 'sessions', 'activity'])
    expect((await page.request.get(`/api/v1/mailboxes/${accounts[0].account}/${list === 'restore' ? 'deleted' : list}`)).status()).toBe(403)
  await owner.close()
})
