import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { newPerson, sql } from './house.ts'

const ADMIN = ['members', 'mail-admins']

test('An administrator makes a token, another system calls with it, and revoked it opens nothing', async ({ page, say }) => {
  const admin = await newPerson(ADMIN)
  await signIn(page, admin, '/desk/tokens')
  const name = `Service desk ${Date.now().toString(36)}`
  await page.getByRole('button', { name: say('生成令牌', 'Make a token') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: say('生成', 'Make the token') }).click()
  await expect(dialog.getByText(say('至少选一项', 'Choose one at least'))).toBeVisible()
  await dialog.getByRole('textbox', { name: say('名称', 'Name') }).fill(name)
  await dialog.getByRole('checkbox', { name: say('看板数字', 'Figures') }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: say('生成', 'Make the token') }).click()
  await expect(dialog.getByText(say('只显示这一次', 'shown this once'))).toBeVisible()
  const secret = ((await dialog.locator('.ui-secret').textContent()) ?? '').trim()
  expect(secret).toMatch(/^phk_[\w-]{43}$/)
  await expectAccessible(page)
  await expectFits(page)
  await dialog.getByRole('button', { name: say('已经存好', 'I have saved it') }).click()

  const row = page.getByRole('row').filter({ hasText: name })
  await expect(row).toContainText(say('没有用过', 'Never'))
  const call = (path: string) => page.request.get(`/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await call('/figures?period=day')).status()).toBe(200)
  expect((await call('/requests')).status()).toBe(403)
  await page.reload()
  await expect(row).toContainText('127.0.0.1')
  await expectAccessible(page)
  await expectFits(page)

  await row.getByRole('button', { name: say('撤销', 'Revoke') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('撤销', 'Revoke'), exact: true })
    .click()
  // Behind the question the list is hidden: it says nothing until that is closed.
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(row).toHaveCount(0)
  expect((await call('/figures?period=day')).status()).toBe(401)
  const written = await sql<{ operation: string }[]>`
    select operation from audit_log where actor_id = ${admin.address} and operation ~ '^tokens[.](create|revoke)' and outcome = 'done' order by seq`
  expect(written.map(({ operation }) => operation)).toEqual(['tokens.create', 'tokens.revoke'])
})

test('T46 only an administrator finds tokens and webhooks', async ({ page }) => {
  await signIn(page, await newPerson(['members', 'helpdesk', 'helpdesk-leads', 'mail-audit']))
  for (const path of ['/desk/tokens', '/desk/webhooks']) expect([path, (await page.request.get(path)).status()]).toEqual([path, 404])
})
