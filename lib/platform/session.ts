import { and, eq, isNull, sql } from 'drizzle-orm'
import { decode, encode } from 'next-auth/jwt'
import type { Database, Queryable } from '#db/client.ts'
import { sessions } from '#db/schema/sso.ts'
import type { Actor } from './actor.ts'
import { randomToken, sha256 } from './crypto.ts'
import { env } from './env.ts'
import { type RoleGroup, roleSources, rolesAmong, sourceOf, stillGiven } from './role-groups.ts'

const isSecure = () => env().PUBLIC_URL.startsWith('https:')

/** `__Host-` binds the cookie to this host and to TLS; plain http is for loopback only (env.ts sees to that). */
export function sessionCookie() {
  const name = isSecure() ? '__Host-posthouse' : 'posthouse'
  return { name, options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure() } }
}

export const SESSION_MAX_SECONDS = 12 * 3600

/** What a session's logout hint is sealed for. */
export const logoutContext = (mailbox: string) => `logout:${mailbox}`

export type SessionEnd = 'signed_out' | 'ended' | 'rotated' | 'idle' | 'expired' | 'provider' | 'security'

export interface NewSession {
  mailbox: string
  name: string
  roles: RoleGroup[]
  iss: string
  sub: string
  idpSession: string | null
  logoutHint: Uint8Array | null
  authTime: Date | null
  ip: string | null
  network: string | null
  userAgent: string | null
  unusual: boolean
}

/**
 * A new id at every sign-in (T15); only its hash is stored. Returns the id for the cookie. A provider whose clock is ahead does not
 * make a proof last longer: nothing was proved after now (F11, T18).
 */
export async function startSession(db: Database, { authTime, roles, ...session }: NewSession): Promise<{ sid: string; id: string }> {
  const sid = randomToken()
  const provedAt = authTime && sql<Date>`least(${authTime.toISOString()}::timestamptz, now())`
  const [row] = await db
    .insert(sessions)
    .values({ ...session, roles: rolesAmong(roles), roleSources: roles.map(sourceOf), authTime: provedAt, sidHash: sha256(sid) })
    .returning({ id: sessions.id })
  if (!row) throw new Error('no session row')
  return { sid, id: row.id }
}

export async function endSession(db: Pick<Database, 'update'>, where: { id: string } | { sid: string }, reason: SessionEnd): Promise<void> {
  const which = 'id' in where ? eq(sessions.id, where.id) : eq(sessions.sidHash, sha256(where.sid))
  await db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason: reason })
    .where(and(which, isNull(sessions.endedAt)))
}

/** Ends every session of a mailbox but, where given, the one in use. Returns how many. */
export async function endSessionsOf(db: Pick<Database, 'update'>, mailbox: string, reason: SessionEnd, except?: string): Promise<number> {
  const others = except ? sql`${sessions.id} <> ${except}` : undefined
  const ended = await db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason: reason })
    .where(and(eq(sessions.mailbox, mailbox), isNull(sessions.endedAt), others))
    .returning({ id: sessions.id })
  return ended.length
}

export type Resolved = { actor: Actor; reason?: undefined } | { actor: { kind: 'anonymous' }; reason: SessionEnd | 'none' }

type State = 'live' | SessionEnd
/** `live`, or why not. On the database's clock: users 30 min idle and 12 h at most, staff 15 min and 8 h (T15). */
export const sessionState = sql<State>`
  case when ${sessions.endedAt} is not null then ${sessions.endReason}
    when ${sessions.createdAt} < now() - case when cardinality(${sessions.roles}) > 0 then interval '8 hours' else interval '12 hours' end then 'expired'
    when ${sessions.lastSeenAt} < now() - case when cardinality(${sessions.roles}) > 0 then interval '15 minutes' else interval '30 minutes' end then 'idle'
    else 'live' end`

/** Whether it lives; until the transaction's end nobody ends it. */
export async function holdLiveSession(db: Queryable, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, id), sql`${sessionState} = 'live'`))
    .for('share')
  return rows.length === 1
}

/** `watching`: an open page asks by itself, again and again, which is no use of the session and does not keep it alive (T15). */
export async function resolveSession(db: Database, sid: string | undefined, { watching = false } = {}): Promise<Resolved> {
  if (!sid) return { actor: { kind: 'anonymous' }, reason: 'none' }
  const { id, mailbox, name } = sessions
  const [row] = await db
    .select({
      ...{ id, mailbox, name, sources: roleSources },
      authAge: sql<number | null>`extract(epoch from now() - ${sessions.authTime})::int`,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - interval '30 seconds'`,
      state: sessionState,
    })
    .from(sessions)
    .where(eq(sessions.sidHash, sha256(sid)))
  if (!row) return { actor: { kind: 'anonymous' }, reason: 'none' }
  if (row.state !== 'live') {
    await endSession(db, { id: row.id }, row.state)
    return { actor: { kind: 'anonymous' }, reason: row.state }
  }
  if (row.stale && !watching) await db.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, row.id))
  const person = { mailbox: row.mailbox, name: row.name, sessionId: row.id, authAge: row.authAge }
  const roles = rolesAmong(stillGiven(row.sources))
  return { actor: roles.length > 0 ? { kind: 'staff', roles, ...person } : { kind: 'user', ...person } }
}

/** The id of the session in a next-auth cookie; undefined when it is not one of ours, or too old. */
export async function sidOf(cookie: string | undefined): Promise<string | undefined> {
  if (!cookie) return undefined
  const token = await decode({ token: cookie, secret: env().SESSION_SECRET }).catch(() => null)
  return typeof token?.sid === 'string' ? token.sid : undefined
}

/** The cookie value that next-auth itself would issue; for CAS and SAML, which it does not speak. */
export const cookieFor = (sid: string): Promise<string> =>
  encode({ token: { sid }, secret: env().SESSION_SECRET, maxAge: SESSION_MAX_SECONDS })
