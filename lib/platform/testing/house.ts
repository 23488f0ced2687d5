import { runOnce } from 'graphile-worker'
import postgres from 'postgres'
import type { z } from 'zod'
import { connect, connectSql, type Sql } from '#db/client.ts'
import { insertAccount } from '#db/factories.ts'
import { createTestDatabase } from '#db/testing.ts'
import { signInOperation } from '#lib/features/sso/operations.ts'
import { createMailCore } from '#lib/mail-core/index.ts'
import { taskList } from '#lib/worker.ts'
import type { Actor } from '../actor.ts'
import type { RequestInfo, Resources } from '../context.ts'
import type { Caller, Operation, Result } from '../operation.ts'
import { resolveSession } from '../session.ts'
import { atEndOfFile } from './at-end.ts'
import { type Text, textsOf } from './texts.ts'

export const REQUEST: RequestInfo = {
  ip: '10.21.4.18',
  userAgent: 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
  locale: 'en',
}

/** Everything that the portal brings along itself. */
export const EMBEDDED = {
  directory: 'sql',
  mailbox: 'embedded',
  appPasswords: 'postgres',
  trace: 'embedded',
  quarantine: { judge: 'embedded', heldDays: 30 },
  delivery: 'embedded',
  senderRules: 'embedded',
  filter: 'embedded',
  addressBook: 'embedded',
  dns: 'embedded',
} as const

export interface House extends Resources {
  /** What the portal's own role connects to. */
  url: string
  /** Past every grant. */
  owner: Sql
  /** A person of the directory who has just signed in. */
  person(name: string, options?: { groups?: string[]; authTime?: Date | null }): Promise<Person>
  /** Moves every clock of the database forward, by a Postgres interval. */
  later(interval: string): Promise<void>
  /** Empties the usual limits, so that a test can ask more often than a person may. */
  forgetLimits(): Promise<void>
  /** What was sent to phones on behalf of a mailbox, oldest first. */
  texts(mailbox: string): Promise<Text[]>
  /** Runs the queued jobs as the worker would; throws when one of them failed. */
  work(): Promise<void>
  /** Another instance of the portal on the same database: a pool and a mail core of its own. */
  second(): Resources
}

export interface Person {
  mailbox: string
  /** The id of the present session, as it stands in the cookie. */
  sid: string
  actor(): Promise<Actor>
  /** A call through the one door, from a page of ours, in the present session. */
  call<I extends z.ZodType, O extends z.ZodType>(operation: Operation<I, O>, input?: unknown, how?: How): Promise<Result<z.input<O>>>
  /** A new session, with a fresh proof of who it is. */
  signIn(options?: { authTime?: Date | null; groups?: string[] }): Promise<void>
}

export type How = Partial<Caller> & { on?: Resources }

/** A portal with a database of its own, gone when the file's tests are through. */
export async function testHouse(): Promise<House> {
  const database = await createTestDatabase()
  const clients: Sql[] = []
  const open = (): Resources => {
    const sql = connectSql(database.url, { max: 2 })
    const db = connect(database.url, { max: 5 })
    clients.push(sql, db.$client)
    return { db, mail: createMailCore({ sql, ...EMBEDDED }) }
  }
  const owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  clients.push(owner)
  atEndOfFile(async () => {
    await Promise.all(clients.map((client) => client.end()))
    await database.drop()
  })
  const on = open()
  let second: Resources | undefined
  return {
    ...on,
    url: database.url,
    owner,
    second: () => {
      second ??= open()
      return second
    },
    person: (name, options) => newPerson(on, name, options),
    later: (interval) => moveClocks(owner, interval),
    forgetLimits: async () => void (await owner`truncate rate_hits`),
    texts: (mailbox) => textsOf(owner, mailbox),
    work: () => work(owner, database.url, on),
  }
}

export const addressOf = (name: string) => `${name}@yunling.example`

async function newPerson(on: Resources, name: string, { groups = [], authTime }: { groups?: string[]; authTime?: Date | null } = {}) {
  const mailbox = addressOf(name)
  await insertAccount(on.db, { address: mailbox, name, groups })
  const person: Person = {
    mailbox,
    sid: '',
    actor: async () => (await resolveSession(on.db, person.sid)).actor,
    call: async (operation, input = {}, { on: elsewhere, ...how } = {}) => {
      const caller: Caller = { actor: how.actor ?? (await person.actor()), request: REQUEST, ownOrigin: true, ...how }
      return operation.execute(caller, input, elsewhere ?? on)
    },
    signIn: async (options = {}) => {
      const assertion = assertionFor(name, { groups, ...options })
      person.sid = done(await signInOperation.execute(anonymous(), assertion, on)).sid
    },
  }
  await person.signIn({ authTime })
  return person
}

/** What the identity provider says of a person whose mailbox is `<name>@yunling.example`. */
export const assertionFor = (name: string, { groups = [], authTime = new Date() }: { groups?: string[]; authTime?: Date | null } = {}) => ({
  iss: 'https://id.yunling.example',
  sub: name,
  mailbox: addressOf(name),
  name,
  groups,
  authTime,
  idpSession: `idp-${name}`,
  logoutHint: `hint-${name}`,
  previousSid: null as string | null,
})

export const anonymous = (request: RequestInfo = REQUEST): Caller => ({ actor: { kind: 'anonymous' }, request, ownOrigin: true })

/** The data of a result that must be good. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code} ${JSON.stringify(result)}`)
  return result.data
}

/** `done`, or the code of the refusal. */
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'done' : result.code)

/** The audit's times are under its seal, and stay. */
async function moveClocks(owner: Sql, interval: string): Promise<void> {
  // The trace lies in partitions by day, and stays as the audit does.
  const tables = await owner<{ name: string; changes: string }[]>`
    select table_name as name, string_agg(format('%1$I = %1$I - interval %2$L', column_name, ${interval}::text), ', ') as changes
    from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp with time zone' and table_name not in ('audit_log', 'schema_migrations')
      and table_name !~ '^trace_(messages|recipients|deletions)'
    group by table_name`
  await owner.unsafe(tables.map(({ name, changes }) => `update ${name} set ${changes}`).join(';')).simple()
}

async function work(owner: Sql, url: string, on: Resources): Promise<void> {
  const { Logger } = await import('graphile-worker')
  const options = { connectionString: url, taskList: taskList(on), logger: new Logger(() => () => {}), noHandleSignals: true }
  // A job that waits for another one of its queue may be left over, which a worker would find by itself a moment later.
  for (let round = 0; round < 20; round++) {
    await runOnce(options)
    const left = await owner`select 1 from graphile_worker.jobs where run_at <= now() and locked_at is null and last_error is null`
    if (left.length === 0) break
  }
  const failed = await owner`select task_identifier, last_error from graphile_worker.jobs where last_error is not null`
  if (failed.length > 0) throw new Error(failed.map((job) => `${job.task_identifier}: ${job.last_error}`).join('\n'))
}
