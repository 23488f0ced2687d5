import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { newPerson, sql, until } from './house.ts'

const AGENT = ['members', 'helpdesk']

/** As it stands on the screen under a label. */
const figure = (text: string | null) => Number(/([\d,]+)/.exec(text ?? '')?.[1]?.replaceAll(',', ''))

test('A sign-in elsewhere changes the figure on the screen by itself; paused, nothing moves', async ({ page, browser, say }) => {
  await signIn(page, await newPerson(AGENT), '/desk/dashboard?period=day')
  await expect(page.getByRole('heading', { level: 1, name: say('看板', 'Dashboard') })).toBeVisible()
  await expect(page.getByText(say('你在以客服身份工作', 'You are working as agent'))).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  const signIns = page.locator('.ui-kpis a').first().locator('.ui-kpi-value')
  await expect(page.getByText(say('秒前更新', 's ago'))).toBeVisible()
  const before = figure(await signIns.textContent())

  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await signIn(other, await newPerson())
  await expect.poll(async () => figure(await signIns.textContent()), { timeout: 20_000 }).toBeGreaterThan(before)

  await page.getByRole('button', { name: say('暂停', 'Pause') }).click()
  await expect(page.getByText(say('已暂停', 'Paused'))).toBeVisible()
  const paused = await signIns.textContent()
  await signIn(other, await newPerson())
  await elsewhere.close()
  const counted = async () =>
    figure(
      String((await sql`select sum(value) from figures_hourly where figure = 'sign_ins' and hour > now() - interval '1 hour'`)[0]?.sum),
    )
  const known = await counted()
  await until(async () => (await counted()) >= known && (await audited()) === 0)
  expect(await signIns.textContent()).toBe(paused)
  await page.getByRole('button', { name: say('继续', 'Go on') }).click()
  await expect.poll(async () => figure(await signIns.textContent()), { timeout: 20_000 }).toBeGreaterThan(figure(paused))
})

/** How many entries of the audit have not been counted. */
const audited = async () => {
  const [row] = await sql<
    { left: number }[]
  >`select (h.seq - c.position)::int as left from audit_head h, figure_cursors c where c.source = 'audit'`
  return row?.left ?? -1
}

test('A period is chosen, a chart read as a table, a number followed to its list, and all of it saved', async ({ page, say }) => {
  const staff = await newPerson(AGENT)
  await signIn(page, staff, '/desk/dashboard')
  await page.getByRole('button', { name: say('看表格', 'As a table') }).click()
  await expect(page.getByRole('table', { name: say('今天每小时登录', 'Sign-ins per hour today') }).getByRole('row')).toHaveCount(25)

  await page.getByText(say('天', 'Day'), { exact: true }).click()
  await page.waitForURL(/period=day/)
  const file = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/\.csv$/)

  await page.locator('.ui-kpis a').first().click()
  await page.waitForURL(/\/desk\/dashboard\/sign_ins\?period=day/)
  await expect(page.getByRole('row').filter({ hasText: '***@yunling.example' }).first()).toBeVisible()
  await expect(page.getByText(staff.address)).toHaveCount(0)
  await expectAccessible(page)
  await expectFits(page)
  await page
    .getByRole('navigation', { name: say('看板', 'Dashboard') })
    .getByRole('link')
    .click()

  await page.goto('/desk/dashboard?period=week&from=2020-01-06')
  await expect(page.getByText(say('这段时间没有数字', 'There are no figures for this period'))).toBeVisible()
  await expect(page.getByText(say('这段时间已经过完', 'This period is over'))).toBeVisible()
})

test('When the worker stops counting, the page says since when', async ({ page, say }) => {
  await signIn(page, await newPerson(AGENT), '/desk/dashboard')
  await expect(page.getByText(say('秒前更新', 's ago'))).toBeVisible()
  // The worker of this house goes on, so it is caught between two of its counts.
  await expect(async () => {
    await sql`update figure_cursors set rolled_at = now() - interval '2 minutes'`
    await sql`select pg_notify('posthouse_figures', '')`
    await expect(page.getByText(say('没有更新', 'not updating'))).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expect(page.getByText(say('秒前更新', 's ago'))).toBeVisible({ timeout: 20_000 })
})

test('T46 a person without a role is not told that the desk exists', async ({ page, person, say }) => {
  await signIn(page, person)
  await expect(page.getByRole('link', { name: say('服务台', 'Helpdesk') })).toHaveCount(0)
  for (const path of ['/desk/dashboard', '/desk/dashboard/sign_ins', '/desk/dashboard/export', '/desk/dashboard/live'])
    expect([path, (await page.request.get(path)).status()]).toEqual([path, 404])
  expect((await page.request.get('/api/v1/figures')).status()).toBe(403)
})
