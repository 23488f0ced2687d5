import { globSync } from 'node:fs'
import { join } from 'node:path'
import { type APIRequestContext, request } from '@playwright/test'
import { expect, signIn, test } from './fixtures.ts'
import { demo, ownOrigin } from './house.ts'

const APP = join(import.meta.dirname, '../app')

type Face = 'page' | 'api'
/** What a stranger gets with GET; whoever is signed in gets 200 unless said otherwise. */
interface Expectation {
  stranger: number
  signedIn?: number
  /** A stream of events, whose status would be waited for with its end. */
  endless?: true
}

const SIGN_IN: Expectation = { stranger: 307 }
const OPEN: Expectation = { stranger: 200 }
/** For staff: who is signed in without a role is told that there is no such page. */
const DESK: Expectation = { stranger: 307, signedIn: 404 }
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
  '/client-setup/dns': SIGN_IN,
  '/client-setup/profile': SIGN_IN,
  '/client-setup/profile/[token]': { stranger: 404, signedIn: 404 },
  '/received': SIGN_IN,
  '/received/live': { stranger: 401, endless: true },
  '/received/preview/[id]': { stranger: 307, signedIn: 404 },
  '/desk/requests/live': { stranger: 401, signedIn: 403 },
  '/restore': SIGN_IN,
  '/sent': SIGN_IN,
  '/sender-lists': SIGN_IN,
  '/sender-lists/export': SIGN_IN,
  '/contacts': SIGN_IN,
  '/contacts/export': { stranger: 307, signedIn: 400 },
  '/contacts/duplicates': SIGN_IN,
  '/contacts/import': SIGN_IN,
  '/contacts/import/[id]': SIGN_IN,
  '/contacts/import/[id]/left-out': { stranger: 307, signedIn: 400 },
  '/activity': SIGN_IN,
  '/activity/export': SIGN_IN,
  '/sso': SIGN_IN,
  '/digest': SIGN_IN,
  '/password': SIGN_IN,
  '/desk/dashboard': DESK,
  '/desk/tokens': DESK,
  '/desk/webhooks': DESK,
  '/desk/dashboard/[figure]': DESK,
  '/desk/dashboard/export': DESK,
  '/desk/dashboard/live': { stranger: 401, endless: true },
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

function routesOnDisk(): { path: string; face: Face }[] {
  return globSync('**/{page.tsx,route.ts}', { cwd: APP }).map((file) => ({
    path: `/${file.replace(/\([^)]*\)\//g, '').replace(/\/?(page\.tsx|route\.ts)$/, '')}`,
    face: file.endsWith('page.tsx') ? 'page' : 'api',
  }))
}

const example = (path: string) =>
  path
    .replace('/api/v1/[...path]', '/api/v1/mailboxes/me/phone')
    .replace('[...nextauth]', 'session')
    .replace('[article]', 'sign-in')
    .replace('[token]', 'x'.repeat(43))
    .replace('[figure]', 'sign_ins')
    .replace('[id]', '4dG70k0sf8z4k3')

const statusOf = async (context: APIRequestContext, path: string, headers: Record<string, string> = {}) =>
  (await context.get(example(path), { maxRedirects: 0, headers })).status()

test.describe('Who may open what', () => {
  test('T46 every page and route stands in the table', () => {
    const known = Object.keys(ROUTES)
    expect(
      routesOnDisk()
        .map(({ path }) => path)
        .filter((path) => !known.includes(path)),
    ).toEqual([])
  })

  test('T19 a stranger gets no page that needs a session, whatever headers they send', async () => {
    const stranger = await request.newContext({ baseURL: demo.url })
    for (const { path } of routesOnDisk()) {
      const expected = ROUTES[path]?.stranger
      expect([path, await statusOf(stranger, path)]).toEqual([path, expected])
      const forged = {
        'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
        'x-posthouse-peer': '10.0.0.1',
        'x-forwarded-host': 'evil.example',
      }
      expect([path, await statusOf(stranger, path, forged)]).toEqual([path, expected])
    }
    await stranger.dispose()
  })

  test('T19 who is signed in gets the pages', async ({ page, person }) => {
    await signIn(page, person)
    for (const { path } of routesOnDisk().filter(({ path }) => !ROUTES[path]?.endless)) {
      const expected = ROUTES[path]?.signedIn ?? 200
      expect([path, await statusOf(page.request, path)]).toEqual([path, expected])
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
