import { type SQL, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { type Counted, type Figure, OF_HELPDESK, OF_OPERATION, SAVES_A_CALL } from './figures.ts'

/** Rows a statement; the database cuts one off after 5 s. */
const BATCH = 20_000

/** On this channel the worker says that it has counted. */
export const COUNTED_CHANNEL = 'posthouse_figures'

type Sums = Pick<Queryable, 'execute'>

/**
 * Counts what has happened since the last time. Each source is taken in one statement with how far it was read, so that what a kill
 * interrupts is neither lost nor counted twice (F3). `zone` is the site's: an hour begins where its clock says so.
 */
export async function rollUp(db: Database, zone: string): Promise<void> {
  while ((await countAudit(db, zone)) === BATCH);
  while ((await takeNotes(db, zone)) === BATCH);
  await db.execute(sql`update figure_cursors set rolled_at = now() where source = 'audit'`)
  await db.execute(sql`select pg_notify(${COUNTED_CHANNEL}, '')`)
}

const hourOf = (at: SQL, zone: string) => sql`date_trunc('hour', ${at}, ${zone}::text)`

/** From `counted (hour, figure, dimension, value)`: into the hours and the totals. To stand among the parts of a `with`. */
const ADDED = sql`
  hourly as (
    insert into figures_hourly (hour, figure, dimension, value)
    select hour, figure, dimension, value from counted where value <> 0
    on conflict (hour, figure, dimension) do update set value = figures_hourly.value + excluded.value),
  totals as (
    insert into figure_totals (figure, dimension, value)
    select figure, dimension, sum(value) from counted where value <> 0 group by 1, 2
    on conflict (figure, dimension) do update set value = figure_totals.value + excluded.value)`

const textList = (values: readonly string[]) =>
  sql`(${sql.join(
    [...values].map((value) => sql`${value}::text`),
    sql`, `,
  )})`
const ofOperation = sql.join(
  OF_OPERATION.map(({ operation, figure, proof }) => sql`(${operation}::text, ${figure}::text, ${proof ?? null}::text)`),
  sql`, `,
)

/** Which figures an audit row `r` counts into. Nobody is staff for their own mailbox. */
const facts = sql`
  select m.figure, '' as dimension from (values ${ofOperation}) m (operation, figure, proof)
   where m.operation = r.operation and (m.proof is null or m.proof = r.detail::jsonb ->> 'proof')
  union all
  select 'self_service', r.operation
   where r.operation in ${textList(SAVES_A_CALL)}
     and (r.actor_kind in ('user', 'anonymous') or r.actor_kind = 'staff' and r.mailbox is not distinct from r.actor_id)
  union all
  select 'helpdesk_actions', r.operation where ${sql.raw(OF_HELPDESK)}`

/** By the range of numbers behind the cursor: nothing else of the audit is read. Returns how many rows were. */
async function countAudit(db: Sums, zone: string): Promise<number> {
  const [row] = await db.execute<{ read: number }>(sql`
    with mark as materialized (select position from figure_cursors where source = 'audit' for update),
    read as materialized (
      select seq, at, outcome, operation, actor_kind, actor_id, mailbox, detail from audit_log
       where seq > (select position from mark) order by seq limit ${BATCH}),
    counted as (
      select ${hourOf(sql`r.at`, zone)} as hour, f.figure, f.dimension, count(*) as value
        from read r cross join lateral (${facts}) f where r.outcome = 'done' group by 1, 2, 3),
    ${ADDED},
    hours as (
      insert into audit_hours (hour, first_seq) select ${hourOf(sql`at`, zone)}, min(seq) from read group by 1
      on conflict (hour) do update set first_seq = least(audit_hours.first_seq, excluded.first_seq)),
    moved as (update figure_cursors set position = (select max(seq) from read) where source = 'audit' and exists (select from read))
    select count(*)::int as read from read`)
  return row?.read ?? 0
}

async function takeNotes(db: Sums, zone: string): Promise<number> {
  const [row] = await db.execute<{ read: number }>(sql`
    with taken as (
      delete from figure_notes where id in (select id from figure_notes order by id limit ${BATCH} for update skip locked)
      returning at, figure, dimension, delta),
    counted as (select ${hourOf(sql`at`, zone)} as hour, figure, dimension, sum(delta) as value from taken group by 1, 2, 3),
    ${ADDED}
    select count(*)::int as read from taken`)
  return row?.read ?? 0
}

/** What the worker itself has seen, added to the present hour. */
export async function add(db: Sums, zone: string, seen: { figure: Counted; dimension: string; value: number }[]): Promise<void> {
  await db.execute(sql`
    with counted as (
      select ${hourOf(sql`now()`, zone)} as hour, figure, dimension, value
        from jsonb_to_recordset(${JSON.stringify(seen)}::text::jsonb) as seen (figure text, dimension text, value bigint)),
    ${ADDED} select 1`)
}

/** What there is now: of the present hour, the last look stands. */
export async function measure(db: Sums, zone: string, figure: Figure, value: number): Promise<void> {
  await db.execute(sql`
    insert into figures_hourly (hour, figure, value) values (${hourOf(sql`now()`, zone)}, ${figure}, ${value})
    on conflict (hour, figure, dimension) do update set value = excluded.value`)
}
