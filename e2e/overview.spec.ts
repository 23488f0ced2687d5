import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { demo, sql } from './house.ts'

test('The overview names what needs attention, each with one next step', async ({ page, person, say }) => {
  await signIn(page, person)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.name)
  await expect(page.locator('main').getByText(person.address).first()).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page
    .locator('main')
    .getByRole('link', { name: say('绑定手机', 'Bind a phone') })
    .first()
    .click()
  await page.waitForURL('**/phone')
})

test('With data: newest mail, expiring app password, quota', async ({ page, say }) => {
  const zhang = demo.accounts.find(({ address }) => address.startsWith('zhang.wei@'))
  if (!zhang) throw new Error('the demo has no Zhang Wei')
  await signIn(page, { login: 'zhang.wei', password: zhang.password })
  await expect(page.getByText(say('办公室Outlook', '办公室Outlook')).first()).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'GitHub' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
})

test('An unusual sign-in is asked about, and "not me" ends it', async ({ page, person, say }) => {
  await signIn(page, person)
  await sql`
    insert into sessions (mailbox, sid_hash, name, iss, sub, ip, network, user_agent, unusual)
    values (${person.address}, decode(md5(random()::text), 'hex'), 'x', 'x', 'x', '203.0.113.9', '203.0.113.0/24', 'curl/8', true)`
  await page.goto('/sso')
  await page
    .getByRole('button', { name: new RegExp(`^${say('不是我', 'Not me')}`) })
    .first()
    .click()
  await expect(page.getByText(say('登录的会话已结束', 'has ended'))).toBeVisible()
  const [row] = await sql`select end_reason from sessions where mailbox = ${person.address} and ip = '203.0.113.9'`
  expect(row?.end_reason).toBe('security')
})
