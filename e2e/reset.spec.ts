import type { Browser, Page } from '@playwright/test'
import { forgetTexts, haveAppPassword, haveBoundPhone, type Say } from './errands.ts'
import { answerProvider, elsewhere, expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, type Person, resetCodeFor, sql, until } from './house.ts'
import { imapClient } from './mail-client.ts'

const NEW = '滇池的海鸥十一月回来看我们大家了'

async function startReset(page: Page, account: string, say: Say): Promise<Date> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: say('忘记密码', 'Forgot your password?') }).click()
  await page.getByLabel(say('账号', 'Account'), { exact: true }).fill(account)
  const since = new Date(Date.now() - 1_000)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await expect(page.getByRole('heading', { name: say('输入验证码', 'Enter the code') })).toBeVisible()
  return since
}

async function enterCode(page: Page, code: string, say: Say): Promise<void> {
  await page.getByLabel(say('8位验证码', '8-digit code')).fill(code)
  await page.getByRole('button', { name: say('继续', 'Continue'), exact: true }).click()
}

async function choose(page: Page, password: string, say: Say, again = password): Promise<void> {
  await page.getByLabel(say('新密码', 'New password'), { exact: true }).fill(password)
  await page.getByLabel(say('再输入一次', 'Once more')).fill(again)
  await page.getByRole('button', { name: say('保存新密码', 'Save new password') }).click()
}

/** Whether the identity provider lets in. */
async function mayEnter(browser: Browser, page: Page, person: Person, password: string): Promise<boolean> {
  const other = await elsewhere(browser, page)
  await other.goto('/sign-in')
  await other.locator('form[action="/api/auth/start"] button').first().click()
  const answered = other.waitForResponse((response) => response.request().method() === 'POST' && response.status() < 500)
  await answerProvider(other, { login: person.login, password })
  await answered
  await other.waitForLoadState()
  const entered = new URL(other.url()).pathname === '/overview'
  await other.context().close()
  return entered
}

test('A forgotten password is reset with the code to the phone; the old one and the old session are dead', { tag: '@directory' }, async ({
  page,
  browser,
  person,
  say,
}) => {
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await forgetTexts()
  const reset = await elsewhere(browser, page)
  const since = await startReset(reset, person.login, say)
  await expectAccessible(reset)
  await expectFits(reset)
  const code = await resetCodeFor(person.phone, since)
  await enterCode(reset, code === '00000000' ? '11111111' : '00000000', say)
  await expect(reset.getByText(say('还可以试4次', '4 tries left'))).toBeVisible()
  await enterCode(reset, code, say)
  await expect(reset.getByRole('heading', { name: say('设置新密码', 'Choose a new password') })).toBeVisible()
  await choose(reset, NEW, say, 'something else')
  await expect(reset.getByText(say('两次不一样', 'The two differ'))).toBeVisible()
  await expectAccessible(reset)
  await choose(reset, NEW, say)
  await expect(reset.getByRole('heading', { name: say('密码已重置', 'Password reset') })).toBeVisible()
  await expect(reset.getByText(`${person.phone.slice(3, 6)}****${person.phone.slice(-4)}`)).toBeVisible()
  await expectAccessible(reset)
  await expectFits(reset)
  expect(reset.url()).not.toContain(code)

  // T12 The old session and the old password are dead, the new one opens.
  await page.goto('/overview')
  await page.waitForURL(/\/sign-in/)
  expect(await mayEnter(browser, page, person, person.password)).toBe(false)
  expect(await mayEnter(browser, page, person, NEW)).toBe(true)
  const audit = await auditOf(person.address)
  expect(audit.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(
    expect.arrayContaining(['reset.send-code done', 'reset.prove done', 'reset.choose done']),
  )
  for (const secret of [code, NEW, person.phone]) expect(JSON.stringify(audit)).not.toContain(secret)
  await reset.context().close()
})

test('T12 an open mail session ends with the reset; app passwords go on', { tag: '@real' }, async ({ page, browser, person, say }) => {
  await signIn(page, person)
  const secret = await haveAppPassword(page, person, 'Thunderbird')
  await forgetTexts()
  const client = imapClient(person, secret)
  const closed = new Promise<void>((resolve) => client.once('close', resolve))
  client.on('error', () => {})
  await client.connect()
  const reset = await elsewhere(browser, page)
  const since = await startReset(reset, person.address, say)
  await enterCode(reset, await resetCodeFor(person.phone, since), say)
  await choose(reset, NEW, say)
  await expect(reset.getByText(say('1个客户端授权密码照常可用', 'Your app password still works'))).toBeVisible()
  await closed
  const again = imapClient(person, secret)
  await again.connect()
  await again.logout()
  await reset.context().close()
})

test('The whole reset works without JavaScript', async ({ page, browser, person, say }) => {
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await forgetTexts()
  const reset = await elsewhere(browser, page, { javaScriptEnabled: false })
  const since = await startReset(reset, person.login, say)
  await enterCode(reset, '00000000', say)
  await expect(reset.getByText(say('还可以试4次', '4 tries left'))).toBeVisible()
  await enterCode(reset, await resetCodeFor(person.phone, since), say)
  await choose(reset, 'too short', say)
  await expect(reset.getByText(say('至少要', 'at least')).first()).toBeVisible()
  await choose(reset, NEW, say)
  await expect(reset.getByRole('heading', { name: say('密码已重置', 'Password reset') })).toBeVisible()
  expect(await mayEnter(browser, page, person, NEW)).toBe(true)
  await reset.context().close()
})

test('T10 a recovery code resets the password where no phone is bound', async ({ page, browser, person, say }) => {
  await signIn(page, person, '/password')
  await page.getByRole('button', { name: say('生成恢复码', 'Make recovery codes') }).click()
  const shown = page.getByRole('dialog')
  const code = await until(async () => (await shown.textContent())?.match(/[a-z2-7]{12}/)?.[0])
  await page.getByRole('button', { name: say('我已经存好', 'I have kept them') }).click()
  expect(await page.content()).not.toContain(code)
  // T11 The three days before they work, without waiting for them.
  await sql`update recovery_codes set created_at = now() - interval '73 hours' where mailbox = ${person.address}`
  const reset = await elsewhere(browser, page)
  await reset.goto('/reset?by=pass')
  await reset.getByLabel(say('账号', 'Account'), { exact: true }).fill(person.login)
  await reset.getByRole('button', { name: say('继续', 'Continue'), exact: true }).click()
  await reset
    .getByLabel(say('一次性凭证或恢复码', 'One-time pass or recovery code'))
    .fill(code.toUpperCase().replace(/(.{4})(?=.)/g, '$1-'))
  await reset.getByRole('button', { name: say('继续', 'Continue'), exact: true }).click()
  await choose(reset, NEW, say)
  await expect(reset.getByRole('heading', { name: say('密码已重置', 'Password reset') })).toBeVisible()
  await reset.context().close()
})

test('T1 a page for an account that does not exist is the same, byte for byte', async ({ page, browser, person, say }) => {
  await signIn(page, person)
  await haveBoundPhone(page, person)
  await forgetTexts()
  const bytes = async (account: string) => {
    const other = await elsewhere(browser, page)
    await startReset(other, account, say)
    const response = await other.goto('/reset/code')
    const html = (await response?.text()) ?? ''
    const headers = Object.keys((await response?.allHeaders()) ?? {}).sort()
    await enterCode(other, '00000000', say)
    await expect(other.getByText(say('还可以试4次', '4 tries left'))).toBeVisible()
    const said = await other.locator('main').textContent()
    await other.context().close()
    return { html: withoutChance(html), length: html.length, headers, said: said?.replace(/\d+/g, '#') }
  }
  const known = await bytes(person.login)
  const unknown = await bytes(`${person.login.slice(0, -1)}x`)
  expect(differences(known.html, unknown.html)).toEqual([])
  expect({ ...unknown, html: '' }).toEqual({ ...known, html: '' })
})

test('Without a reset under way the later steps lead to the first', async ({ page, say }) => {
  for (const path of ['/reset/code', '/reset/new']) {
    await page.goto(path)
    await expect(page.getByLabel(say('账号', 'Account'), { exact: true })).toBeVisible()
    expect(new URL(page.url()).pathname).toBe('/reset')
  }
})

test('Somebody who asks too often is told to wait, and that nothing was sent', async ({ page, say }) => {
  const account = `nobody-${Date.now()}`
  await startReset(page, account, say)
  await page.goto('/reset')
  await page.getByLabel(say('账号', 'Account'), { exact: true }).fill(account)
  await page.getByRole('button', { name: say('发送验证码', 'Send code') }).click()
  await expect(page.getByRole('alert').filter({ hasText: say('没有发送验证码', 'No code was sent') })).toBeVisible()
  await expect(page.getByLabel(say('账号', 'Account'), { exact: true })).toHaveValue(account)
  await expectAccessible(page)
})

/** The nonce, the request's own id, and the seconds that go by. */
const withoutChance = (html: string) =>
  html.replace(/nonce="[^"]*"|nonce\\":\\"[^"\\]*|\bph_[0-9a-f]{16}|resendInSeconds\\":\d+|\d+( s|秒)/g, '')

/** What stands in one and not in the other, at each place where they part. */
function differences(a: string, b: string): [string, string][] {
  const [others, lines] = [b.split(/(?=[<\\])/), a.split(/(?=[<\\])/)]
  return lines.flatMap((line, index) => (line === others[index] ? [] : [[line, others[index] ?? '']]))
}
