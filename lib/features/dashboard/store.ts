import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { OF_HELPDESK, OF_OPERATION, SAVES_A_CALL } from '#lib/platform/figures/figures.ts'
import type { Component, Drilled } from './schema.ts'

type Reader = Pick<Queryable, 'execute'>

export interface Wanted {
  figure: Drilled
  dimension?: string
  from: Date
  to: Date
  before?: string
  limit: number
}

export interface Found {
  /** Where the next page goes on. */
  cursor: string
  at: Date
  who: string | null
  what: string
  country: string | null
  reason: string | null
  reference: string | null
}

interface Raw extends Record<string, unknown> {
  cursor: string
  at: string
  who: string | null
  what: string
  country?: string | null
  reason?: string | null
  reference?: string | null
}

const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`
const toFound = ({ cursor, at, who, what, country = null, reason = null, reference = null }: Raw): Found => ({
  ...{ cursor: String(cursor), at: new Date(at), who, what, country, reason, reference },
})

/** Operations whose entries are behind a figure, where it is not their own number. */
const BEHIND: Partial<Record<Drilled, string[]>> = {
  reset_started: ['reset.start'],
  reset_sent: ['reset.send-code'],
  reset_proved: ['reset.prove'],
  reset_chosen: ['reset.choose'],
  reset_finished: ['reset.choose'],
  restored: ['restore.start'],
  recalled: ['sent.recall'],
  self_service: [...SAVES_A_CALL],
}

const operationsBehind = (figure: Drilled): string[] =>
  BEHIND[figure] ?? OF_OPERATION.filter((of) => of.figure === figure).map(({ operation }) => operation)

/**
 * Entries of the audit, newest first. The hours know at which number each began, so that a page reads a range of the index of its
 * operation, however long the audit is. In an hour of which nothing was counted yet, what lies behind the cursor is all there is.
 */
export async function auditRows(db: Reader, { figure, dimension, from, to, before, limit }: Wanted): Promise<Found[]> {
  const staff = figure === 'helpdesk_actions'
  const operations = dimension === undefined ? operationsBehind(figure) : operationsBehind(figure).filter((name) => name === dimension)
  const one = (operation: string) => sql`
    (select * from audit_log where operation = ${operation} and ${range(from, to, before)} order by seq desc limit ${limit})`
  const byStaff = sql`
    (select * from audit_log where ${sql.raw(OF_HELPDESK)} ${dimension ? sql`and operation = ${dimension}` : sql``}
      and ${range(from, to, before)} order by seq desc limit ${limit})`
  const parts = staff ? [byStaff] : operations.map(one)
  if (parts.length === 0) return []
  const rows = await db.execute<Raw>(sql`
    select seq as cursor, at, ${staff ? sql`actor_id` : sql`mailbox`} as who, operation as what, reference
      from (${sql.join(parts, sql` union all `)}) found ${figure === 'self_service' ? sql`where actor_kind <> 'staff' or mailbox = actor_id` : sql``}
     order by seq desc limit ${limit}`)
  return rows.map(toFound)
}

const range = (from: Date, to: Date, before: string | undefined): SQL => sql`
  outcome = 'done' and at >= ${instant(from)} and at < ${instant(to)}
  and seq >= coalesce((select min(first_seq) from audit_hours where hour >= ${instant(from)} and hour < ${instant(to)}),
    (select position from figure_cursors where source = 'audit'))
  and seq < coalesce((select min(first_seq) from audit_hours where hour >= ${instant(to)}), 9223372036854775807)
  ${before === undefined ? sql`` : sql`and seq < ${before}::bigint`}`

const OF_TEXTS: Partial<Record<Drilled, SQL>> = {
  codes_sent: sql`purpose = 'code'`,
  texts_delivered: sql`state = 'delivered'`,
  texts_failed: sql`state in ('failed', 'undelivered', 'unknown')`,
  // Behind what nobody confirmed stand the codes that did not arrive.
  reset_proved: sql`purpose = 'code' and state <> 'delivered'`,
}

/** Texts, newest first, each with its sealed number. */
export async function textRows(db: Reader, { figure, dimension, from, to, before, limit }: Wanted) {
  const rows = await db.execute<Raw & { id: string; cipher: Uint8Array }>(sql`
    select ${cursorOf(sql`created_at`, sql`id`)} as cursor, id, created_at as at, null as who, phone_cipher as cipher, state as what, country, error as reason
      from sms_messages
     where created_at >= ${instant(from)} and created_at < ${instant(to)} and ${OF_TEXTS[figure] ?? sql`true`}
       ${dimension === undefined ? sql`` : sql`and coalesce(country, 'ZZ') = ${dimension}`} ${behind(before, sql`created_at`, sql`id::text`)}
     order by created_at desc, id::text desc limit ${limit}`)
  return rows.map((row) => ({ ...toFound(row), id: row.id, cipher: row.cipher }))
}

/** Held mail, by when it was held or released; no sender, no subject. */
export async function heldRows(db: Reader, { figure, dimension, from, to, before, limit }: Wanted): Promise<Found[]> {
  const at = figure === 'released' ? sql`settled_at` : sql`held_at`
  // Who it was for stays out of the cursor.
  const key = sql`md5(mailbox || ' ' || queue_id)`
  const rows = await db.execute<Raw>(sql`
    select ${cursorOf(at, key)} as cursor, ${at} as at, mailbox as who, verdict as what, state as reason
      from quarantine
     where not passing and ${at} >= ${instant(from)} and ${at} < ${instant(to)} ${figure === 'released' ? sql`and state = 'released'` : sql``}
       ${dimension === undefined ? sql`` : sql`and verdict = ${dimension}`} ${behind(before, at, key)}
     order by ${at} desc, ${key} desc limit ${limit}`)
  return rows.map(toFound)
}

/** Microseconds since 1970, and what sets rows of one instant in an order. */
const cursorOf = (at: SQL, key: SQL) => sql`(extract(epoch from ${at}) * 1000000)::bigint || '.' || ${key}`

function behind(cursor: string | undefined, at: SQL, key: SQL): SQL {
  if (cursor === undefined) return sql``
  const [microseconds = '', last = ''] = cursor.split('.')
  return sql`and (${at}, ${key}) < (timestamptz 'epoch' + ${microseconds}::bigint * interval '1 microsecond', ${last})`
}

/** How each component answered last; `unknown` when that is over a minute ago. */
export async function componentStates(db: Reader): Promise<Omit<Component, 'technology' | 'availability'>[]> {
  const rows = await db.execute<{ name: string; ok: boolean; milliseconds: number | null; fresh: boolean }>(sql`
    select name, ok, milliseconds, at > now() - interval '1 minute' as fresh from component_states
     order by array_position('{directory,mailbox,trace,filter,quarantine,address_book,sms,identity_provider,app_passwords,database,worker,audit}'::text[], name), name`)
  return rows.map(({ name, ok, milliseconds, fresh }) => {
    if (!fresh) return { name, state: 'unknown', milliseconds: null }
    return { name, state: ok ? (milliseconds !== null && milliseconds > slowAfter(name) ? 'slow' : 'working') : 'down', milliseconds }
  })
}

/** Milliseconds. A text takes its time. */
const slowAfter = (name: string) => (name === 'sms' ? 5_000 : 1_000)
