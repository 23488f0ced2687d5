import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { signal, until } from './process-table.ts'
import { serviceHome } from './run-as.ts'

let dataDir: string
let server: PostgresServer

const start = () => startPostgres({ dataDir, durable: false })
const pidFile = () => join(serviceHome(dataDir), 'postgres', 'data', 'postmaster.pid')

async function ask(query: string): Promise<unknown> {
  const sql = postgres(server.url(), { max: 1 })
  try {
    return (await sql.unsafe(query))[0]?.answer
  } finally {
    await sql.end()
  }
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'posthouse-postgres-'))
  chmodSync(dataDir, 0o755)
  server = await start()
  await ask('create table kept as select 42 as answer')
})

afterAll(async () => {
  await server.stop()
  const home = serviceHome(dataDir)
  rmSync(home, { recursive: true })
  rmSync(dataDir, { recursive: true, force: true })
})

test('a server that outlived its starter is used again', async () => {
  expect(await start()).toMatchObject({ pid: server.pid, port: server.port })
})

test('it comes back with its data after a stop', async () => {
  await server.stop()
  expect(server.alive()).toBe(false)
  server = await start()
  expect(await ask('select answer from kept')).toBe(42)
})

test('it comes back with its data after kill -9', async () => {
  const killed = server
  signal(killed.pid, 'SIGKILL')
  await until(() => !killed.alive(), 5_000)
  server = await start()
  expect(server.pid).not.toBe(killed.pid)
  expect(await ask('select answer from kept')).toBe(42)
})

test('a postmaster.pid whose number another process has got does not stop it', async () => {
  const stale = readFileSync(pidFile(), 'utf8')
  await server.stop()
  writeFileSync(pidFile(), stale.replace(/^\d+/, String(process.pid)))
  server = await start()
  expect(await ask('select answer from kept')).toBe(42)
})

test('nobody gets in without the password', async () => {
  const url = new URL(server.url())
  url.password = 'guessed'
  const sql = postgres(url.href, { max: 1 })
  await expect(sql`select 1`).rejects.toThrow('password authentication failed')
  await sql.end()
})
