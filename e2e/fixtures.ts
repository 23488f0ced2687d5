import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { codeFor, demo, newPerson, ownOrigin, type Person } from './house.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  /** A new account that nobody else uses. */
  person: Person
  /** Both languages: `say('生成', 'Generate')` is what this browser reads. */
  say: (zh: string, en: string) => string
}

/** A console error or a failed request fails the test. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  person: async ({}, use) => use(await newPerson()),
  say: async ({ locale }, use) => use((zh, en) => (locale?.startsWith('zh') ? zh : en)),
  page: async ({ page }, use) => {
    const faults: string[] = []
    page.on('console', (message) => message.type() === 'error' && faults.push(`${message.text()} ${message.location().url}`))
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      if (!reason.includes('ERR_ABORTED')) faults.push(`${request.url()} ${reason}`)
    })
    await use(page)
    expect(faults, 'console errors and failed requests').toEqual([])
  },
})

interface Credentials {
  login: string
  password: string
}

/** Walks the redirects of a sign-in without drawing its pages; `signInOnScreen` draws them. */
export async function signIn(page: Page, { login, password }: Credentials, path = '/overview'): Promise<void> {
  const headers = { 'accept-language': await page.evaluate(() => navigator.language) }
  const form = await page.request.post('/api/auth/start', { headers: { ...headers, ...ownOrigin }, form: {} })
  const answer = await page.request.post(form.url(), { headers, form: { account: login, password } })
  expect(new URL(answer.url()).pathname).toBe('/overview')
  await page.goto(path)
}

export async function signInOnScreen(page: Page, credentials: Credentials): Promise<void> {
  await page.goto('/sign-in')
  await page.locator('form[action="/api/auth/start"] button').first().click()
  await answerProvider(page, credentials)
  await page.waitForURL((url) => url.pathname === '/overview')
}

/** The identity provider's own page. */
export async function answerProvider(page: Page, { login, password }: Credentials): Promise<void> {
  await page.locator('input[type="password"]').waitFor()
  await page.locator('input:not([type="hidden"]):not([type="password"])').first().fill(login)
  await page.locator('input[type="password"]').fill(password)
  await page.locator('input[type="password"]').press('Enter')
}

/** Somewhere else: nobody is signed in there. */
export async function elsewhere(browser: Browser, page: Page, options: BrowserContextOptions = {}): Promise<Page> {
  const locale = await page.evaluate(() => navigator.language)
  const viewport = page.viewportSize() ?? undefined
  return (await browser.newContext({ baseURL: demo.url, locale, viewport, ...options })).newPage()
}

/** Nothing serious for people with a screen reader or a keyboard (WCAG 2.2 AA). */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(hasAppeared)
  // The framework puts a page's title a moment after the page.
  await expect(page).toHaveTitle(/\S/)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([])
}

/** What fades in has no contrast on its way. */
async function hasAppeared(): Promise<void> {
  const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
  await Promise.allSettled(finite.map(({ finished }) => finished))
}

/** Nothing wider than the screen. */
export async function expectFits(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}

export { codeFor }
