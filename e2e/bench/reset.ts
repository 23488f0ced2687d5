import { randomBytes } from 'node:crypto'
import { createTestDatabase } from '#db/testing.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'
import { median } from '#e2e/bench-numbers.ts'

/**
 * T1: what a stranger could learn from the time. Each step of a reset is asked for by turns for an account that exists, with a phone, and
 * for one that does not, each from an address of its own. Exits with 1 when the medians of a step are 5 ms apart or more.
 */
const ROUNDS = 1_000
const LIMIT_MS = 5

const { server, stop } = await startTestServer()
const database = await createTestDatabase(server)
const secret = () => randomBytes(32).toString('base64')
Object.assign(process.env, {
  ...{ DATABASE_URL: database.url, PUBLIC_URL: 'http://127.0.0.1:3000', DEMO: '1', LOG_LEVEL: 'silent' },
  ...{ SESSION_SECRET: secret(), AUDIT_KEY: secret(), PHONE_KEYS: `k1:${secret()}`, PHONE_INDEX_KEY: secret() },
  ...{ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'posthouse', OIDC_CLIENT_SECRET: secret() },
})
const { resources } = await import('#lib/platform/context.ts')
const { bindPhone } = await import('#lib/platform/testing/bind-phone.ts')
const { insertAccount } = await import('#db/factories.ts')
const { startResetOperation, showResetOperation, proveResetOperation, sendCodeOperation } = await import(
  '#lib/features/reset/operations.ts'
)
const on = resources()
const STEPS = ['start', 'show', 'prove'] as const
type Times = Record<(typeof STEPS)[number], number[]>
const times: Record<'known' | 'unknown', Times> = {
  known: { start: [], show: [], prove: [] },
  unknown: { start: [], show: [], prove: [] },
}

async function timed<T>(into: number[], run: () => Promise<T>): Promise<T> {
  const start = process.hrtime.bigint()
  const result = await run()
  into.push(Number(process.hrtime.bigint() - start) / 1e6)
  return result
}

/** One reset as far as the first wrong code; the worker's part is not timed. */
async function reset(into: Times, account: string, round: number): Promise<void> {
  const ip = `10.${round >> 8}.${round & 255}.${into === times.known ? 1 : 2}`
  const caller = { actor: { kind: 'anonymous' }, request: { ip, userAgent: null, locale: 'en' }, ownOrigin: true } as const
  const started = await timed(into.start, () => startResetOperation.execute(caller, { account, by: 'text' }, on))
  if (!started.ok) throw new Error(started.code)
  const { token } = started.data
  const [flow] = await on.db.$client`select id from reset_flows order by created_at desc limit 1`
  const job = { ...caller, actor: { kind: 'system', job: 'reset.look-up' } } as const
  await sendCodeOperation.execute(job, { flow: flow?.id }, on)
  await on.db
    .$client`delete from rate_hits where key in ('code-wrong:reset:site', 'sms:site', 'operation:reset.send-code:system:reset.look-up')`
  await on.db.$client`update reset_flows set sent_at = sent_at - interval '1 second' where id = ${flow?.id}`
  await timed(into.show, () => showResetOperation.execute(caller, { token }, on))
  const answer = await timed(into.prove, () => proveResetOperation.execute(caller, { token, code: '12345678' }, on))
  if (answer.ok || answer.code !== 'code_wrong') throw new Error(answer.ok ? 'a guess was right' : answer.code)
}

try {
  for (let round = 0; round < ROUNDS; round++) {
    const address = `known-${round}@yunling.example`
    await insertAccount(on.db, { address })
    await bindPhone(on, address, `+86138${String(round).padStart(4, '0')}0000`)
    const turns = [() => reset(times.known, address, round), () => reset(times.unknown, `unknown-${round}@yunling.example`, round)]
    for (const turn of round % 2 ? turns : turns.reverse()) await turn()
  }
  console.log(`reset, ${ROUNDS} accounts that exist and ${ROUNDS} that do not`)
  for (const step of STEPS) {
    const [known, unknown] = [median(times.known[step]), median(times.unknown[step])]
    const apart = Math.abs(known - unknown)
    console.log(
      `  ${step}: p50 ${known.toFixed(2)} ms known, ${unknown.toFixed(2)} ms unknown; ${apart.toFixed(2)} ms apart, ${apart < LIMIT_MS ? 'within' : 'over'} the limit of ${LIMIT_MS} ms`,
    )
    if (apart >= LIMIT_MS) process.exitCode = 1
  }
} finally {
  await on.db.$client.end()
  await database.drop()
  await stop()
}
process.exit()
