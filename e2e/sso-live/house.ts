import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { createTestDatabase } from '#db/testing.ts'
import { ACCOUNTS, startLemonLdap } from '#deploy/counterparts/lemonldap.ts'
import { buildPortal } from '#deploy/demo/build.ts'
import { freePort } from '#deploy/local/ports.ts'
import { until } from '#deploy/local/process-table.ts'
import { startTestServer } from '#deploy/local/test-postgres.ts'

const ROOT = join(import.meta.dirname, '../..')

export type Protocol = 'oidc' | 'cas' | 'saml'
export type House = Awaited<ReturnType<typeof openHouse>>

/** A database with a mailbox for each account of LemonLDAP::NG, LemonLDAP::NG itself, and one portal at a time in front. */
export async function openHouse() {
  const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-sso-'))
  // As root the daemons run as another user, who has to pass here.
  chmodSync(dataDir, 0o755)
  await buildPortal(join(dataDir, 'build.log'))
  const cluster = await startTestServer()
  const database = await createTestDatabase(cluster.server)
  const sql = postgres(database.ownerUrl, { max: 2, onnotice: () => {} })
  for (const { address, login, name } of ACCOUNTS) {
    await sql`insert into directory_accounts (address, login, name, password_hash) values (${address}, ${login}, ${name}, '!')`
  }
  const url = `http://127.0.0.1:${await freePort()}`
  const provider = await startLemonLdap({ dataDir, publicUrl: url })
  return {
    url,
    provider,
    sql,
    startPortal: (protocol: Protocol) =>
      startPortal(url, join(dataDir, `portal-${protocol}.log`), { DATABASE_URL: database.url, ...provider.settings[protocol] }),
    close: async () => {
      await provider.stop()
      await sql.end()
      await database.drop()
      await cluster.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function startPortal(url: string, log: string, settings: Record<string, string>): Promise<{ stop(): Promise<void> }> {
  const secret = () => randomBytes(32).toString('base64')
  const { PATH = '', HOME = '' } = process.env
  const output = openSync(log, 'a', 0o600)
  const portal = spawn(process.execPath, ['lib/server.ts'], {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: {
      ...{ PATH, HOME, NODE_ENV: 'production', PUBLIC_URL: url, PORT: new URL(url).port, DEMO: '1' },
      ...{ SESSION_SECRET: secret(), AUDIT_KEY: secret(), PHONE_KEYS: `k1:${secret()}`, PHONE_INDEX_KEY: secret() },
      ...{ ROLE_GROUPS: 'agent=timelords', DIRECTORY: 'sql', MAILBOX: 'embedded', SMS: 'outbox' },
      ...settings,
    },
  })
  closeSync(output)
  const ended = new Promise<void>((resolve) => portal.once('exit', () => resolve()))
  const stop = async () => {
    portal.kill('SIGTERM')
    await ended
  }
  const answers = () =>
    fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  if (await until(async () => portal.exitCode !== null || (await answers()), 60_000)) {
    if (portal.exitCode === null) return { stop }
  }
  await stop()
  throw new Error(`The portal does not start (log: ${log})`)
}
