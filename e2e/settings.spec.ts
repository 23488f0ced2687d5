import { randomInt } from 'node:crypto'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { demo, newPerson, sql } from './house.ts'

const ADMIN = ['members', 'mail-admins']

test('What an administrator sets counts on other pages without a restart, and is set back', async ({ page, browser, say, viewport }) => {
  test.skip((viewport?.width ?? 0) < 720, 'the house has one name and one helpdesk')
  const own = await browser.newContext({ locale: say('zh-CN', 'en-GB'), baseURL: demo.url })
  const stranger = await own.newPage()
  const admin = await newPerson(ADMIN)
  await signIn(page, admin, '/desk/settings')
  await expect(page.getByRole('heading', { level: 1, name: say('策略', 'Policy') })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  const name = page.getByLabel(say('中文站名', 'Name in English'), { exact: true })
  const before = await name.inputValue()
  const save = page.getByRole('button', { name: say('保存站名', 'Save names') })
  await name.fill('驿'.repeat(41))
  await save.click()
  await expect(page.getByText(say('填一行，最多40个字符', 'Write one line of 40 characters at most'))).toBeVisible()
  // Without digits: texts carry the name, and other tests look for codes in them.
  await name.fill(`驿站${String.fromCharCode(...Array.from({ length: 6 }, () => randomInt(97, 123)))}`)
  const now = await name.inputValue()
  await save.click()
  await expect(page.getByText(say('已保存，立即生效', 'Saved; it counts at once')).first()).toBeVisible()
  await stranger.goto('/sign-in')
  await expect(stranger.getByText(now).first()).toBeVisible()

  const row = page.getByRole('row').filter({ hasText: now })
  await expect(row).toContainText(admin.address)
  await row.getByRole('button').click()
  await expect(name).toHaveValue(before)
  await stranger.reload()
  await expect(stranger.getByText(now)).toHaveCount(0)

  await page
    .getByRole('navigation', { name: say('设置', 'Settings'), exact: true })
    .getByRole('link', { name: say('联系方式', 'Contacts') })
    .click()
  const hours = page.getByLabel(say('服务时间（中文）', 'Hours, in English'))
  const usual = await hours.inputValue()
  await hours.fill(say('每天7点到23点', 'Daily, 7 to 23'))
  await expectAccessible(page)
  await page.getByRole('button', { name: say('保存', 'Save') }).click()
  await expect(page.getByText(say('已保存，各页已更新', 'Saved; every page shows it')).first()).toBeVisible()
  await stranger.goto('/help')
  await expect(stranger.getByText(say('每天7点到23点', 'Daily, 7 to 23')).first()).toBeVisible()
  await hours.fill(usual)
  await page.getByRole('button', { name: say('保存', 'Save') }).click()
  await expect.poll(async () => (await sql`select hours_zh, hours_en from site_contacts`)[0]?.[say('hours_zh', 'hours_en')]).toBe(usual)
  await own.close()
})

test('T45 a role is asked for by one administrator, approved by another, and gone at the next step once it is taken away', async ({
  page,
  browser,
  say,
}) => {
  const group = `e2e-audit-${Date.now().toString(36)}-${randomInt(10 ** 6)}`
  const [one, two, auditor] = [await newPerson(ADMIN), await newPerson(ADMIN), await newPerson(['members', group])]
  const [role, reason] = [say('审计员', 'Auditor'), say('审计处来函', 'Asked for by internal audit')]
  await signIn(page, one, '/desk/settings/roles')
  await page.getByLabel(say('角色', 'Role'), { exact: true }).selectOption({ label: role })
  await page.getByLabel(say('组', 'Group'), { exact: true }).fill(group)
  await page.getByLabel(say('事由', 'Reason'), { exact: true }).fill(reason)
  await page.getByRole('button', { name: say('提出', 'Ask for it'), exact: true }).click()
  const asked = page.locator('main').getByRole('listitem').filter({ hasText: group })
  await expect(asked).toContainText(say('由另一名管理员批准', 'another administrator approves it'))
  await expect(asked.getByRole('button', { name: say('批准', 'Approve'), exact: true })).toHaveCount(0)
  await expectAccessible(page)
  await expectFits(page)

  const context = await browser.newContext({ locale: say('zh-CN', 'en-GB'), baseURL: demo.url })
  const theirs = await context.newPage()
  await signIn(theirs, auditor)
  expect((await theirs.request.get('/desk/dashboard')).status()).toBe(404)
  const second = await browser.newContext({ locale: say('zh-CN', 'en-GB'), baseURL: demo.url })
  const other = await second.newPage()
  await signIn(other, two, '/desk/settings/roles')
  const waiting = other.locator('main').getByRole('listitem').filter({ hasText: group })
  await expect(waiting).toContainText(reason)
  await waiting.getByRole('button', { name: say('批准', 'Approve'), exact: true }).click()
  await expect(other.getByRole('row').filter({ hasText: group }).first()).toContainText(say('在这里授予', 'Granted here'))
  await second.close()

  await theirs.context().clearCookies()
  await signIn(theirs, auditor, '/desk/dashboard')
  await expect(theirs.getByText(say('你在以审计员身份工作', 'You are working as auditor'))).toBeVisible()

  await page.reload()
  await page.getByRole('button', { name: say(`从“${group}”收回审计员`, `Take Auditor from “${group}”`) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('事由', 'Reason')).fill(say('审计结束', 'The audit is over'))
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('收回', 'Take away') }).click()
  await expect(dialog).toHaveCount(0)
  expect((await theirs.request.get('/desk/dashboard')).status()).toBe(404)
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: group })
      .filter({ hasText: say('审计结束', 'The audit is over') }),
  ).toContainText(one.address)
  await context.close()
})

test('An announcement is written in both languages, seen as it will be, planned, and ended', async ({ page, say }) => {
  const number = randomInt(10 ** 6)
  await signIn(page, await newPerson(ADMIN), '/desk/settings/announcements')
  await page.getByRole('button', { name: say('发布公告', 'Announce') }).click()
  await page.getByText(say('预告', 'Announced'), { exact: true }).click()
  await page.getByLabel(say('标题（中文）', 'Title, in Chinese')).fill(`周末升级邮件系统${number}`)
  await page.getByLabel(say('标题（英文）', 'Title, in English')).fill(`Upgrade ${number} at the weekend`)
  await expect(page.getByText(`Upgrade ${number} at the weekend`)).toBeVisible()
  // A later one, that no other test sees.
  await page.getByLabel(say('开始', 'Start'), { exact: true }).fill('2035-01-06T08:00')
  const end = page.getByLabel(say('结束', 'End'), { exact: true })
  await end.fill('2035-01-06T07:00')
  const announce = page.getByRole('button', { name: say('发布', 'Announce it'), exact: true })
  await announce.click()
  await expect(page.getByText(say('要晚于开始', 'It has to be after the start'))).toBeVisible()
  await expectAccessible(page)
  await end.fill('2035-01-06T12:00')
  await announce.click()
  const title = say(`周末升级邮件系统${number}`, `Upgrade ${number} at the weekend`)
  const row = page.getByRole('row').filter({ hasText: title })
  await expect(row).toContainText(say('尚未开始', 'Planned'))
  await expectAccessible(page)
  await row.getByRole('button', { name: say(`现在结束“${title}”`, `End “${title}” now`) }).click()
  await expect(row.first()).toContainText(say('已结束', 'Over'))
})
