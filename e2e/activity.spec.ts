import { readFile } from 'node:fs/promises'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { ownOrigin } from './house.ts'

const switchTo = (page: import('@playwright/test').Page, on: boolean) =>
  page.request.post('/api/v1/mailboxes/me/app-passwords/switch', { headers: ownOrigin, data: { on } })

test('Everything done to the account is there, with its reference, and can be taken along', async ({ page, person, say }) => {
  await signIn(page, person)
  const refused = await switchTo(page, true)
  expect(refused.status()).toBe(409)
  const { reference } = await refused.json()
  await page.goto('/activity')
  await expectAccessible(page)
  await expectFits(page)
  await expect(page.locator('main')).toContainText(reference)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: say('导出CSV', 'Export CSV') }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  expect(csv.startsWith('\uFEFF')).toBe(true)
  expect(csv).toContain(reference)
  expect(csv.split('\r\n').length).toBeGreaterThan(2)
})

test('Older entries come by a button', async ({ page, person, say }) => {
  await signIn(page, person)
  for (let time = 0; time < 55; time++) await switchTo(page, true)
  await page.goto('/activity')
  const rows = page.locator('main').getByText(/^ph_/)
  await expect(rows).toHaveCount(50)
  await page.getByRole('button', { name: say('更早', 'Show older') }).click()
  await expect.poll(() => rows.count()).toBeGreaterThan(50)
})
