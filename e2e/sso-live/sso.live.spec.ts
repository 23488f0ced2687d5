import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { lemonLdapMissing } from '#deploy/counterparts/lemonldap.ts'
import { type House, openHouse, type Protocol } from './house.ts'

// The three protocols against LemonLDAP::NG: a provider that knows nothing of us, on another site than the portal.

const PROTOCOLS: Protocol[] = ['oidc', 'cas', 'saml']
const DWHO = 'dwho@badwolf.org'
/** Seconds after which LemonLDAP::NG asks for a password again, and a little. */
const NOT_RECENT = 7

test.describe.configure({ mode: 'default', timeout: 90_000 })

let house: House
test.beforeAll(async () => {
  test.setTimeout(300_000)
  const missing = lemonLdapMissing()
  test.skip(missing !== null, missing ?? '')
  house = await openHouse()
})
test.afterAll(() => house?.close())

interface Session {
  iss: string
  sub: string
  roles: string[]
  /** Seconds since 1970; null when the provider does not say. */
  authTime: number | null
  /** Seconds. */
  age: number
  endReason: string | null
}

async function newest(): Promise<Session> {
  const [session] = await house.sql<Session[]>`
    select iss, sub, roles, extract(epoch from auth_time)::float as "authTime", extract(epoch from now() - created_at)::float as age,
      end_reason as "endReason" from sessions where mailbox = ${DWHO} order by created_at desc limit 1`
  if (!session) throw new Error('nobody has signed in')
  return session
}

const seconds = async () => Number((await house.sql`select extract(epoch from now()) as now`)[0]?.now)

/** As the portal's own forms do it. */
async function start(page: Page, fields: Record<string, string>): Promise<void> {
  await page.goto(`${house.url}/signed-out`)
  await page.evaluate((values) => {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = '/api/auth/start'
    for (const [name, value] of Object.entries(values)) {
      const input = Object.assign(document.createElement('input'), { type: 'hidden', name, value })
      form.append(input)
    }
    document.body.append(form)
    form.submit()
  }, fields)
}

async function typePassword(page: Page): Promise<void> {
  await page.waitForURL((url) => url.origin === house.provider.url)
  await page.locator('input[name="password"]').waitFor()
  const login = page.locator('input[name="user"]:visible')
  if (await login.isVisible()) await login.fill('dwho')
  await page.locator('input[name="password"]').fill('dwho')
  await page.locator('button[type="submit"]:visible').first().click()
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${house.url}/sign-in`)
  await page.locator('form[action="/api/auth/start"] button').click()
  await typePassword(page)
  await page.waitForURL(`${house.url}/overview`)
}

const api = (page: Page) => page.request.get(`${house.url}/api/v1/mailboxes/me/sessions`)

async function expectSignedOut(page: Page, context: BrowserContext): Promise<void> {
  expect((await api(page)).status()).toBe(401)
  await page.goto(`${house.url}/overview`)
  await expect(page).toHaveURL(/\/sign-in/)
  expect((await context.cookies(house.provider.url)).filter(({ name, value }) => name === 'lemonldap' && value !== '0')).toEqual([])
}

for (const protocol of PROTOCOLS) {
  test.describe(`by ${protocol}`, () => {
    let portal: Awaited<ReturnType<House['startPortal']>>
    test.beforeAll(async () => {
      portal = await house.startPortal(protocol)
    })
    test.afterAll(() => portal?.stop())

    test(`${protocol}: a person signs in and sees the overview, with the roles of the groups`, async ({ page }) => {
      await signIn(page)
      await expect(page.getByText('Doctor Who').first()).toBeVisible()
      expect((await api(page)).status()).toBe(200)
      expect(await newest()).toMatchObject({ sub: 'dwho', roles: ['agent'], endReason: null })
      expect((await newest()).iss.startsWith(house.provider.url)).toBe(true)
    })

    test(`T18 ${protocol}: only a password typed again counts as a step-up, and it leads back`, async ({ page }) => {
      await signIn(page)
      const first = await newest()
      await expect.poll(async () => (await newest()).age, { timeout: 20_000 }).toBeGreaterThan(NOT_RECENT)

      await start(page, { return: '/phone' })
      await page.waitForURL(`${house.url}/phone`)
      const second = await newest()
      expect(second.age).toBeLessThan(first.age + NOT_RECENT)
      expect(second.authTime).toBe(protocol === 'cas' ? null : first.authTime)

      const before = await seconds()
      await start(page, { return: '/phone', again: '1' })
      await typePassword(page)
      await page.waitForURL(`${house.url}/phone`)
      expect((await newest()).authTime).toBeGreaterThanOrEqual(Math.floor(before))
    })

    test(`${protocol}: a sign-out ends the session here and at the provider`, async ({ page, context }) => {
      await signIn(page)
      await page
        .locator('form[action="/api/auth/sign-out"] button')
        .first()
        .evaluate((button: HTMLButtonElement) => button.form?.submit())
      await page.waitForURL(`${house.url}/signed-out`)
      expect((await newest()).endReason).toBe('signed_out')
      await expectSignedOut(page, context)
      await start(page, {})
      await expect(page.locator('input[name="password"]')).toBeVisible()
    })

    test(`${protocol}: a sign-out at the provider ends the session here`, async ({ page, context }) => {
      test.skip(
        protocol === 'oidc',
        'LemonLDAP::NG 2.16 sends no logout tokens (its issue 1194); app/api/auth/oidc/back-channel/route.test.ts has them from oidc-provider.',
      )
      await signIn(page)
      const elsewhere = await context.newPage()
      await elsewhere.goto(`${house.provider.url}/?logout=1`)
      await expect.poll(async () => (await newest()).endReason).toBe('provider')
      await expectSignedOut(page, context)
    })
  })
}
