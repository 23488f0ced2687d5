import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, copyFile, mkdtemp, open, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { connectSql } from '#db/client.ts'
import { sourceOf } from './log-file.ts'
import { postfixTrace } from './postfix-log.ts'
import { traceHouse } from './testing/house.ts'
import { complete, linesOf, newMailbox } from './testing/mail-log.ts'

const machine = vi.hoisted(() => ({ name: null as string | null }))
vi.mock('node:os', async (original) => {
  const os = await original<typeof import('node:os')>()
  return { ...os, hostname: () => machine.name ?? os.hostname() }
})

let house: Awaited<ReturnType<typeof traceHouse>>
let log: string
let mailbox: string
let end: AbortController
let following: Promise<void>[]

beforeAll(async () => {
  house = await traceHouse()
  await countRepeats()
})
afterAll(() => house.close())
beforeEach(async () => {
  log = join(await mkdtemp(join(house.folder, 'log-')), 'mail.log')
  mailbox = newMailbox()
  end = new AbortController()
  following = []
})
afterEach(stop)

function follow(sql = house.sql): void {
  following.push(postfixTrace({ sql, files: [log], timeZone: 'UTC' }).follow(end.signal))
}

async function stop(): Promise<void> {
  end.abort()
  await Promise.all(following)
  following = []
  end = new AbortController()
}

/** Lines of new mails, each deferred twice and then delivered: three events and an arrival. */
function mails(number: number): { text: string; ids: string[] } {
  const deferred = { what: 'deferred' as const, status: '4.4.1', text: 'Connection refused' }
  const told = Array.from({ length: number }, () =>
    complete({ recipients: [{ mailbox, steps: [deferred, deferred, { what: 'delivered', folder: 'INBOX' }] }] }),
  )
  return {
    text: told
      .flatMap(linesOf)
      .map((line) => `${line}\n`)
      .join(''),
    ids: told.map(({ id }) => id),
  }
}

async function seen(): Promise<string[]> {
  const rows = await house.sql<{ id: string }[]>`
    select queue_id as id from trace_recipients where mailbox = ${mailbox} and outcome = 'delivered' and folder = 'INBOX' and jsonb_array_length(events) = 3`
  return rows.map(({ id }) => id).sort()
}

/** What is read twice changes nothing that is shown, so the writing itself is watched. */
async function countRepeats(): Promise<void> {
  const owner = connectSql(house.database.ownerUrl, { max: 1 })
  await owner`create table repeats (mailbox text)`
  await owner`create function repeated() returns trigger language plpgsql security definer as
    'begin insert into repeats values (new.mailbox); return null; end'`
  await owner`create trigger repeated after update on trace_recipients for each row
    when (old.* is not distinct from new.*) execute function repeated()`
  await owner`grant select on repeats to posthouse_app`
  await owner.end()
}
const repeats = () => house.sql`select from repeats where mailbox = ${mailbox}`

const sees = (...ids: string[][]) =>
  vi.waitFor(async () => expect(await seen()).toEqual(ids.flat().sort()), { timeout: 15_000, interval: 20 })

test('A file that is not there yet is waited for', async () => {
  follow()
  const { text, ids } = mails(1)
  await writeFile(log, text)
  await sees(ids)
})

test('A line without its end is left until it is whole', async () => {
  const { text, ids } = mails(2)
  const half = text.length - 40
  await writeFile(log, text.slice(0, half))
  follow()
  await sees(ids.slice(0, 1))
  await appendFile(log, text.slice(half))
  await sees(ids)
})

test('Reading goes on where it ended, also after a stop', async () => {
  const [one, two] = [mails(3), mails(3)]
  await writeFile(log, one.text)
  follow()
  await sees(one.ids)
  await stop()
  await appendFile(log, two.text)
  follow()
  await sees(one.ids, two.ids)
})

test('A file of many reads is taken in whole', async () => {
  const { text, ids } = mails(1_500)
  await writeFile(log, text)
  expect(text.length).toBeGreaterThan(2 ** 21)
  follow()
  await sees(ids)
})

describe('A rotation', () => {
  test('by another name: what was still written to the old file is read, then the new one', async () => {
    const [one, two, three] = [mails(2), mails(2), mails(2)]
    await writeFile(log, one.text)
    follow()
    await sees(one.ids)
    await rename(log, `${log}.1`)
    await appendFile(`${log}.1`, two.text)
    await sees(one.ids, two.ids)
    await writeFile(log, three.text)
    await sees(one.ids, two.ids, three.ids)
  })

  test('by a copy of what is cut off (copytruncate): the rest is read from the copy', async () => {
    const [one, two, three] = [mails(2), mails(2), mails(2)]
    await writeFile(log, one.text)
    follow()
    await sees(one.ids)
    await stop()
    await appendFile(log, two.text)
    await copyFile(log, `${log}.1`)
    await truncate(log)
    await appendFile(log, three.text)
    follow()
    await sees(one.ids, two.ids, three.ids)
  })

  test('into something compressed: the new file is read, from its beginning', async () => {
    const [one, two] = [mails(2), mails(4)]
    await writeFile(log, one.text)
    follow()
    await sees(one.ids)
    await stop()
    await rm(log)
    await writeFile(`${log}.1.gz`, gzipSync(one.text))
    await writeFile(log, two.text)
    follow()
    await sees(one.ids, two.ids)
  })

  test('that comes several times while nobody reads leaves no file out', async () => {
    const parts = [mails(2), mails(2), mails(2), mails(2)] as const
    await writeFile(log, parts[0].text)
    follow()
    await sees(parts[0].ids)
    await stop()
    await rename(log, `${log}.3`)
    for (const [number, part] of [
      [2, parts[1]],
      [1, parts[2]],
    ] as const) {
      await writeFile(`${log}.${number}`, part.text)
      await ageing(`${log}.${number}`, -60 * number)
    }
    await ageing(`${log}.3`, -180)
    await writeFile(log, parts[3].text)
    follow()
    await sees(...parts.map(({ ids }) => ids))
  })
})

async function ageing(path: string, seconds: number): Promise<void> {
  const file = await open(path)
  const at = Date.now() / 1_000 + seconds
  await file.utimes(at, at)
  await file.close()
}

test('Several may read at once, and each line counts once', async () => {
  const others = Array.from({ length: 3 }, () => connectSql(house.database.url))
  for (const sql of others) follow(sql)
  const all: string[][] = []
  for (let round = 0; round < 10; round++) {
    const { text, ids } = mails(20)
    all.push(ids)
    await appendFile(log, text)
    await sees(...all)
  }
  expect(await repeats()).toHaveLength(0)
  await stop()
  await Promise.all(others.map((sql) => sql.end()))
})

test('The same path on another machine is another file, read from its beginning', async () => {
  const [one, other] = [mails(5), mails(5)]
  for (const [name, { text, ids }] of [
    ['mx1', one],
    ['mx2', other],
  ] as const) {
    machine.name = name
    await writeFile(log, text)
    follow()
    await vi.waitFor(async () => expect(await seen()).toEqual(expect.arrayContaining(ids)), { timeout: 15_000, interval: 20 })
    await stop()
  }
  machine.name = null
  const rows = await house.sql`
    select source, (position ->> 'offset')::int as offset from trace_positions where source like ${`%:${log}`} order by source`
  expect(rows).toEqual([
    { source: `file:mx1:${log}`, offset: Buffer.byteLength(one.text) },
    { source: `file:mx2:${log}`, offset: Buffer.byteLength(other.text) },
  ])
})

test('Killed again and again, readers take each line in once', async () => {
  const script = `
    import { connectSql } from '#db/client.ts'
    import { postfixTrace } from '#lib/mail-core/trace/postfix-log.ts'
    console.log('reading')
    await postfixTrace({ sql: connectSql(process.argv[1]), files: [process.argv[2]], timeZone: 'UTC' }).follow(new AbortController().signal)`
  const { text, ids } = mails(1_000)
  await writeFile(log, text)
  const progress = async () => {
    const [row] = await house.sql`select position ->> 'offset' as offset from trace_positions where source = ${sourceOf(log)}`
    return Number(row?.offset ?? 0)
  }
  for (let [kills, last] = [0, 0]; kills < 12 && last < Buffer.byteLength(text); kills++, last = await progress()) {
    const reader = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, house.database.url, log], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(reader.stdout, 'data')
    // In the middle of whatever comes after one more piece.
    await vi.waitFor(async () => expect(await progress()).toBeGreaterThan(last), { timeout: 20_000, interval: 1 })
    reader.kill('SIGKILL')
    await once(reader, 'exit')
  }
  await sees(ids)
  expect(await repeats()).toHaveLength(0)
}, 60_000)
