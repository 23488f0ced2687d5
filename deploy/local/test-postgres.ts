import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrate } from '#db/migrate.ts'
import type { TestServer } from '#db/testing.ts'
import { startPostgres, stopLeftOver } from './postgres.ts'
import { commandLine } from './process-table.ts'

const PREFIX = 'posthouse-test-'
const TEMPLATE = 'posthouse_template'

/** vitest's globalSetup: one PostgreSQL for the run. */
export default async function setup({ provide }: TestProject) {
  const { server, stop } = await startTestServer()
  provide('testServer', server)
  return stop
}

/** A throwaway PostgreSQL with a migrated template database, for `createTestDatabase`. */
export async function startTestServer(): Promise<{ server: TestServer; stop(): Promise<void> }> {
  await removeLeftOvers()
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // Root starts PostgreSQL as another user, who has to enter here.
  chmodSync(dataDir, 0o755)
  const cluster = await startPostgres({ dataDir, durable: false })
  const stop = async () => {
    await cluster.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const appPassword = randomBytes(18).toString('base64url')
    const sql = postgres(cluster.url(), { max: 1 })
    await sql`create database ${sql(TEMPLATE)}`
    await migrate(cluster.url(TEMPLATE))
    await sql`alter role posthouse_app login password '${sql.unsafe(appPassword)}'`
    await sql.end()
    return { server: { ownerUrl: cluster.url(), template: TEMPLATE, appPassword }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Servers of runs that were killed before they could stop theirs. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue
    const dataDir = join(tmpdir(), name)
    const run = Number(name.slice(PREFIX.length).split('-')[0])
    if (commandLine(run) || statSync(dataDir).uid !== process.getuid?.()) continue
    await stopLeftOver(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
}
