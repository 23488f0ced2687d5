import { randomUUID } from 'node:crypto'
import postgres from 'postgres'

/** The server of one test run: a migrated template to copy, and the password of the limited role. */
export interface TestServer {
  ownerUrl: string
  template: string
  appPassword: string
}

export interface TestDatabase {
  /** Connects as `posthouse_app`, the role the portal runs with. */
  url: string
  /** Connects as the owner of the tables, past every grant. */
  ownerUrl: string
  drop(): Promise<void>
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

/** A migrated, empty database of the caller's own. Outside vitest, name the server. */
export async function createTestDatabase(server?: TestServer): Promise<TestDatabase> {
  const { ownerUrl, template, appPassword } = server ?? (await serverOfVitestRun())
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(ownerUrl, (sql) => sql`create database ${sql(name)} template ${sql(template)}`)
  const owner = new URL(ownerUrl)
  owner.pathname = name
  const app = new URL(owner)
  app.username = 'posthouse_app'
  app.password = appPassword
  return {
    url: app.href,
    ownerUrl: owner.href,
    drop: () => asOwner(ownerUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  }
}

async function serverOfVitestRun(): Promise<TestServer> {
  const { inject } = await import('vitest')
  return inject('testServer')
}

async function asOwner(url: string, work: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}
