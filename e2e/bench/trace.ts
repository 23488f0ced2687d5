import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { connectSql } from '#db/client.ts'
import { createTestDatabase, type TestServer } from '#db/testing.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { median, quantile } from '#e2e/bench-numbers.ts'
import { sourceOf } from '#lib/mail-core/trace/log-file.ts'
import { lineReader } from '#lib/mail-core/trace/log-lines.ts'
import type { Trace } from '#lib/mail-core/trace/port.ts'
import { postfixTrace } from '#lib/mail-core/trace/postfix-log.ts'
import { fillTrace } from '#lib/mail-core/trace/testing/fill.ts'
import { complete, linesOf, linesOfRemoval } from '#lib/mail-core/trace/testing/mail-log.ts'

/**
 * How many lines of a mail log a second are read, and taken into the trace; and whether a person's lists take as long among ten
 * times as many mails. Prints a line for each, and says whether they are within their limits.
 */
const MAILS = 20_000
const LEAST_LINES = 5_000
const EACH = 400
const DAYS = 30
const PEOPLE = 300
const ROUNDS = 1_500
const MOST_RATIO = 1.5

function log(): string[] {
  return Array.from({ length: MAILS }, (_, index) => {
    const recipients = [{ mailbox: `user${index % 5_000}@yunling.example`, steps: [{ what: 'delivered' as const, folder: 'INBOX' }] }]
    return [...linesOf(complete({ subject: `Report ${index}`, recipients })), ...(index % 10 === 0 ? session(index) : [])]
  }).flat()
}

/** Somebody logs in, deletes ten mails and leaves. */
function session(index: number): string[] {
  const at = new Date()
  const mails = Array.from({ length: 10 }, (_, number) => ({ messageId: `<${index}.${number}@elsewhere.example>`, size: 2_048, at }))
  return linesOfRemoval({ mailbox: `user${index % 5_000}@yunling.example`, client: 'Mozilla Thunderbird', mails })
}

async function ingest(server: TestServer): Promise<boolean> {
  const database = await createTestDatabase(server)
  const [sql, folder, lines] = [connectSql(database.url), mkdtempSync(join(tmpdir(), 'posthouse-bench-')), log()]
  const [file, text] = [join(folder, 'mail.log'), lines.map((line) => `${line}\n`).join('')]
  const rate = (start: number) => Math.round((1_000 * lines.length) / (performance.now() - start))
  try {
    const parsing = performance.now()
    lineReader('UTC')(text, {})
    const read = rate(parsing)
    writeFileSync(file, text)
    const end = new AbortController()
    const start = performance.now()
    const following = postfixTrace({ sql, files: [file], timeZone: 'UTC', onProblem: console.error }).follow(end.signal)
    for (let offset = 0; offset < text.length; ) {
      const [row] = await sql`select (position ->> 'offset')::int as offset from trace_positions where source = ${sourceOf(file)}`
      offset = row?.offset ?? 0
      await pause(20)
    }
    const taken = rate(start)
    end.abort()
    await following
    const verdict = taken >= LEAST_LINES ? 'within' : 'under'
    console.log(
      `trace, ${lines.length} lines of ${MAILS} mails and as many deletions: ${read} lines/s read, ${taken} lines/s taken in; ${verdict} the limit of ${LEAST_LINES}`,
    )
    return taken >= LEAST_LINES
  } finally {
    await sql.end()
    await database.drop()
    rmSync(folder, { recursive: true })
  }
}

interface Filled {
  rows: number
  sql: Sql
  close(): Promise<void>
}

async function filled(server: TestServer, rows: number): Promise<Filled> {
  const database = await createTestDatabase(server)
  const [owner, sql] = [connectSql(database.ownerUrl), connectSql(database.url, { max: 1 })]
  await fillTrace(owner, { rows, recipients: rows / EACH, days: DAYS })
  await owner.end()
  const close = async () => {
    await sql.end()
    await database.drop()
  }
  return { rows, sql, close }
}

type List = (trace: Trace, mailbox: string) => Promise<unknown[]>
const LISTS: Record<string, List> = {
  received: (trace, mailbox) => trace.page(mailbox, { limit: 50 }),
  sent: (trace, mailbox) => trace.sent(mailbox, { limit: 50 }),
}

/** Both by turns, since a shared machine is now faster, now slower; the same people, so that as much is asked for again. */
async function lists(name: string, list: List, traces: Filled[]): Promise<boolean> {
  const times = traces.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { sql }] of traces.entries()) {
      const start = performance.now()
      const { length } = await list(postfixTrace({ sql, files: [], timeZone: 'UTC' }), `user${round % PEOPLE}@yunling.example`)
      if (round >= PEOPLE) times[index]?.push(performance.now() - start)
      if (length !== 50) throw new Error('the list is not full')
    }
  }
  for (const [index, { rows }] of traces.entries()) {
    const [p50, p95] = [0.5, 0.95].map((share) => quantile(times[index] ?? [], share).toFixed(2))
    console.log(`trace, newest 50 ${name} of a person among ${rows} mails: p50 ${p50} ms, p95 ${p95} ms`)
  }
  const [one, ten] = times.map((of) => median(of)) as [number, number]
  const ratio = ten / one
  console.log(`  ratio ${ratio.toFixed(2)}, ${ratio <= MOST_RATIO ? 'within' : 'over'} the limit of ${MOST_RATIO}`)
  return ratio <= MOST_RATIO
}

const { server, stop } = await startTestServer()
try {
  const fast = await ingest(server)
  const traces = [await filled(server, 1_000_000), await filled(server, 10_000_000)]
  let even = true
  for (const [name, list] of Object.entries(LISTS)) even = (await lists(name, list, traces)) && even
  for (const { close } of traces) await close()
  if (!fast || !even) process.exitCode = 1
} finally {
  await stop()
}
