import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { CarddavServer } from '#deploy/counterparts/radicale.ts'
import type { ActiveDirectory } from '#deploy/counterparts/samba.ts'
import type { MailStack } from '#deploy/mail-stack.ts'
import { problems } from '#lib/platform/env.ts'
import { loadSecrets, settings } from './settings.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-settings-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

const at = (port: number, tls = false) => ({ host: '127.0.0.1', port, tls })
const mailStack: MailStack = {
  imap: at(1),
  imaps: at(2, true),
  pop3: at(3),
  pop3s: at(4, true),
  lmtp: at(5),
  smtp: at(6),
  submission: at(7),
  submissions: at(8, true),
  doveadm: { url: 'http://127.0.0.1:9', key: 'key' },
  ldap: { url: 'ldap://127.0.0.1:10', base: 'dc=x', bindDn: 'cn=a', bindPassword: 'b', adminDn: 'cn=c', adminPassword: 'd' },
  master: { user: 'portal', password: 'e' },
  notices: at(11),
  redis: { ...at(12), password: 'r' },
  rspamd: { url: 'http://127.0.0.1:13', password: 's' },
  quarantine: at(14),
  mailLogs: { postfix: '/postfix.log', dovecot: '/dovecot.log' },
  certificate: '/certificate.pem',
  logs: [],
  leftOut: null,
  stop: async () => {},
}

const activeDirectory: ActiveDirectory = {
  ...{
    url: 'ldaps://127.0.0.10',
    base: 'DC=x',
    domain: 'x',
    adminDn: 'CN=c',
    adminPassword: 'd',
    certificate: '/cert.pem',
    key: '/key.pem',
  },
  ...{ bindDn: 'CN=a', bindPassword: 'b', log: '/samba.log', stop: async () => {} },
}

const carddav: CarddavServer = { url: 'http://127.0.0.1:15', user: 'portal', password: 'p', stop: async () => {} }

test.each([
  ['the embedded mail core', { mailStack: null, carddav: null, activeDirectory: null }],
  ['the real mail core', { mailStack, carddav, activeDirectory: null }],
  ['Active Directory', { mailStack: null, carddav: null, activeDirectory }],
])('the portal finds nothing wrong with the settings for %s', (_name, parts) => {
  const env = settings({
    secrets: loadSecrets(dataDir),
    ports: { portal: 3000, identityProvider: 3001, intake: 3002 },
    databaseUrl: 'postgres://127.0.0.1/posthouse',
    ...parts,
  })
  expect(problems(env)).toEqual([])
})

test('the secrets are made once, and only their owner may read them', () => {
  const first = loadSecrets(dataDir)
  expect(loadSecrets(dataDir)).toEqual(first)
  expect(new Set(Object.values(first)).size).toBe(6)
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
})
