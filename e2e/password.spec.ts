import { expect, expectAccessible, expectFits, signIn, signInOnScreen, test } from './fixtures.ts'
import { auditOf } from './house.ts'

const NEW = '滇池的海鸥十一月回来看我们大家了'

test('A person changes the password, stays signed in here, and signs in with the new one', { tag: '@directory' }, async ({
  page,
  person,
  say,
}) => {
  await signIn(page, person, '/password')
  await expectAccessible(page)
  await expectFits(page)
  const fill = async (current: string, next: string) => {
    await page.getByLabel(say('现在的密码', 'Present password'), { exact: true }).fill(current)
    await page.getByLabel(say('新密码', 'New password'), { exact: true }).fill(next)
    await page.getByLabel(say('再输入一次', 'Once more')).fill(next)
    await page.getByRole('button', { name: say('修改密码', 'Change password'), exact: true }).click()
  }
  await fill('not my password', NEW)
  await expect(page.getByText(say('这不是你现在的密码', 'That is not your present password'))).toBeVisible()
  await expectAccessible(page)
  await fill(person.password, 'christopher1234')
  await expect(page.getByText(say('在攻击者最先尝试的名单上', 'on lists that attackers try first'))).toBeVisible()
  await fill(person.password, NEW)
  await expect(page.getByRole('heading', { name: say('密码已修改', 'Password changed') })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.goto('/overview')
  expect(new URL(page.url()).pathname).toBe('/overview')
  const audit = await auditOf(person.address)
  expect(audit.map(({ operation, outcome, code }) => `${operation} ${code ?? outcome}`)).toEqual(
    expect.arrayContaining(['password.change password_wrong', 'password.change password_common', 'password.change done']),
  )
  expect(JSON.stringify(audit)).not.toContain(NEW)

  await page.context().clearCookies()
  await signInOnScreen(page, { login: person.login, password: NEW })
})

test('What is typed is judged while it is typed', async ({ page, person, say }) => {
  await signIn(page, person, '/password')
  const next = page.getByLabel(say('新密码', 'New password'), { exact: true })
  await next.fill('short')
  await expect(page.getByText(say('还差10个字符', '10 more to go'))).toBeVisible()
  await next.fill(NEW)
  await expect(page.getByText(say('现在16个', '16 now'))).toBeVisible()
  await expect(page.getByText(say('强', 'Strong'), { exact: false }).first()).toBeVisible()
  await page
    .getByRole('button', { name: say('显示密码', 'Show password') })
    .nth(1)
    .click()
  await expect(next).toHaveAttribute('type', 'text')
})

test('T18 somebody whose sign-in is old signs in once more before a change', async ({ page, person, say }) => {
  await signIn(page, person, '/password')
  const { sql } = await import('./house.ts')
  await sql`update sessions set auth_time = now() - interval '11 minutes' where mailbox = ${person.address}`
  await page.getByLabel(say('现在的密码', 'Present password'), { exact: true }).fill(person.password)
  await page.getByLabel(say('新密码', 'New password'), { exact: true }).fill(NEW)
  await page.getByLabel(say('再输入一次', 'Once more')).fill(NEW)
  await page.getByRole('button', { name: say('修改密码', 'Change password'), exact: true }).click()
  await expect(page.getByText(say('再登录一次', 'sign in with the university once more')).first()).toBeVisible()
  await expectAccessible(page)
})
