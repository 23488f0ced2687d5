import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, newPerson, ownOrigin, sql } from './house.ts'

const AUDITOR = ['members', 'mail-audit']
const CHAIN = 4_747

/** Refused, since there is no phone: something to be found. */
async function leaveTrace(page: Page): Promise<string> {
  const refused = await page.request.post('/api/v1/mailboxes/me/app-passwords/switch', { headers: ownOrigin, data: { on: true } })
  return (await refused.json()).reference
}

test('An auditor finds what was done to an account, opens it, and takes it along; the owner sees that', async ({
  page,
  person,
  browser,
  say,
  locale,
}) => {
  const elsewhere = await browser.newContext({ locale })
  const owner = await elsewhere.newPage()
  await signIn(owner, person)
  const reference = await leaveTrace(owner)

  await signIn(page, await newPerson(AUDITOR), '/desk/audit')
  await page.getByLabel(say('账号', 'Account'), { exact: true }).fill('lin')
  await page.getByRole('button', { name: say('查看', 'Show'), exact: true }).click()
  await expect(page.getByText(say('写完整的地址', 'A whole address'))).toBeVisible()
  await page.getByLabel(say('账号', 'Account'), { exact: true }).fill(person.address)
  await page.getByLabel(say('结果', 'Outcome')).selectOption('refused')
  await page.getByRole('button', { name: say('查看', 'Show'), exact: true }).click()
  await page.waitForURL(/outcome=refused/)
  const table = page.getByRole('table', { name: say('审计', 'Audit') })
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(table).toContainText(reference)
  await expectAccessible(page)
  await expectFits(page)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: say('导出CSV', 'Export CSV') }).click()
  const csv = await readFile(await (await download).path(), 'utf8')
  expect(csv.startsWith('\uFEFF')).toBe(true)
  expect(csv.trimEnd().split('\r\n')).toHaveLength(2)
  expect(csv).toContain(reference)

  await page.getByRole('link', { name: reference }).click()
  await expect(page.getByRole('heading', { level: 1, name: say('想启用授权密码', 'Tried to switch app passwords on') })).toBeVisible()
  await expect(page.getByText('app-passwords.switch')).toBeVisible()
  await expect(page.getByText('phone_required')).toBeVisible()
  await expect(page.getByRole('table', { name: say('在审计链里', 'In the chain') }).getByRole('row')).toHaveCount(3)
  await expectAccessible(page)
  await expectFits(page)

  await owner.goto('/activity')
  await expect(owner.getByText(say('查看了审计里的一条记录', 'Looked at an entry of the audit'))).toBeVisible()
  await expect(owner.getByText(say('导出了审计', 'Exported the audit'))).toBeVisible()
  await elsewhere.close()
  expect((await auditOf(person.address)).map(({ operation }) => operation)).toEqual(
    expect.arrayContaining(['audit.list', 'audit.export', 'audit.show']),
  )
})

test('T47 what somebody changed in the database is named on the page, and gone when it is put back', async ({ page, person, say }) => {
  await signIn(page, person)
  const reference = await leaveTrace(page)
  await page.context().clearCookies()
  await signIn(page, await newPerson(AUDITOR), '/desk/audit')
  const verify = () => page.getByRole('button', { name: say('现在核验', 'Verify now') }).click()
  const [row] = await sql<{ seq: number; detail: string }[]>`
    select seq::int, detail from audit_log where reference = ${reference} and phase = 'outcome'`
  const { seq, detail } = row ?? { seq: 0, detail: '' }
  const place = seq.toLocaleString('en')

  // One chain for the whole house: who breaks it does so alone.
  const alone = await sql.reserve()
  await alone`select pg_advisory_lock(${CHAIN})`
  try {
    await sql`update audit_log set detail = '{"on":false}' where seq = ${seq}`
    await verify()
    const banner = page.getByRole('alert').filter({ hasText: say('审计链有1处断开', 'The chain is broken in 1 place') })
    await expect(banner).toContainText(say(`第${place}行被改过`, `Row ${place} was changed`), { timeout: 30_000 })
    await expectAccessible(page)
    await expectFits(page)
  } finally {
    await sql`update audit_log set detail = ${detail} where seq = ${seq}`
    await verify()
    await expect(page.getByText(say('审计链完整', 'The chain is whole'))).toBeVisible({ timeout: 30_000 })
    await alone`select pg_advisory_unlock(${CHAIN})`
    alone.release()
  }
})
