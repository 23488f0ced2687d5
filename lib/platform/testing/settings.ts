import { randomBytes } from 'node:crypto'
import { afterAll, vi } from 'vitest'
import { endFile } from './at-end.ts'

// Files share a process (vitest.config.ts): each begins with the environment of the first, and with modules of its own.
const held = globalThis as typeof globalThis & { environment?: NodeJS.ProcessEnv; posthouse?: unknown; posthouseSiteValues?: unknown }
held.environment ??= { ...process.env }
process.env = { ...held.environment }
delete held.posthouse
delete held.posthouseSiteValues
vi.resetModules()

/** The settings that tests run under; a test that needs another value sets it before the first import that reads it. */
const settings: Record<string, string> = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  DATABASE_URL: 'postgres://127.0.0.1:1/unused',
  DEMO: '1',
  SESSION_SECRET: randomBytes(32).toString('base64'),
  AUDIT_KEY: randomBytes(32).toString('base64'),
  PHONE_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  PHONE_INDEX_KEY: randomBytes(32).toString('base64'),
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_CLIENT_ID: 'posthouse',
  OIDC_CLIENT_SECRET: 'not-a-secret',
  ROLE_GROUPS: 'agent=helpdesk,supervisor=helpdesk-leads,auditor=mail-audit,admin=mail-admins',
  LOG_LEVEL: 'silent',
}

for (const [name, value] of Object.entries(settings)) process.env[name] ??= value

afterAll(endFile)
