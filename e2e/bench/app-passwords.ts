import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { createTestDatabase } from '#db/testing.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { median } from '#e2e/bench-numbers.ts'

/**
 * Speed as a ratio to a limit measured in the same run. Prints a line for each and exits with 1 when one is over its limit.
 * What Dovecot asks at a login is compared with the bare query by the same index, over one connection, both prepared.
 */
const MAILBOXES = 25_000
const EACH = 20
const ROUNDS = 4_000
const WARM_UP = 400

async function fill(sql: postgres.Sql): Promise<void> {
  await sql`insert into mail_accounts (mailbox, app_passwords_on) select 'user' || n || '@yunling.example', true from generate_series(1, ${MAILBOXES}::int) n`
  await sql`
    insert into app_passwords (mailbox, name, digest, protocols, expires_at, last_used_at, last_used_ip, last_used_protocol)
    select mailbox, 'device ' || k, app_password_digest(mailbox, encode(sha256(convert_to(mailbox || k, 'UTF8')), 'hex')), '{imap,smtp}',
      now() + interval '180 days', now(), '127.0.0.1', 'imap'
    from (select 'user' || n || '@yunling.example' as mailbox from generate_series(1, ${MAILBOXES}::int) n) m, generate_series(1, ${EACH}::int) k`
  await sql`vacuum analyze app_passwords`
  await sql`vacuum analyze mail_accounts`
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint()
  await run()
  return Number(process.hrtime.bigint() - start) / 1e6
}

async function appPasswordCheck(sql: postgres.Sql) {
  const logins = await sql<{ mailbox: string; digest: Uint8Array; hex: string }[]>`
    select mailbox, digest, encode(sha256(convert_to(mailbox || substr(name, 8), 'UTF8')), 'hex') as hex
    from app_passwords tablesample bernoulli (2) order by md5(id::text) limit ${ROUNDS + WARM_UP}`
  const bare: number[] = []
  const check: number[] = []
  for (const [round, { mailbox, digest, hex }] of logins.entries()) {
    const one = await time(() => sql`select id from app_passwords where mailbox = ${mailbox} and digest = ${digest}`)
    const other = await time(async () => {
      const rows = await sql`select * from mail_login(${mailbox}, ${hex}, 'imap', '127.0.0.1', 's')`
      if (rows.length !== 1) throw new Error('a valid app password was refused')
    })
    if (round < WARM_UP) continue
    bare.push(one)
    check.push(other)
  }
  return { bare: median(bare), check: median(check), rounds: bare.length }
}

const { server, stop } = await startTestServer()
const database = await createTestDatabase(server)
const sql = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
try {
  await fill(sql)
  const { bare, check, rounds } = await appPasswordCheck(sql)
  const ratio = check / bare
  const verdict = ratio <= 1.5 ? 'within' : 'over'
  console.log(`app password check, ${MAILBOXES * EACH} rows, ${EACH} a user, ${rounds} logins (run ${randomBytes(2).toString('hex')})`)
  console.log(
    `  bare indexed query p50 ${bare.toFixed(3)} ms; mail_login p50 ${check.toFixed(3)} ms; ratio ${ratio.toFixed(2)}, ${verdict} the limit of 1.5`,
  )
  if (ratio > 1.5) process.exitCode = 1
} finally {
  await sql.end()
  await database.drop()
  await stop()
}
