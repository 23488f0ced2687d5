import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import postgres from 'postgres'
import { createTestDatabase } from '#db/testing.ts'
import { installMailStack } from '#deploy/install.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { startMailStack } from '#deploy/mail-stack.ts'
import { median } from '#e2e/bench-numbers.ts'
import { lmtpDelivery } from '#lib/mail-core/delivery/lmtp.ts'
import type { Quarantine } from '#lib/mail-core/quarantine/port.ts'
import { postfixQuarantine } from '#lib/mail-core/quarantine/postfix.ts'
import { drain, type QueuedMail } from '#lib/mail-core/quarantine/testing/postfix-like.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'

/**
 * A thousand held mails released in bulk, compared with the same mails handed to the same Dovecot by a plain LMTP client; and how many
 * mails a second the listener takes in. Prints a line for each, and says whether the release is within its limit.
 */
const MAILS = 1_000
const PEOPLE = 50
const SIZE = 8_000
const CONNECTIONS = 8
// Both by turns, since a shared machine is now faster, now slower.
const ROUNDS = 5
const LEAST_RATIO = 0.5

interface Site {
  domain: string
  lmtp: { host: string; port: number }
  sql: postgres.Sql
}

const person = (index: number, domain: string) => `bench${index % PEOPLE}@${domain}`

function mails(domain: string): QueuedMail[] {
  const now = Date.now() * 1_000
  return Array.from({ length: MAILS }, (_, index) => ({
    id: queueIdOf(now + index, BigInt(index)),
    raw: Buffer.from(
      `X-Portal-Quarantine: verdict=spam; score=9.10; required=8.00; auth=none\r\nFrom: zhao@partner.example\r\nSubject: Report ${index}\r\n` +
        `Message-ID: <${index}@partner.example>\r\n\r\n${`${randomBytes(38).toString('hex')}\r\n`.repeat(SIZE / 78)}`,
    ),
    recipients: [person(index, domain)],
  }))
}

/** Does the work of a queue, some at once, and returns how many a second. */
async function rate<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<number> {
  const queue = items.values()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (const item of queue) await work(item)
    }),
  )
  return (1_000 * items.length) / (performance.now() - start)
}

async function takeIn(quarantine: Quarantine, all: QueuedMail[]): Promise<number> {
  const intake = await quarantine.listen()
  const queue = all.map((mail) => ({ ...mail }))
  const start = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, () =>
      drain(
        queue,
        async () => intake,
        () => {},
      ),
    ),
  )
  const perSecond = (1_000 * all.length) / (performance.now() - start)
  await intake.close()
  return perSecond
}

async function releaseAll(quarantine: Quarantine, mails: QueuedMail[]): Promise<number> {
  const byPerson = Object.entries(Object.groupBy(mails, ({ recipients }) => recipients[0] as string))
  const start = performance.now()
  const started = await Promise.all(
    byPerson.map(async ([mailbox, held = []]) => {
      const ids = await quarantine.startRelease(
        mailbox,
        held.map(({ id }) => id),
      )
      return ids.map((id) => ({ mailbox, id }))
    }),
  )
  await rate(started.flat(), async ({ mailbox, id }) => {
    if (!(await quarantine.release(mailbox, id))) throw new Error(`${id} was not released`)
  })
  if (started.flat().length !== mails.length) throw new Error('not all were held')
  return (1_000 * mails.length) / (performance.now() - start)
}

async function deliverAll({ lmtp }: Site, all: QueuedMail[]): Promise<number> {
  const { host, port } = lmtp
  const transport = createTransport({
    host,
    port,
    lmtp: true,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: MAILS,
    ignoreTLS: true,
  })
  try {
    return await rate(all, ({ raw, recipients }) => transport.sendMail({ envelope: { from: 'zhao@partner.example', to: recipients }, raw }))
  } finally {
    transport.close()
  }
}

export async function benchRelease(site: Site): Promise<{ intake: number; release: number; plain: number; ratio: number }> {
  const { sql, lmtp, domain } = site
  const quarantine = postfixQuarantine({ sql, listen: { host: '127.0.0.1', port: 0 }, delivery: lmtpDelivery(lmtp), heldDays: 30 })
  const all = mails(domain)
  // Dovecot makes a mailbox with its first mail; neither side pays for that.
  await deliverAll(site, all.slice(0, PEOPLE))
  const intake = await takeIn(quarantine, all)
  const rounds: { plain: number; release: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const some = all.slice((round * MAILS) / ROUNDS, ((round + 1) * MAILS) / ROUNDS)
    rounds.push({ plain: await deliverAll(site, some), release: await releaseAll(quarantine, some) })
  }
  return {
    intake,
    release: median(rounds.map(({ release }) => release)),
    plain: median(rounds.map(({ plain }) => plain)),
    ratio: median(rounds.map(({ release, plain }) => release / plain)),
  }
}

if (import.meta.main) {
  const obstacle = installMailStack()
  if (obstacle) throw new Error(obstacle)
  const domain = 'yunling.example'
  const { server, stop } = await startTestServer()
  const database = await createTestDatabase(server)
  const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-bench-'))
  // Root starts the daemons as another user, who has to enter here.
  chmodSync(dataDir, 0o755)
  const accounts = Array.from({ length: PEOPLE }, (_, index) => ({
    address: person(index, domain),
    login: `bench${index}`,
    name: '林晓云',
    nameEn: 'Lin Xiaoyun',
    password: 'main-Password-1',
    groups: [],
  }))
  const stack = await startMailStack({ dataDir, databaseOwnerUrl: database.ownerUrl, domain, accounts })
  const sql = postgres(database.url, { max: 10, onnotice: () => {} })
  try {
    const { intake, release, plain, ratio } = await benchRelease({ domain, lmtp: stack.lmtp, sql })
    console.log(`quarantine, ${MAILS} mails of ${SIZE / 1_000} KB, ${CONNECTIONS} at once`)
    console.log(`  taken in ${intake.toFixed(0)}/s; released ${release.toFixed(0)}/s; plain LMTP ${plain.toFixed(0)}/s`)
    console.log(`  ratio ${ratio.toFixed(2)}, ${ratio >= LEAST_RATIO ? 'within' : 'under'} the limit of ${LEAST_RATIO}`)
    if (ratio < LEAST_RATIO) process.exitCode = 1
  } finally {
    await sql.end()
    await stack.stop()
    rmSync(dataDir, { recursive: true, force: true })
    await database.drop()
    await stop()
  }
}
