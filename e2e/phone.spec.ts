import { request } from '@playwright/test'
import { forgetTexts } from './errands.ts'
import { codeFor, expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, newPerson, ownOrigin, sql, until } from './house.ts'

test('A person changes the number with both codes, and the link in the notice puts the old one back', async ({ page, person, say }) => {
  await signIn(page, person, '/phone')
  await expectAccessible(page)
  await page.getByLabel(say('手机号', 'Mobile number'), { exact: true }).fill(person.phone.replace('+86', ''))
  let since = new Date(Date.now() - 1_000)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await expect(page.getByText(`${person.phone.slice(3, 6)}****${person.phone.slice(-4)}`).first()).toBeVisible()
  await expectAccessible(page)

  const code = page.getByLabel(say('6位验证码', '6-digit code'))
  const right = await codeFor(person.phone, since)
  await code.fill(right === '000000' ? '111111' : '000000')
  await page.getByRole('button', { name: say('绑定', 'Bind number'), exact: true }).click()
  await expect(page.getByText(say('还可以试4次', '4 tries left'))).toBeVisible()
  await code.fill(right)
  await page.getByRole('button', { name: say('绑定', 'Bind number'), exact: true }).click()
  await expect(page.getByText(say('已绑定', 'is bound')).first()).toBeVisible()

  await forgetTexts()
  const next = (await newPerson()).phone
  await page.goto('/phone')
  await page.getByRole('link', { name: say('更换号码', 'Change number') }).click()
  await page.getByLabel(say('新手机号', 'New mobile number')).fill(next)
  since = new Date(Date.now() - 1_000)
  await page.getByRole('button', { name: say('发送两个验证码', 'Send both codes') }).click()
  await page.getByLabel(say('新号码收到的验证码', 'Code sent to the new number')).fill(await codeFor(next, since))
  await page.getByLabel(say('旧号码收到的验证码', 'Code sent to the old number')).fill(await codeFor(person.phone, since))
  await page.getByRole('button', { name: say('更换', 'Change number'), exact: true }).click()
  await expect(page.getByText(say('已换成', 'Changed to')).first()).toBeVisible()
  await expectFits(page)

  const link = await until(async () => {
    const [row] = await sql<{ body: string }[]>`
      select body from demo_phone_messages where to_number = ${person.phone} and body like '%/link/%' order by created_at desc limit 1`
    return row && /\/link\/[\w-]{43}/.exec(row.body)?.[0]
  })
  const stranger = await request.newContext({ baseURL: demo.url })
  for (let time = 0; time < 20; time++) expect((await stranger.get(link)).status()).toBe(200)
  expect((await auditOf(person.address)).filter(({ operation }) => operation === 'phone.cancel-change')).toEqual([])
  await stranger.dispose()

  await page.goto(link)
  await expectAccessible(page)
  await page.locator('main form button').first().click()
  await until(async () =>
    (await auditOf(person.address)).find(({ operation, outcome }) => operation === 'phone.cancel-change' && outcome === 'done'),
  )
  // T11 the session that made the change has ended.
  await page.goto('/phone')
  await page.waitForURL(/\/sign-in/)
})

test('T11 for 72 hours after a change there is no new app password and no other change', async ({ page, person, say }) => {
  await signIn(page, person, '/phone')
  await page.getByLabel(say('手机号', 'Mobile number'), { exact: true }).fill(person.phone)
  const since = new Date(Date.now() - 1_000)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await page.getByLabel(say('6位验证码', '6-digit code')).fill(await codeFor(person.phone, since))
  await page.getByRole('button', { name: say('绑定', 'Bind number'), exact: true }).click()
  await expect(page.getByText(say('已绑定', 'is bound')).first()).toBeVisible()
  await sql`update phones set cooling_until = now() + interval '71 hours' where mailbox = ${person.address}`
  await sql`update mail_accounts set app_passwords_on = true where mailbox = ${person.address}`

  await page.goto('/app-passwords')
  await expect(page.getByRole('button', { name: say('生成授权密码', 'Generate app password') })).toHaveAttribute('aria-disabled', 'true')
  const create = await page.request.post('/api/v1/mailboxes/me/app-passwords', {
    headers: ownOrigin,
    data: { name: 'x', days: 30, protocols: ['imap'] },
  })
  expect((await create.json()).code).toBe('phone_cooling_off')
  const change = await page.request.post('/api/v1/mailboxes/me/phone/codes', { headers: ownOrigin, data: { number: '13900001111' } })
  expect((await change.json()).code).toBe('phone_cooling_off')
})

test('A number that cannot be is said so beside its field', async ({ page, person, say }) => {
  await signIn(page, person, '/phone')
  const number = page.getByLabel(say('手机号', 'Mobile number'), { exact: true })
  for (const [typed, zh, en] of [
    ['12', '不是完整的', 'not a complete'],
    ['010 5550 6120', '不是手机号', 'not a mobile'],
    ['+1 212 555 0100', '', ''],
  ] as const) {
    await number.fill(typed)
    await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
    await expect(number).toHaveAttribute('aria-invalid', 'true')
    if (zh) await expect(page.getByText(new RegExp(say(`${zh}|号码`, en))).first()).toBeVisible()
  }
})

test('A code under way is found again after a reload', async ({ page, person, say }) => {
  await signIn(page, person, '/phone')
  await page.getByLabel(say('手机号', 'Mobile number'), { exact: true }).fill(person.phone)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await expect(page.getByLabel(say('6位验证码', '6-digit code'))).toBeVisible()
  await page.reload()
  await expect(page.getByLabel(say('6位验证码', '6-digit code'))).toBeVisible()
})
