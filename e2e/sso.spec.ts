import { answerProvider, expect, expectAccessible, expectFits, signIn, signInOnScreen, test } from './fixtures.ts'
import { auditOf, demo, newPerson, ownOrigin, sql } from './house.ts'

const COOKIE = 'posthouse'

test('A person signs in, sees the session, ends another, and signs out here and at the provider', async ({
  page,
  person,
  browser,
  say,
}) => {
  await page.goto('/sign-in')
  await expectAccessible(page)
  await expectFits(page)
  await signInOnScreen(page, person)
  const elsewhere = await browser.newContext({ baseURL: demo.url })
  const other = await elsewhere.newPage()
  await signIn(other, person)

  await page.goto('/sso')
  await expectAccessible(page)
  await expectFits(page)
  await expect(page.getByText(say('当前会话', 'This session')).first()).toBeVisible()
  await page
    .getByRole('button', { name: new RegExp(`^${say('结束', 'End')}`) })
    .last()
    .click()
  const confirm = page.getByRole('alertdialog').getByRole('button', { name: say('结束', 'End'), exact: true })
  if (await confirm.isVisible().catch(() => false)) await confirm.click()
  await expect.poll(async () => (await sql`select from sessions where mailbox = ${person.address} and ended_at is null`).length).toBe(1)
  await other.goto('/overview')
  await other.waitForURL(/\/sign-in\?reason=ended/)
  await elsewhere.close()

  await page.goto('/overview')
  if (await page.locator('summary').isVisible()) await page.locator('summary').click()
  await page.locator('form[action="/api/auth/sign-out"] button:visible').first().click()
  await page.waitForURL(/\/signed-out/)
  await page.goto('/overview')
  await page.waitForURL(/\/sign-in/)
  await page.locator('form[action="/api/auth/start"] button').first().click()
  // The provider has ended its session too: it asks for the password.
  await expect(page.locator('input[type="password"]')).toBeVisible()
})

test('T15 a session id set before the sign-in is dead after it, and the id is stored hashed', async ({ page, person, context }) => {
  await signIn(page, person)
  const [before] = (await context.cookies()).filter(({ name }) => name === COOKIE)
  expect(before?.httpOnly).toBe(true)
  expect(before?.sameSite).toBe('Lax')
  await page.goto('/sign-in')
  await page.locator('form[action="/api/auth/start"] button').first().click()
  await page.waitForURL('**/overview')
  const [after] = (await context.cookies()).filter(({ name }) => name === COOKIE)
  expect(after?.value).not.toBe(before?.value)
  const stale = await page.request.get('/api/v1/mailboxes/me/sessions', { headers: { cookie: `${COOKIE}=${before?.value}` } })
  expect(stale.status()).toBe(401)
})

test('T16 the state cookie of a sign-in under way is no session', async ({ page, context, playwright }) => {
  await page.goto('/sign-in')
  await page.locator('form[action="/api/auth/start"] button').first().click()
  await page.locator('input[type="password"]').waitFor()
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('next-auth'))
  expect(cookies.length).toBeGreaterThan(0)
  const api = await playwright.request.newContext({ baseURL: demo.url })
  for (const { value } of cookies) {
    const answer = await api.get('/api/v1/mailboxes/me/sessions', { headers: { cookie: `${COOKIE}=${value}` } })
    expect(answer.status()).toBe(401)
  }
  await api.dispose()
})

test('T18 a sign-in of long ago is not enough for a new number; the provider asks again and leads back', async ({ page, person, say }) => {
  await signIn(page, person)
  await sql`update sessions set auth_time = now() - interval '11 minutes' where mailbox = ${person.address}`
  const refused = await page.request.post('/api/v1/mailboxes/me/phone/codes', { headers: ownOrigin, data: { number: person.phone } })
  expect(refused.status()).toBe(403)
  expect((await refused.json()).code).toBe('step_up_required')

  await page.goto('/phone')
  await page.getByLabel(say('手机号', 'Mobile number'), { exact: true }).fill(person.phone)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await page.locator('form[action="/api/auth/start"] button:visible').first().click()
  await answerProvider(page, person)
  await page.waitForURL(/\/phone/)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await expect(page.getByLabel(say('6位验证码', '6-digit code'))).toBeVisible()
})

test('A wrong password is said so by the provider; nobody is signed in', async ({ page, person }) => {
  await page.goto('/sign-in')
  await page.locator('form[action="/api/auth/start"] button').first().click()
  await answerProvider(page, { ...person, password: 'not-the-password' })
  await expect(page.locator('input[type="password"]')).toBeVisible()
  expect(await auditOf(person.address)).toEqual([])
})

test('Roles come from the groups', async ({ page }) => {
  const agent = await newPerson(['members', 'helpdesk'])
  await signIn(page, agent)
  const [row] = await sql`select roles from sessions where mailbox = ${agent.address}`
  expect(row?.roles).toEqual(['agent'])
})
