import type { Page, Route } from '@playwright/test'
import PostalMime from 'postal-mime'
import { expect, expectAccessible, expectFits, signIn, test } from './fixtures.ts'
import { auditOf, demo, ownOrigin, sql, until } from './house.ts'
import { mailsIn } from './mail-client.ts'

const LONG = 'status.yunling.example/outgoing-mail-to-other-universities-is-delayed'
const searchBox = (page: Page) => page.locator('main').getByRole('searchbox')

async function letterTo(address: string, subject: string) {
  return until(async () => {
    const letters = await Promise.all((await mailsIn({ address } as Parameters<typeof mailsIn>[0])).map((raw) => PostalMime.parse(raw)))
    return letters.find((letter) => letter.subject?.includes(subject))
  }, 60_000)
}

test('Whoever cannot sign in finds help by typing, and reads it', async ({ page, say }) => {
  await page.goto('/sign-in')
  await expect(page.getByText('6120').first()).toBeVisible()
  await page.getByRole('link', { name: say('登录不了？', 'Cannot sign in?') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('登录邮件自助', 'Sign in'))
  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: say('帮助', 'Help') })
    .click()
  await expect(page.getByText('service@yunling.example')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  await searchBox(page).fill(say('密码忘了', 'forgot my password'))
  const found = page.getByRole('link', { name: say('忘记密码：重置密码', 'Forgotten password: reset it') })
  await expect(found).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: say('找到', 'article') })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await searchBox(page).fill('zzqxv')
  await expect(page.getByText(say('没有找到“zzqxv”', 'Nothing found for “zzqxv”'))).toBeVisible()
  await searchBox(page).fill(say('forgot my password', '密码忘了'))
  await found.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('忘记密码：重置密码', 'Forgotten password: reset it'))
  await expectAccessible(page)
  await expectFits(page)
  await page.locator('main').locator('a[href="/reset"]').first().click()
  await page.waitForURL('**/reset')
  await expect(page.locator('main').locator('a[href="/help/forgotten-password"]')).toBeVisible()
})

test('Without JavaScript the search is a form', async ({ browser, say }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: say('zh-CN', 'en-GB') })
  const page = await context.newPage()
  await page.goto(`${demo.url}/help`)
  await searchBox(page).fill(say('垃圾邮件太多', 'too much spam'))
  await searchBox(page).press('Enter')
  await page.locator('main a[href="/help/allow-and-block"]').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('黑名单和白名单', 'Allow and block senders'))
  await context.close()
})

test('Every page of the portal has a link to its article', async ({ page, person, say }) => {
  await signIn(page, person)
  const pages = await page.locator('nav a').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])
  expect(pages).toContain('/received')
  for (const path of pages.filter((path) => path !== '/help')) {
    const html = await (await page.request.get(path)).text()
    const article = /href="(\/help\/[a-z-]+)"/.exec(html)?.[1]
    expect(article, path).toBeTruthy()
    expect((await page.request.get(article as string)).status(), article).toBe(200)
  }
  await page.goto('/received')
  // The page is there, and its skeleton, which has the same link, is gone.
  await expect(searchBox(page)).toBeVisible()
  await page
    .locator('main')
    .getByRole('link', { name: say('帮助', 'Help'), exact: true })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    say('收不到邮件：查一查它到了哪里', 'No mail arrives: see where it went'),
  )
})

test('From what went wrong a message goes to the helpdesk, with its number and what is ticked', async ({ page, person, say }) => {
  await signIn(page, person, '/digest')
  const limited = `operation:digest.set:user:${person.address}`
  await sql`insert into rate_hits (key) select ${limited} from generate_series(1, 60)`
  await page.getByRole('button', { name: say('保存', 'Save') }).click()
  await page.getByRole('link', { name: say('发给服务台', 'Send to helpdesk') }).click()
  await page.waitForURL('**/help?**')
  const about = new URL(page.url()).searchParams.get('reference') ?? ''
  expect(about).toMatch(/^ph_/)

  await expect(page.getByLabel(say('出错的编号', 'Reference'), { exact: true })).toHaveValue(about)
  await expect(page.getByText('/digest', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  const send = page.getByRole('button', { name: say('发给服务台', 'Send to the helpdesk') })
  await send.click()
  await expect(page.getByText(say('写一句发生了什么', 'Say in a sentence what happened'))).toBeVisible()
  await page.getByLabel(say('怎么回事', 'What happened'), { exact: true }).fill('设置保存不了。\n第二行 <b>')
  await page.getByLabel(say('浏览器', 'Browser')).uncheck()
  // Its answer gets lost on the way, and the same message is sent again.
  const loseAnswer = async (route: Route) => {
    await route.fetch()
    await route.abort('aborted')
  }
  await page.route('**/help?**', loseAnswer, { times: 1 })
  await send.click()
  await expect(page.getByText(say('没有收到回应', 'No answer'), { exact: true })).toBeVisible()
  await send.click()
  await expect(page.getByText(say('没有再发一遍', 'was not sent again'))).toBeVisible()
  await page.getByRole('button', { name: say('再写一封', 'Write another') }).click()
  await page.getByLabel(say('怎么回事', 'What happened'), { exact: true }).fill('设置保存不了。\n第二行 <b>')
  await page.getByLabel(say('浏览器', 'Browser')).uncheck()
  await send.click()
  await expect(page.getByRole('heading', { name: say('已交给服务台', 'The helpdesk has it') })).toBeVisible()
  await expectAccessible(page)
  const number = /ph_[a-z2-7]{10}/.exec((await page.locator('main').textContent()) ?? '')?.[0] ?? ''

  const letter = await letterTo('service@yunling.example', number)
  expect(letter.subject).toContain(about)
  expect(letter.replyTo?.map(({ address }) => address)).toEqual([person.address])
  expect(letter.text?.replaceAll('\r', '')).toContain('设置保存不了。\n第二行 <b>')
  expect(letter.text).toContain('/digest')
  expect(letter.text).not.toContain('Chrome')
  expect((await letterTo(person.address, number)).subject).toContain(say('服务台收到了你的信', 'The helpdesk has your message'))
  expect((await auditOf(person.address)).map(({ operation, outcome }) => `${operation} ${outcome}`)).toContain('help.write done')
})

test('An incident stands over every page without a reload, and goes the same way', async ({ page, person, browser, say, viewport }) => {
  test.skip((viewport?.width ?? 0) < 720, 'the house has one incident at a time')
  const liu = demo.accounts.find(({ role }) => role === 'admin')
  if (!liu) throw new Error('the demo has no administrator')
  const context = await browser.newContext({ baseURL: demo.url })
  const admin = await context.newPage()
  await signIn(admin, { login: liu.address.split('@')[0] as string, password: liu.password })

  await page.clock.install()
  await signIn(page, person, '/phone')
  const number = page.locator('main input').first()
  await number.fill('138')
  const outage = {
    kind: 'stop',
    titleZh: `发信停了：${LONG}`,
    titleEn: `Sending is down: ${LONG}`,
    bodyZh: '来信照常。',
    bodyEn: 'Mail still arrives.',
  }
  const times = { startsAt: new Date(Date.now() - 60_000).toISOString(), endsAt: new Date(Date.now() + 600_000).toISOString() }
  const put = await admin.request.post('/api/v1/help/incidents', { headers: ownOrigin, data: { ...outage, ...times } })
  const { id } = await put.json()
  const bar = page.locator('.ui-incident')
  await expect(bar).toHaveCount(0)
  await page.clock.fastForward(31_000)
  await expect(bar).toContainText(say('发信停了', 'Sending is down'))
  await expect(bar).toContainText(
    new RegExp(say('\\d\\d:\\d\\d开始，预计到.*\\d\\d:\\d\\d', 'Since .*\\d\\d:\\d\\d, expected until .*\\d\\d:\\d\\d')),
  )
  await expect(number).toHaveValue('138')
  await expectAccessible(page)
  await expectFits(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectFits(page)
  const [icon, title] = await Promise.all([bar.locator('svg').boundingBox(), bar.locator('b').boundingBox()])
  expect(Math.abs((icon?.y ?? 0) - (title?.y ?? 0)), 'the sign stands before the first line').toBeLessThan(10)

  await bar.getByRole('link').click()
  await expect(page.locator('main').getByText(say('来信照常。', 'Mail still arrives.'))).toBeVisible()
  await expectFits(page)
  await expect(bar).toHaveCount(0)
  const stranger = await browser.newPage({ locale: say('zh-CN', 'en-GB') })
  await stranger.goto(`${demo.url}/sign-in`)
  await expect(stranger.getByText(say('发信停了', 'Sending is down'))).toBeVisible()
  await stranger.close()

  await page.goto('/phone')
  await expect(bar).toBeVisible()
  expect((await admin.request.delete(`/api/v1/help/incidents/${id}`, { headers: ownOrigin, data: {} })).status()).toBe(200)
  await page.clock.fastForward(31_000)
  await expect(bar).toHaveCount(0)
  await context.close()
})
