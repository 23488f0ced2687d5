import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { judgedByRspamd } from './testing/harness.ts'
import { mail, newMailbox, newQueueId } from './testing/house.ts'
import { drain, type QueuedMail } from './testing/postfix-like.ts'

const SCRIPT = new URL('./testing/listener.ts', import.meta.url).pathname
const MAILS = 1_000
const KILLS = 5
const CONNECTIONS = 4

let running: ChildProcess | null = null
afterAll(() => running?.kill('SIGKILL'))

/** Resolves with the port as soon as it listens. */
async function start(databaseUrl: string, port: number): Promise<number> {
  running = spawn(process.execPath, [SCRIPT, databaseUrl, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(running.stdout as NodeJS.ReadableStream, 'data')
  return Number(String(line))
}

test('F3 killed five times in a thousand deliveries, the listener has lost nothing and doubled nothing', { timeout: 60_000 }, async () => {
  const database = await createTestDatabase()
  const sql = connectSql(database.url)
  // Every mail twice, as a sender's two runs would be: two queue ids, one digest.
  const bodies = Array.from({ length: MAILS / 2 }, () => judgedByRspamd('spam', mail()))
  const queue: QueuedMail[] = Array.from({ length: MAILS }, (_, index) => ({
    id: newQueueId(),
    raw: bodies[index % bodies.length] as Buffer,
    recipients: [newMailbox(), newMailbox()],
  }))
  const port = await start(database.url, 0)
  let listening = Promise.resolve(port)
  let done = 0
  let kills = 0

  const delivered = () => {
    done++
    if (kills === KILLS || done < ((kills + 1) * MAILS) / (KILLS + 2)) return
    kills++
    running?.kill('SIGKILL')
    listening = start(database.url, port)
  }
  const endpoint = async () => ({ host: '127.0.0.1', port: await listening })
  await Promise.all(Array.from({ length: CONNECTIONS }, () => drain(queue, endpoint, delivered)))

  expect(kills).toBe(KILLS)
  const [row] = await sql`
    select count(*)::int as rows, count(distinct (mailbox, queue_id))::int as mails, count(distinct digest)::int as digests,
      (select count(*)::int from quarantine_raw) as kept, (select count(*)::int from trace_recipients) as traced from quarantine`
  expect(row).toEqual({ rows: 2 * MAILS, mails: 2 * MAILS, digests: bodies.length, kept: bodies.length, traced: 2 * MAILS })
  await sql.end()
  await database.drop()
})
