import { globSync } from 'node:fs'
import { join } from 'node:path'
import { request } from '@playwright/test'
import { expect, signIn, test } from './fixtures.ts'
import { demo, newPerson, ownOrigin, type Person, sql } from './house.ts'

const APP = join(import.meta.dirname, '../app')

/** Of the demo's directory, and which role each gives. */
const GROUPS = { agent: 'helpdesk', supervisor: 'helpdesk-leads', auditor: 'mail-audit', admin: 'mail-admins' } as const
type Role = keyof typeof GROUPS
const ROLES = Object.keys(GROUPS) as Role[]

/** What GET is answered with: to a stranger; to who is signed in, 200 unless said otherwise; and who of staff gets it although others do not. */
interface Expectation {
  stranger: number
  signedIn?: number
  roles?: readonly Role[]
  /** For these roles, where it is not the page itself. */
  staff?: number
}

const SIGN_IN: Expectation = { stranger: 307 }
const OPEN: Expectation = { stranger: 200 }
/** For staff with one of these roles: the others are told that there is no such page. */
const desk = (...roles: Role[]): Expectation => ({ stranger: 307, signedIn: 404, roles })
const DESK = desk(...ROLES)
const HELPDESK = desk('agent', 'supervisor')
/** Leads staff on to the first page of their role. */
const FIRST_DESK: Expectation = { ...DESK, staff: 307 }
const POST_ONLY: Expectation = { stranger: 405, signedIn: 405 }
/** Of a protocol that this house does not speak. */
const CLOSED: Expectation = { stranger: 404, signedIn: 404 }

/** Every page and route of the portal. One that is missing here fails the suite (T19, T46). */
const ROUTES: Record<string, Expectation> = {
  '/': { stranger: 307, signedIn: 307 },
  '/overview': SIGN_IN,
  '/phone': SIGN_IN,
  '/app-passwords': SIGN_IN,
  '/client-setup': SIGN_IN,
  '/client-setup/dns': desk('admin'),
  '/client-setup/profile': SIGN_IN,
  '/client-setup/profile/[token]': { stranger: 404, signedIn: 404 },
  '/received': SIGN_IN,
  '/received/live': { stranger: 401 },
  '/received/preview/[id]': { stranger: 307, signedIn: 404 },
  '/restore': SIGN_IN,
  '/sent': SIGN_IN,
  '/sender-lists': SIGN_IN,
  '/sender-lists/export': SIGN_IN,
  '/contacts': SIGN_IN,
  '/contacts/export': { stranger: 307, signedIn: 400 },
  '/contacts/duplicates': SIGN_IN,
  '/contacts/import': SIGN_IN,
  '/contacts/import/[id]': { stranger: 307, signedIn: 404 },
  '/contacts/import/[id]/left-out': { stranger: 307, signedIn: 400 },
  '/activity': SIGN_IN,
  '/activity/export': SIGN_IN,
  '/sso': SIGN_IN,
  '/digest': SIGN_IN,
  '/password': SIGN_IN,
  '/desk/requests': HELPDESK,
  '/desk/helpdesk/[account]/received': HELPDESK,
  '/desk/helpdesk/[account]/restore': HELPDESK,
  '/desk/helpdesk/[account]/sent': HELPDESK,
  '/desk/helpdesk/[account]/app-passwords': HELPDESK,
  '/desk/helpdesk/[account]/sso': HELPDESK,
  '/desk/helpdesk/[account]/activity': HELPDESK,
  '/desk': FIRST_DESK,
  '/desk/helpdesk': HELPDESK,
  '/desk/helpdesk/[account]': HELPDESK,
  '/desk/signed-in': { stranger: 401, signedIn: 403, roles: ['agent', 'supervisor'], staff: 204 },
  '/desk/dashboard': DESK,
  '/desk/tokens': desk('admin'),
  '/desk/webhooks': desk('admin'),
  '/desk/dashboard/[figure]': DESK,
  '/desk/dashboard/export': DESK,
  '/desk/dashboard/live': { ...DESK, stranger: 401 },
  '/desk/audit': desk('auditor'),
  '/desk/audit/[reference]': desk('auditor'),
  '/desk/audit/export': desk('auditor'),
  '/desk/requests/live': { stranger: 401, signedIn: 403, roles: ['agent', 'supervisor'] },
  '/desk/settings': desk('admin'),
  '/desk/settings/contacts': desk('admin'),
  '/desk/settings/announcements': desk('admin'),
  '/desk/settings/roles': desk('admin'),
  '/reset': OPEN,
  '/reset/code': { stranger: 307, signedIn: 307 },
  '/reset/new': { stranger: 307, signedIn: 307 },
  '/help': OPEN,
  '/help/[article]': OPEN,
  '/sign-in': OPEN,
  '/signed-out': OPEN,
  '/link/[token]': OPEN,
  '/demo/phone': OPEN,
  '/demo/phone/messages': OPEN,
  '/api/health': OPEN,
  '/api/ready': OPEN,
  '/api/metrics': OPEN,
  '/api/v1/openapi.json': OPEN,
  '/api/v1/[...path]': { stranger: 401 },
  '/api/auth/[...nextauth]': { stranger: 303, signedIn: 303 },
  '/api/auth/start': POST_ONLY,
  '/api/auth/sign-out': POST_ONLY,
  '/api/auth/cas': CLOSED,
  '/api/auth/saml/acs': POST_ONLY,
  '/api/auth/saml/complete': CLOSED,
  '/api/auth/saml/metadata': CLOSED,
  '/api/auth/saml/slo': CLOSED,
  '/api/auth/oidc/back-channel': POST_ONLY,
  '/api/client-settings/autoconfig': OPEN,
  '/api/client-settings/autodiscover': OPEN,
  '/api/client-settings/autodiscover-url': { stranger: 400, signedIn: 400 },
  '/api/client-settings/pacc': OPEN,
  '/api/preferences': POST_ONLY,
  '/api/hooks/mail-log': POST_ONLY,
  '/api/hooks/twilio': POST_ONLY,
  '/api/hooks/unsubscribe/[token]': { stranger: 303, signedIn: 303 },
}

const ROUTES_ON_DISK = globSync('**/{page.tsx,route.ts}', { cwd: APP })
  .map((file) => `/${file.replace(/\([^)]*\)\//g, '').replace(/\/?(page\.tsx|route\.ts)$/, '')}`)
  .sort()

const EXAMPLES: Record<string, string> = {
  '/api/v1/[...path]': '/api/v1/mailboxes/me/phone',
  '[...nextauth]': 'session',
  '[article]': 'sign-in',
  '[token]': 'x'.repeat(43),
  '[figure]': 'sign_ins',
  '[id]': '4dG70k0sf8z4k3',
}

const filledIn = (path: string, examples: Record<string, string>) =>
  Object.entries(examples).reduce((filled, [name, value]) => filled.replace(name, value), path)

/** Not that of the test: without a page, and without its end where it is a stream. */
async function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  const gone = new AbortController()
  const answer = await fetch(demo.url + path, { headers, redirect: 'manual', signal: gone.signal })
  const streams = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  const text = streams ? '' : await answer.text()
  gone.abort()
  // A page that has begun to draw can only say so within its text.
  return text.includes('NEXT_HTTP_ERROR_FALLBACK;404') ? 404 : answer.status
}

/** Signs in as a browser does, and gives its cookies. */
async function cookiesOf({ login, password }: Person): Promise<string> {
  const context = await request.newContext({ baseURL: demo.url })
  const form = await context.post('/api/auth/start', { headers: ownOrigin, form: {} })
  await context.post(form.url(), { form: { account: login, password } })
  const { cookies } = await context.storageState()
  await context.dispose()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** Somebody whose account staff have found, and something of theirs in the audit. */
async function examplesFor(cookie: string, owner: Person): Promise<Record<string, string>> {
  const [entry] = await sql<{ reference: string }[]>`select reference from audit_log where mailbox = ${owner.address} limit 1`
  const found = await fetch(`${demo.url}/api/v1/accounts?query=${owner.login}`, { headers: { cookie } })
  const account = found.ok ? (await found.json()).accounts[0].account : 'acct_of-somebody'
  return { ...EXAMPLES, '[reference]': entry?.reference ?? '', '[account]': account }
}

test.describe('Who may open what', () => {
  test('T46 every page and route stands in the table, and the table names no other', () => {
    expect(Object.keys(ROUTES).sort()).toEqual(ROUTES_ON_DISK)
  })

  test('T19 a stranger gets no page that needs a session, whatever headers they send', async () => {
    const forged = {
      'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
      'x-posthouse-peer': '10.0.0.1',
      'x-forwarded-host': 'evil.example',
    }
    for (const path of ROUTES_ON_DISK) {
      const [expected, filled] = [ROUTES[path]?.stranger, filledIn(path, EXAMPLES)]
      expect([path, await statusOf(filled)]).toEqual([path, expected])
      expect([path, await statusOf(filled, forged)]).toEqual([path, expected])
    }
  })

  test('T19 T46 who is signed in gets the pages of their role, and is told of no other', async ({ person }) => {
    await cookiesOf(person)
    for (const who of ['user', ...ROLES] as const) {
      const cookie = await cookiesOf(await newPerson(who === 'user' ? ['members'] : ['members', GROUPS[who]]))
      const examples = await examplesFor(cookie, person)
      const answers = []
      for (const path of ROUTES_ON_DISK) answers.push([path, await statusOf(filledIn(path, examples), { cookie })])
      const expected = ROUTES_ON_DISK.map((path) => {
        const { signedIn = 200, roles = [], staff = 200 } = ROUTES[path] ?? { stranger: 0 }
        return [path, who !== 'user' && roles.includes(who) ? staff : signedIn]
      })
      expect(answers, who).toEqual(expected)
    }
  })

  test('What is not there is said once, within the frame of the page', async ({ page }) => {
    await signIn(page, await newPerson(['members', ...Object.values(GROUPS)]))
    // The browser itself calls each of these answers an error.
    const beside = await page.context().newPage()
    for (const path of ['/help/no-such-article', `/contacts/import/${crypto.randomUUID()}`, '/desk/audit/ph_none', '/no-such-page']) {
      await beside.goto(path)
      await expect(beside.getByRole('heading', { level: 1, name: 'There is no such page' }), path).toBeVisible()
      await expect(beside.locator('main'), path).toHaveCount(1)
    }
  })

  test('T21 a form of another site changes nothing', async ({ page, person }) => {
    await signIn(page, person)
    const change = (headers: Record<string, string>) =>
      page.request.post('/api/v1/mailboxes/me/app-passwords/switch', { data: { on: false }, headers })
    expect((await change({ origin: 'https://evil.example' })).status()).toBe(403)
    expect((await change({})).status()).toBe(403)
    expect((await change(ownOrigin)).status()).toBe(200)
  })

  test('T7 a forged host leads nowhere else', async () => {
    const stranger = await request.newContext({ baseURL: demo.url })
    const forged: Record<string, string>[] = [
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    ]
    for (const headers of forged) {
      const answer = await stranger.get('/overview', { headers, maxRedirects: 0 })
      expect(JSON.stringify(answer.headers())).not.toContain('evil.example')
      expect(await answer.text()).not.toContain('evil.example')
    }
    await stranger.dispose()
  })

  test('A browser that asks for the icon before it has read the page gets it', async () => {
    const stranger = await request.newContext({ baseURL: demo.url })
    const answer = await stranger.get('/favicon.ico')
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-type']).toBe('image/x-icon')
    await stranger.dispose()
  })

  test('The API says what is wrong in the language asked for', async () => {
    const stranger = await request.newContext({ baseURL: demo.url })
    for (const language of ['zh-CN', 'en'] as const) {
      const answer = await stranger.get('/api/v1/mailboxes/me/phone', { headers: { 'accept-language': language } })
      expect(answer.headers()['content-type']).toBe('application/problem+json')
      expect(answer.headers()['content-language']).toBe(language)
      const { code, title, status } = await answer.json()
      expect({ code, status }).toEqual({ code: 'unauthenticated', status: 401 })
      expect(/[一-鿿]/.test(title)).toBe(language === 'zh-CN')
    }
    const description = await (await stranger.get('/api/v1/openapi.json')).json()
    expect(description.openapi).toBe('3.1.0')
    expect(Object.keys(description.paths)).toContain('/mailboxes/{mailbox}/app-passwords')
    await stranger.dispose()
  })
})
