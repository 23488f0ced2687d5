import { randomBytes, randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, connectSql } from '#db/client.ts'
import { insertTraced } from '#db/factories.ts'
import { createTestDatabase } from '#db/testing.ts'
import { installMailStack } from '#deploy/install.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { startMailStack } from '#deploy/mail-stack.ts'
import { createMailCore } from '#lib/mail-core/index.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'

/**
 * A mail to a hundred people here, recalled: from the click to the last copy taken out of Dovecot, with audit and notices. Exits with 1
 * when that takes longer than the limit, or a copy is left.
 */
const PEOPLE = 100
const LIMIT_SECONDS = 10

const obstacle = installMailStack()
if (obstacle) throw new Error(obstacle)
const domain = 'yunling.example'
const { server, stop } = await startTestServer()
const database = await createTestDatabase(server)
const secret = () => randomBytes(32).toString('base64')
Object.assign(process.env, {
  ...{ DATABASE_URL: database.url, PUBLIC_URL: 'http://127.0.0.1:3000', DEMO: '1', LOG_LEVEL: 'warn', RECALL_APPROVAL_OVER: '100' },
  ...{ SESSION_SECRET: secret(), AUDIT_KEY: secret(), PHONE_KEYS: `k1:${secret()}`, PHONE_INDEX_KEY: secret() },
  ...{ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'posthouse', OIDC_CLIENT_SECRET: secret() },
})
const { sentJobs } = await import('#lib/features/sent/jobs.ts')
const { recallSentOperation, showRecallOperation } = await import('#lib/features/sent/operations.ts')
const { octetsOf } = await import('#lib/platform/testing/send-mail.ts')

const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-bench-'))
// Root starts the daemons as another user, who has to enter here.
chmodSync(dataDir, 0o755)
const people = Array.from({ length: PEOPLE }, (_, index) => `bench${index}@${domain}`)
const accounts = people.map((address) => {
  const login = address.slice(0, address.indexOf('@'))
  return { address, login, name: '林晓云', nameEn: 'Lin Xiaoyun', password: 'main-Password-1', groups: [] }
})
const { ldap, imap, master, doveadm, ...stack } = await startMailStack({ dataDir, databaseOwnerUrl: database.ownerUrl, domain, accounts })
const sql = connectSql(database.url, { max: 5 })
const db = connect(database.url)
const mail = createMailCore({
  sql,
  directory: ldap,
  mailbox: { imap, master, doveadm },
  ...{
    appPasswords: 'postgres',
    trace: 'embedded',
    senderRules: 'embedded',
    filter: 'embedded',
    delivery: 'embedded',
    addressBook: 'embedded',
    dns: 'embedded',
  },
  quarantine: { judge: 'embedded', heldDays: 30 },
})
const on = { db, mail }

async function send(login: string): Promise<string> {
  const arrival = Date.now() * 1_000
  const id = queueIdOf(arrival, BigInt(randomInt(2 ** 47)))
  for (const mailbox of people) await insertTraced(db, { mailbox, id, arrival, from: login, login })
  await Promise.all(people.map((mailbox) => mail.mailbox.append(mailbox, 'INBOX', octetsOf({ id }))))
  return id
}

try {
  const login = people[0] as string
  const actor = { kind: 'user', mailbox: login, name: login, sessionId: crypto.randomUUID(), authAge: 0 } as const
  const caller = { actor, request: { ip: null, userAgent: null, locale: 'en' as const }, ownOrigin: true }
  const id = await send(login)
  const start = performance.now()
  const begun = await recallSentOperation.execute(caller, { id }, on)
  if (!begun.ok) throw new Error(begun.code)
  await sentJobs.tasks['sent.run-recalls']?.({}, on)
  const seconds = (performance.now() - start) / 1_000
  const shown = await showRecallOperation.execute(caller, { id }, on)
  const taken = shown.ok ? shown.data.recipients.filter(({ state }) => state === 'withdrawn').length : 0
  const right = taken === PEOPLE && seconds < LIMIT_SECONDS
  console.log(`recall, ${taken} of ${PEOPLE} copies taken out of Dovecot`)
  console.log(`  ${seconds.toFixed(2)} s, ${right ? 'within' : 'over'} the limit of ${LIMIT_SECONDS} s`)
  if (!right) process.exitCode = 1
} finally {
  await Promise.all([sql.end(), db.$client.end()])
  await stack.stop()
  rmSync(dataDir, { recursive: true, force: true })
  await database.drop()
  await stop()
}
process.exit()
