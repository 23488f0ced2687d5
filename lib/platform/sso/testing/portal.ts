import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { vi } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { resources } from '#lib/platform/context.ts'

export const PUBLIC_URL = 'https://mail.yunling.example'

/** A database with two mailboxes, and the settings of a portal that signs in by `protocol`. */
export async function testPortal(protocol: 'oidc' | 'cas' | 'saml', settings: Record<string, string>) {
  const database = await createTestDatabase()
  const key = () => randomBytes(32).toString('base64')
  const environment = {
    ...{ PUBLIC_URL, DEMO: '0', DATABASE_URL: database.url, SSO_PROTOCOL: protocol },
    ...{ SESSION_SECRET: key(), AUDIT_KEY: key(), PHONE_KEYS: `k1:${key()}`, PHONE_INDEX_KEY: key() },
    ...{ SMS: 'twilio', TWILIO_ACCOUNT_SID: 'AC', TWILIO_AUTH_TOKEN: 'secret', TWILIO_FROM: '+15005550006' },
    ...{ DIRECTORY: 'sql', MAILBOX: 'embedded', TRUSTED_PROXIES: '' },
    ...settings,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const db = connect(database.url, { max: 2 })
  await db.execute(sql`
    insert into directory_accounts (address, login, name, password_hash) values
      ('lin@yunling.example', 'lin', '林知远', '!'), ('wang@yunling.example', 'wang', '王海燕', '!')`)
  const end = async () => {
    await Promise.all([db.$client.end(), resources().db.$client.end()])
    await database.drop()
    vi.unstubAllEnvs()
  }
  return { db, end }
}

/** The sessions of a mailbox, the newest first. */
export async function sessionsOf(db: Database, mailbox = 'lin@yunling.example') {
  const rows = await db.execute<{
    iss: string
    sub: string
    idp_session: string | null
    auth_age: number | null
    live: boolean
    end_reason: string | null
  }>(sql`
    select iss, sub, idp_session, extract(epoch from now() - auth_time)::int as auth_age, ended_at is null as live, end_reason
    from sessions where mailbox = ${mailbox} order by created_at desc`)
  return [...rows]
}

/** What a browser would send back. */
export function cookiesOf(response: { cookies: string[] } | Response): string {
  const lines = response instanceof Response ? response.headers.getSetCookie() : response.cookies
  return lines
    .map((line) => line.split(';')[0] as string)
    .filter((pair) => !pair.endsWith('='))
    .join('; ')
}
