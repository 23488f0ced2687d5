import { sql } from 'drizzle-orm'
import { resources } from '../context.ts'
import { open, randomToken, seal, sha256 } from '../crypto.ts'
import type { Assertion } from './assertion.ts'
import { FLOW_SECONDS } from './flow-cookie.ts'

/** Seconds between the provider's post and the redirect that follows it. */
const ANSWER_SECONDS = 60

const digestOf = (secret: string) => Buffer.from(sha256(secret)).toString('hex')

/** The secret of a browser that begins a sign-in; the table holds its digest. */
export function newBrowser(): { secret: string; digest: string } {
  const secret = randomToken()
  return { secret, digest: digestOf(secret) }
}

export async function rememberRequest(id: string, browser: string): Promise<void> {
  await resources().db.execute(sql`insert into sso_requests (id, value) values (${`saml:${id}`}, ${browser})`)
}

/** When we asked this question; null when we did not, or too long ago, or when it has been answered. */
export async function requestTime(id: string): Promise<Date | null> {
  const [row] = await resources().db.execute<{ at: string }>(sql`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from sso_requests
    where id = ${`saml:${id}`} and created_at > now() - make_interval(secs => ${FLOW_SECONDS})`)
  return row ? new Date(row.at) : null
}

/** Strikes the question off and says which browser had it; null for all but the first of several answers. */
export const takeRequest = (id: string): Promise<string | null> => take(`saml:${id}`, FLOW_SECONDS)

export interface Answer {
  assertion: Assertion
  returnTo: string
}

const nameOf = (browser: string) => `answer:${browser}`

/** A verified answer waits for the browser to come for it with its cookie. */
export async function keepAnswer(browser: string, { assertion, returnTo }: Answer): Promise<void> {
  const id = nameOf(browser)
  const text = JSON.stringify({ ...assertion, authTime: assertion.authTime?.toISOString() ?? null, returnTo })
  const sealed = Buffer.from(seal(text, id)).toString('base64')
  await resources().db.execute(sql`insert into sso_requests (id, value) values (${id}, ${sealed})`)
}

export async function takeAnswer(secret: string): Promise<Answer | null> {
  const id = nameOf(digestOf(secret))
  const sealed = await take(id, ANSWER_SECONDS)
  if (!sealed) return null
  const { returnTo, authTime, ...assertion } = JSON.parse(open(Buffer.from(sealed, 'base64'), id))
  return { assertion: { ...assertion, authTime: authTime && new Date(authTime) }, returnTo }
}

async function take(id: string, seconds: number): Promise<string | null> {
  const [row] = await resources().db.execute<{ value: string }>(sql`
    delete from sso_requests where id = ${id} and created_at > now() - make_interval(secs => ${seconds}) returning value`)
  return row?.value ?? null
}

/** True at the first sight of a message; its senders give it a few minutes, and this table remembers for an hour. */
export async function isFirstSight(kind: 'jti' | 'logout', issuer: string, id: string): Promise<boolean> {
  const seen = `${kind}:${digestOf(JSON.stringify([issuer, id]))}`
  const rows = await resources().db.execute(
    sql`insert into sso_requests (id, value) values (${seen}, '') on conflict do nothing returning id`,
  )
  return rows.length === 1
}
