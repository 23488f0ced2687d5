import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { freePort } from '#deploy/local/ports.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'
import { authorization, CLIENT, idToken, openBrowser, PORTAL, payloadOf, type Visit } from './identity-provider/test-client.ts'

const browser = (language?: string) => openBrowser(issuer, language)
const secret = () => randomBytes(32).toString('base64')

// Milliseconds; a process that starts shares the machine with the other tests.
const START = 60_000

let database: TestDatabase
let sql: postgres.Sql
let dataDir: string
let issuer: string
let running: ChildProcess

beforeAll(async () => {
  database = await createTestDatabase()
  sql = postgres(database.ownerUrl, { onnotice: () => {} })
  dataDir = mkdtempSync(join(tmpdir(), 'posthouse-idp-'))
  issuer = `http://127.0.0.1:${await freePort()}`
  const hash = await hashPassword('correct horse')
  await sql`insert into directory_accounts (address, login, name, password_hash, groups, disabled) values
    ('lin@yunling.example', 'lin', '林晓', ${hash}, '{helpdesk}', false),
    ('off@yunling.example', 'off', '停用', ${hash}, '{}', true)`
  running = await start()
})

afterAll(async () => {
  await stop(running)
  await sql.end()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

beforeEach(async () => {
  await sql`delete from rate_hits`
})

function environment(): Record<string, string> {
  return {
    NODE_ENV: 'test',
    DEMO: '1',
    PUBLIC_URL: PORTAL,
    DATABASE_URL: database.url,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    SESSION_SECRET: secret(),
    AUDIT_KEY: secret(),
    PHONE_KEYS: `a:${secret()}`,
    PHONE_INDEX_KEY: secret(),
  }
}

function launch(changes: Record<string, string> = {}): ChildProcess {
  const env = { ...environment(), ...changes } as unknown as NodeJS.ProcessEnv
  return spawn(process.execPath, [join(import.meta.dirname, 'identity-provider.ts')], { env })
}

function start(): Promise<ChildProcess> {
  const child = launch()
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', () => resolve(child))
    child.stderr?.once('data', (text) => reject(new Error(String(text))))
  })
}

function stop(child: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  return ended
}

async function signIn(visit: Visit, extra: Record<string, string> = {}, password = 'correct horse') {
  const { url } = await visit(authorization(extra))
  return visit(url.href, { account: 'lin@yunling.example', password })
}

const ageSessions = () => sql`update demo.oidc_state
  set payload = payload || jsonb_build_object('loginTs', (payload ->> 'loginTs')::int - 100) where model = 'Session'`

describe('sign-in', () => {
  test('the ID token says who it is, in which groups, and when the password was typed', async () => {
    const { url } = await signIn(browser())
    const { claims } = await idToken(issuer, url)
    expect(claims).toMatchObject({
      iss: issuer,
      aud: CLIENT.id,
      email: 'lin@yunling.example',
      name: '林晓',
      preferred_username: 'lin',
      groups: ['helpdesk'],
      auth_time: expect.any(Number),
    })
  })

  test(
    'a signed-in person is not asked again, also after a restart',
    async () => {
      const visit = browser()
      await signIn(visit)
      await stop(running)
      running = await start()
      const { url } = await visit(authorization())
      expect(url.searchParams.get('code')).toBeTruthy()
    },
    START,
  )

  test('T18 prompt=login asks for the password again and auth_time advances', async () => {
    const visit = browser()
    await signIn(visit)
    await ageSessions()
    const before = await idToken(issuer, (await visit(authorization())).url)
    const asked = await visit(authorization({ prompt: 'login' }))
    expect(asked.html).toContain('Enter your password again')
    const after = await idToken(issuer, (await signIn(visit, { prompt: 'login' })).url)
    expect(Number(after.claims.auth_time)).toBeGreaterThan(Number(before.claims.auth_time))
  })

  test('T18 a sign-in older than max_age asks for the password again', async () => {
    const visit = browser()
    await signIn(visit)
    expect((await visit(authorization({ max_age: '50' }))).url.origin).toBe(PORTAL)
    await ageSessions()
    expect((await visit(authorization({ max_age: '50' }))).html).toContain('Enter your password again')
  })

  test('T16 a request without PKCE is refused', async () => {
    const { url } = await browser()(authorization({ code_challenge: '', code_challenge_method: '' }))
    expect(url.searchParams.get('error')).toBe('invalid_request')
  })

  test('going back unanswered tells the portal so', async () => {
    const visit = browser()
    const { url } = await visit(authorization())
    const back = await visit(`${url.pathname}/back`, {})
    expect(back.url.searchParams.get('error')).toBe('access_denied')
  })
})

describe('the page', () => {
  test('speaks the language asked for, then the browser’s, and can be switched', async () => {
    expect((await browser('fr, zh-CN;q=0.9')(authorization())).html).toContain('这是演示用的身份认证')
    expect((await browser('zh-CN')(authorization({ ui_locales: 'en' }))).html).toContain('belongs to the demo')
    const visit = browser('en')
    const { url } = await visit(authorization())
    expect((await visit(`${url.pathname}?lang=zh`)).html).toContain('<html lang="zh-Hans">')
  })

  test.each([
    ['lin@yunling.example', 'wrong', 'The account or the password is wrong.'],
    ['nobody@yunling.example', 'wrong', 'The account or the password is wrong.'],
    ['off@yunling.example', 'correct horse', 'This account is switched off.'],
    ['lin@yunling.example', '', 'Enter your account and password.'],
  ])('%s with “%s” reads: %s', async (account, password, sentence) => {
    const visit = browser()
    const { url } = await visit(authorization())
    expect((await visit(url.href, { account, password })).html).toContain(sentence)
  })

  test('T35 what was typed comes back as text', async () => {
    const visit = browser()
    const { url } = await visit(authorization())
    const { html } = await visit(url.href, { account: '"><img src=x>', password: 'wrong' })
    expect(html).toContain('&quot;&gt;&lt;img src=x&gt;')
  })

  test('T9 after six wrong passwords even the right one waits, and the account is not locked', async () => {
    const visit = browser()
    for (let attempt = 1; attempt <= 6; attempt++) await signIn(visit, {}, 'wrong')
    expect((await signIn(visit)).html).toContain('Too many wrong passwords')
    const [account] = await sql`select locked_until from directory_accounts where login = 'lin'`
    expect(account?.locked_until).toBeNull()
  })

  test('T21 a form sent from elsewhere is refused', async () => {
    const visit = browser()
    const { url } = await visit(authorization())
    const right = { account: 'lin', password: 'correct horse' }
    expect((await visit(url.href, right, 'http://evil.example')).html).toBe('Forbidden')
    expect((await visit(url.href, right)).url.origin).toBe(PORTAL)
  })

  test('may load nothing but its style', async () => {
    const { headers } = await fetch(`${issuer}/sign-in/x`)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/)
  })
})

describe('sign-out', () => {
  test('leads back to the portal without a question, and twice over', async () => {
    const visit = browser()
    const { raw } = await idToken(issuer, (await signIn(visit)).url)
    const query = new URLSearchParams({
      id_token_hint: raw,
      post_logout_redirect_uri: `${PORTAL}/signed-out`,
    })
    expect((await visit(`/session/end?${query}`)).url.href).toBe(`${PORTAL}/signed-out`)
    expect((await visit(authorization())).html).toContain('type="password"')
    expect((await visit(`/session/end?${query}`)).url.href).toBe(`${PORTAL}/signed-out`)
  })

  test('asks when nobody proves whose session it is', async () => {
    const visit = browser()
    await signIn(visit)
    expect((await visit('/session/end')).html).toContain('Sign out of your university account')
    expect((await visit(authorization())).url.origin).toBe(PORTAL)
  })

  test('at the provider itself it ends the portal’s session too', async () => {
    const visit = browser()
    const { claims } = await idToken(issuer, (await signIn(visit)).url)
    const portal = createServer()
    await new Promise<void>((listening) => portal.listen(Number(new URL(PORTAL).port), '127.0.0.1', listening))
    const told = new Promise<{ path: string; form: URLSearchParams }>((resolve) => {
      portal.on('request', async (asked, answer) => {
        resolve({ path: asked.url ?? '', form: new URLSearchParams(await text(asked)) })
        answer.end()
      })
    })
    const { html } = await visit('/session/end')
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    expect((await visit('/session/end/confirm', { xsrf, logout: 'yes' })).html).toContain('Signed out of your university account')
    const { path, form } = await told
    portal.close()
    expect(path).toBe('/api/auth/oidc/back-channel')
    expect(payloadOf(form.get('logout_token') ?? '')).toMatchObject({ sub: claims.sub, sid: claims.sid, aud: CLIENT.id })
  })

  test('an address that is not registered is refused', async () => {
    const visit = browser()
    const { raw } = await idToken(issuer, (await signIn(visit)).url)
    const query = new URLSearchParams({
      id_token_hint: raw,
      post_logout_redirect_uri: 'http://evil.example/',
    })
    expect((await visit(`/session/end?${query}`)).html).toContain('This sign-in did not start')
  })
})

describe('outside the demo', () => {
  test.each([
    ['without DEMO', { DEMO: '0', SMS: 'twilio', TWILIO_ACCOUNT_SID: 'x', TWILIO_AUTH_TOKEN: 'x', TWILIO_FROM: 'x' }],
    ['for an issuer that others can reach', { OIDC_ISSUER: 'http://sso.yunling.example' }],
  ])(
    'it does not start %s',
    async (_case, changes) => {
      const child = launch(changes)
      let said = ''
      child.stderr?.on('data', (text) => {
        said += text
      })
      const code = await new Promise((resolve) => child.once('close', resolve))
      expect([code, said]).toEqual([1, expect.stringContaining('is only for the demo')])
    },
    START,
  )

  test('T7 another Host header is not answered', async () => {
    const status = await new Promise((resolve, reject) => {
      const asked = request(issuer, { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode))
      asked.on('error', reject).end()
    })
    expect(status).toBe(421)
  })
})
