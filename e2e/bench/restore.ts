import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImapFlow } from 'imapflow'
import { connectSql } from '#db/client.ts'
import { createTestDatabase } from '#db/testing.ts'
import { installMailStack } from '#deploy/install.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { startMailStack } from '#deploy/mail-stack.ts'
import { median } from '#e2e/bench-numbers.ts'
import { doveadmApi } from '#lib/mail-core/doveadm.ts'
import { dovecotMailbox } from '#lib/mail-core/mailbox/dovecot.ts'
import type { Mailbox } from '#lib/mail-core/mailbox/port.ts'
import { allDeleted } from '#lib/mail-core/mailbox/testing/house.ts'
import { mailClients } from '#lib/mail-core/mailbox/testing/mail-clients.ts'

/**
 * A page of deleted mail, compared with a bare IMAP FETCH of as many; and mail that is restored, compared with a bare move by Dovecot's
 * administration API. Prints a line for each, and says whether they are within their limits.
 */
const DELETED = 10_000
const SHOWN = 50
const RESTORED = 1_000
const ROUNDS = 15
const MOST_RATIO = 2
const HIDDEN = '.EXPUNGED/INBOX'
const LIN = { address: 'lin@yunling.example', login: 'lin', name: '林晓云', nameEn: 'Lin Xiaoyun', password: 'main-Password-1', groups: [] }
const EVER = { since: new Date(0) }

type Hands = ReturnType<typeof mailClients>

const letters = (count: number) =>
  Array.from(
    { length: count },
    (_, number) =>
      `From: Zhao <zhao@partner.example>\r\nTo: <${LIN.address}>\r\nSubject: Report ${number}\r\nDate: Wed, 25 Nov 2026 10:00:00 +0800\r\n` +
      `Message-ID: <${number}@partner.example>\r\n\r\n${`${number} `.repeat(500)}\r\n`,
  )

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Both by turns, since a shared machine is now faster, now slower. */
async function compare(ours: () => Promise<number>, bare: () => Promise<number>): Promise<{ ours: number; bare: number; ratio: number }> {
  const rounds: { ours: number; bare: number }[] = []
  for (let round = -2; round < ROUNDS; round++) {
    const times = round % 2 === 0 ? { ours: await ours(), bare: await bare() } : { bare: await bare(), ours: await ours() }
    if (round >= 0) rounds.push(times)
  }
  const [mine, theirs] = [median(rounds.map(({ ours }) => ours)), median(rounds.map(({ bare }) => bare))]
  return { ours: mine, bare: theirs, ratio: mine / theirs }
}

async function fetchNewest(client: ImapFlow): Promise<number> {
  await client.mailboxOpen(HIDDEN, { readOnly: true })
  const exists = client.mailbox ? client.mailbox.exists : 0
  let found = 0
  for await (const _ of client.fetch(`${exists - SHOWN + 1}:*`, { uid: true, envelope: true, internalDate: true, size: true, flags: true }))
    found++
  return found
}

const show = (mailbox: Mailbox, hands: Hands) =>
  compare(
    () =>
      time(async () => {
        const { messages } = await mailbox.deleted(LIN.address, { ...EVER, limit: SHOWN })
        if (messages.length !== SHOWN) throw new Error(`${messages.length} are shown`)
      }),
    () =>
      time(async () => {
        const found = await hands.asOwner(LIN.address, fetchNewest)
        if (found !== SHOWN) throw new Error(`${found} are fetched`)
      }),
  )

function restore(mailbox: Mailbox, hands: Hands, doveadm: ReturnType<typeof doveadmApi>) {
  const newest = async () => (await allDeleted(mailbox, LIN.address, EVER)).slice(-RESTORED).map(({ id }) => id)
  return compare(
    async () => {
      const ids = await newest()
      const took = await time(async () => {
        const { restored } = await mailbox.restore(LIN.address, ids)
        if (restored.length !== RESTORED) throw new Error(`${restored.length} are restored`)
      })
      await hands.expunge(LIN.address, 'INBOX')
      return took
    },
    async () => {
      const uids = (await newest()).map((id) => id.split('.').at(-1))
      const query = ['mailbox', HIDDEN, 'uid', `${uids[0]}:${uids.at(-1)}`]
      const took = await time(() => doveadm('move', { user: LIN.address, destinationMailbox: 'INBOX', query }))
      await hands.expunge(LIN.address, 'INBOX')
      return took
    },
  )
}

function report(what: string, bareName: string, { ours, bare, ratio }: Awaited<ReturnType<typeof compare>>): void {
  const verdict = ratio <= MOST_RATIO ? 'within' : 'over'
  console.log(
    `  ${what} ${ours.toFixed(1)} ms; ${bareName} ${bare.toFixed(1)} ms; ratio ${ratio.toFixed(2)}, ${verdict} the limit of ${MOST_RATIO}`,
  )
  if (ratio > MOST_RATIO) process.exitCode = 1
}

const obstacle = installMailStack()
if (obstacle) throw new Error(obstacle)
const { server, stop } = await startTestServer()
const database = await createTestDatabase(server)
const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-bench-'))
// Root starts the daemons as another user, who has to enter here.
chmodSync(dataDir, 0o755)
const stack = await startMailStack({ dataDir, databaseOwnerUrl: database.ownerUrl, domain: 'yunling.example', accounts: [LIN] })
const sql = connectSql(database.url)
try {
  const mailbox = dovecotMailbox({ ...stack, sql })
  const hands = mailClients(stack)
  await hands.fill(LIN.address, 'INBOX', letters(DELETED))
  await hands.expunge(LIN.address, 'INBOX')
  console.log(`restore, ${DELETED} deleted mails`)
  report(`${SHOWN} shown`, 'bare fetch', await show(mailbox, hands))
  report(`${RESTORED} restored`, 'bare move', await restore(mailbox, hands, doveadmApi({ ...stack.doveadm, timeoutMs: 30_000 })))
} finally {
  await sql.end()
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
  await database.drop()
  await stop()
}
