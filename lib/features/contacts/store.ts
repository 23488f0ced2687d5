import { and, desc, eq, getTableColumns, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { contactFiles, contactImports, type RowFault, type StoredFile } from '#db/schema/contacts.ts'
import type { AuthorizedMailbox } from '#lib/platform/actor.ts'
import type { Planned } from '#lib/platform/contact-plan.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueue } from '#lib/platform/jobs.ts'

export type { StoredFile }

export const RUN = 'contacts.import'
/** So many files of a mailbox wait for their import at most, and so many octets of them; then the oldest go. */
const FILES_KEPT = 20
const OCTETS_KEPT = 50_000_000
const UNDO = sql`interval '7 days'`

const open = inArray(contactImports.state, ['queued', 'running', 'undoing'])
const named = (mailbox: string, id: string) => and(eq(contactImports.mailbox, mailbox), eq(contactImports.id, id))

export function insertFile(db: Database, mailbox: AuthorizedMailbox, name: string, content: Uint8Array): Promise<string> {
  return db.transaction(async (tx) => {
    const [row] = await tx.insert(contactFiles).values({ mailbox, name, content }).returning({ id: contactFiles.id })
    await tx.execute(sql`
      delete from contact_files where mailbox = ${mailbox} and id in (
        select id from (
          select id, row_number() over newest as place, sum(octet_length(content)) over newest as octets
          from contact_files where mailbox = ${mailbox} and import is null window newest as (order by created_at desc, id)
        ) as waiting where place > ${FILES_KEPT}::int or octets > ${OCTETS_KEPT}::int)`)
    return (row as { id: string }).id
  })
}

/** Of a file that no import has taken yet. */
export async function fileOf(db: Queryable, mailbox: AuthorizedMailbox, id: string) {
  const [row] = await db
    .select({ id: contactFiles.id, name: contactFiles.name, content: contactFiles.content })
    .from(contactFiles)
    .where(and(eq(contactFiles.mailbox, mailbox), eq(contactFiles.id, id), isNull(contactFiles.import)))
  return row
}

const reported = {
  ...getTableColumns(contactImports),
  undoUntil: sql<string | null>`to_char((${contactImports.finishedAt} + ${UNDO}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
}

export type Reported = Awaited<ReturnType<typeof importsOf>>[number]

/** The newest first. */
export const importsOf = (db: Queryable, mailbox: AuthorizedMailbox, limit: number) =>
  db
    .select(reported)
    .from(contactImports)
    .where(eq(contactImports.mailbox, mailbox))
    .orderBy(desc(contactImports.createdAt), contactImports.id)
    .limit(limit)

export async function importOf(db: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<Reported | undefined> {
  const [row] = await db.select(reported).from(contactImports).where(named(mailbox, id))
  return row
}

export interface LeftOutRow {
  file: number
  row: number
  fault: RowFault
  cells: string[]
}

export const leftOutOf = async (db: Queryable, mailbox: AuthorizedMailbox, id: string): Promise<LeftOutRow[]> => [
  ...(await db.execute<LeftOutRow & Record<string, unknown>>(sql`
    select file, row, fault, cells from contact_import_rows
    where mailbox = ${mailbox} and import = ${id} and kind = 'left_out' order by file, row`)),
]

/** What a file says may hold what the database takes for no text: NUL, and half of a surrogate pair. */
const storable = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part)))

interface NewImport {
  duplicates: 'merge' | 'skip' | 'replace' | 'keep'
  files: StoredFile[]
}

/** Until the end of the transaction nobody else begins an import, or an undo, of this mailbox. */
const alone = (tx: Queryable, mailbox: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`contact import ${mailbox}`}, 0))`)

/** Null when another import of this mailbox is under way. */
export function insertImport(db: Database, mailbox: AuthorizedMailbox, values: NewImport): Promise<string | null> {
  return db.transaction(async (tx) => {
    await alone(tx, mailbox)
    const total = values.files.reduce((sum, { rows }) => sum + rows, 0)
    const [row] = await tx
      .insert(contactImports)
      .values({ mailbox, total, ...storable(values) })
      .onConflictDoNothing()
      .returning({ id: contactImports.id })
    if (!row) return null
    const ids = values.files.map(({ id }) => id)
    const taken = await tx
      .update(contactFiles)
      .set({ import: row.id })
      .where(and(eq(contactFiles.mailbox, mailbox), inArray(contactFiles.id, ids), isNull(contactFiles.import)))
      .returning({ id: contactFiles.id })
    // Newer ones have pushed it out since it was read.
    if (taken.length < ids.length) throw new AppError('not_found')
    await enqueueRun(tx, mailbox, row.id)
    return row.id
  })
}

/** `over`: it is too late, or there is nothing to undo any more. */
export async function requestUndo(db: Database, mailbox: AuthorizedMailbox, id: string): Promise<'begun' | 'over' | 'busy'> {
  return db.transaction(async (tx) => {
    await alone(tx, mailbox)
    const [busy] = await tx
      .select({ id: contactImports.id })
      .from(contactImports)
      .where(and(eq(contactImports.mailbox, mailbox), open))
    if (busy) return 'busy'
    const rows = await tx
      .update(contactImports)
      .set({ state: 'undoing', claimedUntil: sql`now()`, failingSince: null })
      .where(
        and(named(mailbox, id), inArray(contactImports.state, ['done', 'failed']), sql`${contactImports.finishedAt} > now() - ${UNDO}`),
      )
      .returning({ id: contactImports.id })
    if (rows.length === 0) return 'over'
    await enqueueRun(tx, mailbox, id)
    return 'begun'
  })
}

/** So many run at once at most: what people wait for beside them has the other workers (F13). */
const LANES = 2
const laneOf = (id: string) => `contacts-${Number.parseInt(id.slice(-2), 16) % LANES}`

// A failed run is no job to be tried again: whatever nobody is at is found by the next round.
const enqueueRun = (tx: Pick<Queryable, 'execute'>, mailbox: string, id: string): Promise<void> =>
  enqueue(tx, RUN, { mailbox, id }, { key: `contacts:${id}`, queue: laneOf(id), attempts: 1, bulk: true })

/** Whatever nobody is at: its worker died, or the address book did not answer. */
export async function enqueueWaiting(db: Queryable): Promise<void> {
  const rows = await db
    .select({ mailbox: contactImports.mailbox, id: contactImports.id })
    .from(contactImports)
    .where(and(open, lte(contactImports.claimedUntil, sql`now()`)))
    .limit(100)
  for (const { mailbox, id } of rows) await enqueueRun(db, mailbox, id)
}

// Longer than a file of the most rows takes on a busy machine.
const CLAIM = sql`now() + interval '2 minutes'`

export type Claimed = typeof contactImports.$inferSelect

/** Undefined when it has ended, or somebody else is at it. */
export async function claimImport(db: Queryable, mailbox: string, id: string): Promise<Claimed | undefined> {
  const [row] = await db
    .update(contactImports)
    .set({
      state: sql`case ${contactImports.state} when 'queued' then 'running' else ${contactImports.state} end`,
      claim: sql`gen_random_uuid()`,
      claimedUntil: CLAIM,
    })
    .where(and(named(mailbox, id), open, lte(contactImports.claimedUntil, sql`now()`)))
    .returning()
  return row
}

const mine = ({ mailbox, id, claim }: Claimed) =>
  and(named(mailbox, id), open, claim ? eq(contactImports.claim, claim) : isNull(contactImports.claim))

/** The content of a claimed import's own file. */
export async function claimedFile(db: Queryable, { mailbox, id }: Claimed, file: string): Promise<Uint8Array | undefined> {
  const [row] = await db
    .select({ content: contactFiles.content })
    .from(contactFiles)
    .where(and(eq(contactFiles.mailbox, mailbox), eq(contactFiles.id, file), eq(contactFiles.import, id)))
  return row?.content
}

export interface FilePlan {
  rows: Planned[]
  leftOut: Omit<LeftOutRow, 'file'>[]
  skipped: number
  /** As the report tells of it. */
  files: StoredFile[]
}

const AT_ONCE = 1_000

/** Writes down what becomes of the next file's rows. The job as it is then; undefined when somebody else has taken it over. */
export function savePlan(db: Database, job: Claimed, plan: FilePlan): Promise<Claimed | undefined> {
  const { mailbox, id, planned: file } = job
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(contactImports)
      .set({
        ...{ files: storable(plan.files), planned: file + 1, failingSince: null, claimedUntil: CLAIM },
        ...{ skipped: job.skipped + plan.skipped, faulty: job.faulty + plan.leftOut.length },
      })
      .where(and(mine(job), eq(contactImports.planned, file)))
      .returning()
    if (!row) return undefined
    const rows = [
      ...plan.rows.map((planned) => ({ ...planned, state: 'planned' })),
      ...plan.leftOut.map((left) => ({ ...left, kind: 'left_out', state: 'done', rows: [] })),
    ]
    for (let from = 0; from < rows.length; from += AT_ONCE)
      await tx.execute(sql`
        insert into contact_import_rows (mailbox, import, file, row, kind, state, rows, contact, before, version, fault, cells)
        select ${mailbox}, ${id}, ${file}::int, row, kind, state, rows, contact, before, version, fault, cells
        from jsonb_to_recordset(${JSON.stringify(storable(rows.slice(from, from + AT_ONCE)))}::text::jsonb) as planned (
          row int, kind text, state text, rows int[], contact text, before jsonb, version text, fault text, cells jsonb)`)
    return row
  })
}

/** Rows of a file that are still to be done, or undone; at most so many, or all of them. */
export const rowsOf = async (db: Queryable, { mailbox, id }: Claimed, state: 'planned' | 'done', file: number, limit: number | null) => [
  ...(await db.execute<Planned & Record<string, unknown>>(sql`
    select kind, row, rows, contact, before, version from contact_import_rows
    where mailbox = ${mailbox} and import = ${id} and file = ${file}::int and state = ${state} and kind <> 'left_out'
    order by row limit ${limit}::int`)),
]

const COUNTED = ['added', 'changed', 'skipped', 'touched', 'undone', 'kept'] as const
type Counted = (typeof COUNTED)[number]

export interface RowEnd {
  row: number
  contact: string
  state: 'done' | 'skipped' | 'undone' | 'kept'
  version: string | null
}

/** Writes down how rows of a file ended, each once, and counts them; undefined when somebody else has taken the job over. */
export function saveEnds(db: Database, job: Claimed, file: number, from: 'planned' | 'done', ends: RowEnd[]): Promise<Claimed | undefined> {
  const { mailbox, id } = job
  return db.transaction(async (tx) => {
    // Before the rows are looked at, so that two workers come one after the other.
    const [held] = await tx.update(contactImports).set({ claimedUntil: CLAIM }).where(mine(job)).returning({ id: contactImports.id })
    if (!held) return undefined
    const [counts] = await tx.execute<Record<Counted, number>>(sql`
      with ended as (
        update contact_import_rows as r set state = e.state, version = coalesce(e.version, r.version)
        from jsonb_to_recordset(${JSON.stringify(ends)}::text::jsonb) as e (row int, state text, version text)
        where r.mailbox = ${mailbox} and r.import = ${id} and r.file = ${file}::int and r.row = e.row and r.state = ${from}
        returning r.state, r.kind, cardinality(r.rows) as size)
      select
        count(*) filter (where state = 'done' and kind = 'add')::int as added,
        coalesce(sum(size - (kind = 'add')::int) filter (where state = 'done'), 0)::int as changed,
        coalesce(sum(size) filter (where state = 'skipped'), 0)::int as skipped,
        count(*) filter (where state = 'done')::int as touched,
        count(*) filter (where state = 'undone')::int as undone,
        count(*) filter (where state = 'kept')::int as kept
      from ended`)
    if (from === 'done') await tellEarlier(tx, job, file, ends)
    const more = COUNTED.map((name) => [name, sql`${contactImports[name]} + ${counts?.[name] ?? 0}::int`])
    const [row] = await tx
      .update(contactImports)
      .set({ ...Object.fromEntries(more), failingSince: null, claimedUntil: CLAIM })
      .where(mine(job))
      .returning()
    return row
  })
}

/** What an earlier file made of these contacts is what they are now again; or it stays with what was changed since. */
const tellEarlier = (tx: Queryable, { mailbox, id }: Claimed, file: number, ends: RowEnd[]) =>
  tx.execute(sql`
    update contact_import_rows as r set version = coalesce(e.version, r.version), state = case e.state when 'kept' then 'kept' else r.state end
    from jsonb_to_recordset(${JSON.stringify(ends)}::text::jsonb) as e (contact text, state text, version text)
    where r.mailbox = ${mailbox} and r.import = ${id} and r.file < ${file}::int and r.contact = e.contact and r.state = 'done'`)

const PATIENCE = sql`interval '1 day'`

/** Lets go of a job until the address book may answer again. `over`: it has not for too long. */
export async function setAside(db: Queryable, job: Claimed): Promise<{ job: Claimed; over: boolean } | undefined> {
  const [row] = await db
    .update(contactImports)
    .set({ failingSince: sql`coalesce(${contactImports.failingSince}, now())`, claimedUntil: sql`now() + interval '5 seconds'` })
    .where(mine(job))
    .returning({ job: contactImports, over: sql<boolean>`${contactImports.failingSince} < now() - ${PATIENCE}` })
  return row
}

/** The files go with it: what is left of them are the rows that were left out. */
export function finishImport(db: Database, job: Claimed, state: 'done' | 'failed' | 'undone'): Promise<void> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(contactImports)
      .set({ state, finishedAt: sql`coalesce(${contactImports.finishedAt}, now())`, claim: null, failingSince: null })
      .where(mine(job))
      .returning({ id: contactImports.id })
    if (rows.length === 1) await tx.delete(contactFiles).where(and(eq(contactFiles.mailbox, job.mailbox), eq(contactFiles.import, job.id)))
  })
}
