import type { Page } from '@playwright/test'
import { haveBoundPhone } from './errands.ts'
import { answerProvider, expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, type Person, sql, until } from './house.ts'
import { loseMails, mailsIn } from './mail-client.ts'

let serial = 0
const newSubject = (word: string) => `${word} ${Date.now().toString(36)}-${++serial}`

const rowOf = (page: Page, subject: string) => page.getByRole('row').filter({ hasText: subject })
/** Pressed again where the page was drawn and did not work yet. */
async function choose(page: Page, subject: string) {
  const box = rowOf(page, subject).getByRole('checkbox')
  await expect(async () => {
    if (!(await box.isChecked())) await box.press('Space')
    await expect(box).toBeChecked({ timeout: 1_000 })
  }).toPass()
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const copiesOf = async (person: Person, subject: string, folder: string) =>
  (await mailsIn(person, folder)).filter((raw) => raw.includes(Buffer.from(subject)))

test('Mail that a mail client deleted, at once or through Trash, is back in its folder, once and byte for byte', async ({
  page,
  person,
  say,
}) => {
  const [direct, trashed, left] = [newSubject('direct'), newSubject('trashed'), newSubject('left')] as const
  const lost = await loseMails(person, [direct, left], { folder: 'INBOX', way: 'expunge' })
  const [raw] = await loseMails(person, [trashed], { folder: '项目/滇池 50%', way: 'trash' })
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await page.goto('/restore')
  await expect(rowOf(page, direct)).toContainText(say('收件箱', 'Inbox'))
  await expect(rowOf(page, trashed)).toContainText('项目/滇池 50%')
  if (demo.mailCore === 'real') {
    const named = async () => {
      await page.reload()
      return (await rowOf(page, direct).textContent({ timeout: 5_000 }))?.includes('Thunderbird')
    }
    if ((page.viewportSize()?.width ?? 0) > 720) await until(named, 30_000)
  }
  await expectAccessible(page)
  await expectFits(page)

  await choose(page, direct)
  await choose(page, trashed)
  await expect(page.getByText(say('恢复后', 'afterwards'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await press(page, say('恢复2封', 'Restore 2'))
  await expect(page.getByRole('heading', { name: say('2封已放回原处', '2 messages are back') })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  expect(await copiesOf(person, direct, 'INBOX')).toEqual([lost[0]])
  expect(await copiesOf(person, trashed, '项目/滇池 50%')).toEqual([raw])
  expect(await copiesOf(person, left, 'INBOX')).toEqual([])

  await press(page, say('回到列表', 'Back to the list'))
  await expect(rowOf(page, left)).toBeVisible()
  await expect(rowOf(page, direct)).toHaveCount(0)
  const audit = await auditOf(person.address)
  expect(audit.map(({ operation, outcome }) => `${operation} ${outcome}`)).toContain('restore.start done')
})

test('All of a search is restored, over all its pages, while the page shows how far it is', async ({ page, person, say }) => {
  const word = newSubject('batch').replaceAll(' ', '-')
  const other = newSubject('other')
  await loseMails(
    person,
    Array.from({ length: 60 }, (_, n) => `${word} number ${n}`),
    { folder: '会议', way: 'expunge' },
  )
  await loseMails(person, [other], { folder: 'INBOX', way: 'expunge' })
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await page.goto('/restore')
  await page.getByLabel(say('按发件人、主题或文件夹查找', 'Find by sender, subject or folder')).fill(word)
  await page.waitForURL(/[?&]text=/)
  await expect(rowOf(page, other)).toHaveCount(0)
  await expect(page.getByRole('row').filter({ hasText: word })).toHaveCount(50)
  await rowOf(page, word).first().getByRole('checkbox').press('Space')
  await press(page, say('选择搜索结果中的全部60封', 'Select all 60 of this search'))
  await expect(page.getByText(say('已选搜索结果中的全部60封', 'All 60 of this search selected'))).toBeVisible()
  await expectFits(page)
  await press(page, say('恢复60封', 'Restore 60'))
  await expect(page.getByRole('heading', { name: say('60封已放回原处', '60 messages are back') })).toBeVisible()
  expect(await copiesOf(person, word, '会议')).toHaveLength(60)
  expect(await copiesOf(person, other, 'INBOX')).toEqual([])
})

test('Without a phone the page has one next step', async ({ page, person, say }) => {
  await signIn(page, person, '/restore')
  await expectAccessible(page)
  await expectFits(page)
  await page
    .locator('main')
    .getByRole('link', { name: say('绑定手机', 'Bind a phone') })
    .click()
  await page.waitForURL('**/phone')
})

test('T18 somebody whose sign-in is old signs in once more, and finds what was selected', async ({ page, person, say }) => {
  const subject = newSubject('wanted')
  await loseMails(person, [subject], { folder: 'INBOX', way: 'expunge' })
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await sql`update sessions set auth_time = now() - interval '11 minutes' where mailbox = ${person.address}`
  await page.goto('/restore')
  await choose(page, subject)
  await press(page, say('恢复1封', 'Restore 1'))
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(say('再登录一次', 'Sign in once more'))
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('重新登录确认', 'Sign in to confirm') }).click()
  await answerProvider(page, person)
  await page.waitForURL('**/restore')
  await expect(rowOf(page, subject).getByRole('checkbox')).toBeChecked()
  await press(page, say('恢复1封', 'Restore 1'))
  await expect(page.getByRole('heading', { name: say('1封已放回原处', '1 message is back') })).toBeVisible()
  expect(await copiesOf(person, subject, 'INBOX')).toHaveLength(1)
})

test('Where nothing was deleted, and where nothing fits, the page says so', async ({ page, person, say }) => {
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await page.goto('/restore')
  await expect(page.getByText(say('近7天没有删除过邮件', 'No mail was deleted in the last 7 days'))).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel(say('按发件人、主题或文件夹查找', 'Find by sender, subject or folder')).fill('nothing like it')
  await expect(page.getByText(say('没有符合的邮件', 'No message fits'))).toBeVisible()
  await press(page, say('清除条件', 'Clear the filters'))
  await expect(page.getByText(say('近7天没有删除过邮件', 'No mail was deleted in the last 7 days'))).toBeVisible()
})

test('Much mail deleted at once is told on the overview and on the page, and can be looked at alone', async ({ page, say }) => {
  const zhang = demo.accounts.find(({ address }) => address.startsWith('zhang.wei@'))
  if (!zhang) throw new Error('the demo has no Zhang Wei')
  await until(async () => (await sql`select from mass_deletions where mailbox = ${zhang.address}`).length > 0, 90_000)
  await signIn(page, { login: 'zhang.wei', password: zhang.password })
  await expect(page.locator('main')).toContainText(say('一次删除了240封邮件', '240 messages were deleted at once'))
  await page.goto('/restore')
  await expect(page.getByText(say('iPhone Mail一次删除了240封', 'iPhone Mail deleted 240 messages at once'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await press(page, say('只看这批', 'Show only these'))
  await page.waitForURL(/from=.*until=/)
  await expect(page.getByText(say('本页50封', '50 on this page'))).toBeVisible()
  await expectFits(page)
})
