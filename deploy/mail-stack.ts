import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { ensureCertificate } from './mail-stack/certificate.ts'
import { type Daemon, master, stopDaemon } from './mail-stack/daemon.ts'
import { configureDovecot, type DovecotSettings, dovecot, MASTER_USER, startDovecot } from './mail-stack/dovecot.ts'
import { baseOf, configureOpenldap, type DirectorySettings, openldap, startOpenldap } from './mail-stack/openldap.ts'
import { configurePostfix, type PostfixSettings, postfix, startPostfix } from './mail-stack/postfix.ts'
import { configureRedis, redis, startRedis } from './mail-stack/redis.ts'
import { configureRspamd, rspamd, startRspamd } from './mail-stack/rspamd.ts'
import type { SeedAccount } from './mail-stack/seed.ts'
import {
  choosePorts,
  loadState,
  newSecrets,
  type Ports,
  runFolder,
  type Service,
  type State,
  saveState,
  stackHome,
} from './mail-stack/state.ts'

export type { SeedAccount } from './mail-stack/seed.ts'

export interface MailStackOptions {
  dataDir: string
  /** A migrated database, as its owner: the role of Dovecot gets a password here. */
  databaseOwnerUrl: string
  domain: string
  accounts: SeedAccount[]
  ports?: Partial<Ports>
}

export interface Listener {
  host: string
  port: number
  /** TLS from the first byte. */
  tls: boolean
}

export interface MailStack {
  imap: Listener
  imaps: Listener
  pop3: Listener
  pop3s: Listener
  lmtp: Listener
  /** Absent with `submission`, `submissions` and `notices` where `leftOut` says why. */
  smtp?: Listener
  submission?: Listener
  submissions?: Listener
  /** For the portal's own notices: nobody scans or holds what comes here. */
  notices?: Listener
  redis: { host: string; port: number; password: string }
  /** The filter's controller. */
  rspamd: { url: string; password: string }
  /** Where Postfix expects the portal's worker to take in held mail. */
  quarantine: { host: string; port: number }
  /** Paths. Without root there is no file at that of Postfix. */
  mailLogs: { postfix: string; dovecot: string }
  doveadm: { url: string; key: string }
  /** `bindDn` reads; `adminDn` may change everything. */
  ldap: { url: string; base: string; bindDn: string; bindPassword: string; adminDn: string; adminPassword: string }
  master: { user: string; password: string }
  /** The file that a client has to trust. */
  certificate: string
  logs: string[]
  leftOut: string | null
  stop(): Promise<void>
}

// The portal's worker listens at "quarantine"; that is the port which a running Postfix knows.
const OF_POSTFIX: Service[] = ['smtp', 'submission', 'submissions', 'notices', 'quarantine']
const OF_RSPAMD: Service[] = ['milter', 'controller']

/**
 * OpenLDAP, Dovecot, Redis, Rspamd and, as root, Postfix on 127.0.0.1, with the configuration that a site installs. What
 * runs already from this folder with the same settings is used again; ports, secrets, mail and passwords outlive a stop.
 */
export async function startMailStack(options: MailStackOptions): Promise<MailStack> {
  const { dataDir, domain, accounts, databaseOwnerUrl } = options
  const home = stackHome(dataDir)
  const kept = loadState(home)
  const run = runFolder(home, kept?.run)
  const ports = await choosePorts(kept?.ports ?? {}, options.ports ?? {}, (service) => isRunning(holderOf(service, home, run)))
  const state: State = { ports, secrets: newSecrets(kept?.secrets), run }
  saveState(home, state)
  const certificate = ensureCertificate(home, domain)
  const mayRunPostfix = process.getuid?.() === 0
  await stopChanged(home, run, { domain, accounts, databaseOwnerUrl, ...state }, mayRunPostfix)
  await letDovecotIn(databaseOwnerUrl, state.secrets.database)
  await Promise.all([
    startOpenldap(home, run, { domain, accounts, ...state }),
    startDovecot(home, run, ports),
    startRedis(home, run, ports).then(() => startRspamd(home, run, ports)),
  ])
  if (mayRunPostfix) await startPostfix(home, run, ports)
  return describe({ home, dataDir, domain, certificate, state, mayRunPostfix })
}

/** The daemon that listens there, or has read that somebody else does. */
function holderOf(service: Service, home: string, run: string): Daemon {
  if (service === 'ldap') return openldap(home, run)
  if (service === 'redis') return redis(home, run)
  if (OF_RSPAMD.includes(service)) return rspamd(home, run)
  return OF_POSTFIX.includes(service) ? postfix(home) : dovecot(home, run)
}

/** Writes the configuration, and stops what has read another one. */
async function stopChanged(
  home: string,
  run: string,
  settings: DirectorySettings & DovecotSettings & PostfixSettings,
  mayRunPostfix: boolean,
): Promise<void> {
  const changed = {
    openldap: configureOpenldap(home, run, settings),
    dovecot: configureDovecot(home, run, settings),
    redis: configureRedis(home, run, settings),
    rspamd: configureRspamd(home, run, settings),
  }
  const postfixChanged = mayRunPostfix && configurePostfix(home, run, settings)
  // Postfix holds connections to Dovecot's password check, for which a stopping Dovecot would wait.
  if (postfixChanged || changed.dovecot || !isRunning(dovecot(home, run))) await stopDaemon(postfix(home))
  if (changed.dovecot) await stopDaemon(dovecot(home, run))
  if (changed.openldap) await stopDaemon(openldap(home, run))
  if (changed.rspamd || changed.redis) await stopDaemon(rspamd(home, run))
  if (changed.redis) await stopDaemon(redis(home, run))
}

/** Stops what runs from this data folder, also when another process had started it. */
export async function stopMailStack(dataDir: string): Promise<void> {
  const home = stackHome(dataDir)
  const run = loadState(home)?.run ?? join(home, 'run')
  for (const daemon of daemonsOf(home, run).reverse()) await stopDaemon(daemon)
  rmSync(run, { recursive: true, force: true })
}

/** Who takes mail or answers stands before who hands it over or asks. */
export const daemonsOf = (home: string, run: string): Daemon[] => [
  openldap(home, run),
  dovecot(home, run),
  redis(home, run),
  rspamd(home, run),
  postfix(home),
]

const isRunning = (daemon: Daemon) => master(daemon) !== null

async function letDovecotIn(ownerUrl: string, password: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    // A statement like this takes no parameters; the password consists of a-z and 2-7.
    await sql`alter role posthouse_dovecot login password '${sql.unsafe(password)}'`
  } finally {
    await sql.end()
  }
}

interface Started {
  home: string
  dataDir: string
  domain: string
  certificate: string
  state: State
  mayRunPostfix: boolean
}

function describe({ home, dataDir, domain, certificate, state, mayRunPostfix }: Started): MailStack {
  const { ports, secrets, run } = state
  const base = baseOf(domain)
  const at = (service: Service, tls = false): Listener => ({ host: '127.0.0.1', port: ports[service], tls })
  return {
    imap: at('imap'),
    imaps: at('imaps', true),
    pop3: at('pop3'),
    pop3s: at('pop3s', true),
    lmtp: at('lmtp'),
    ...(mayRunPostfix
      ? { smtp: at('smtp'), submission: at('submission'), submissions: at('submissions', true), notices: at('notices') }
      : {}),
    redis: { host: '127.0.0.1', port: ports.redis, password: secrets.redis },
    rspamd: { url: `http://127.0.0.1:${ports.controller}`, password: secrets.rspamd },
    quarantine: { host: '127.0.0.1', port: ports.quarantine },
    mailLogs: { postfix: postfix(home).log, dovecot: dovecot(home, run).log },
    doveadm: { url: `http://127.0.0.1:${ports.doveadm}`, key: secrets.doveadm },
    ldap: {
      url: `ldap://127.0.0.1:${ports.ldap}`,
      base,
      bindDn: `cn=portal,${base}`,
      bindPassword: secrets.ldapPortal,
      adminDn: `cn=admin,${base}`,
      adminPassword: secrets.ldapAdmin,
    },
    master: { user: MASTER_USER, password: secrets.master },
    certificate,
    logs: daemonsOf(home, run).flatMap(({ log }) => (existsSync(log) ? [log] : [])),
    leftOut: mayRunPostfix ? null : 'Postfix is left out: only root can start it. Mail is read here but not sent.',
    stop: () => stopMailStack(dataDir),
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, database: { type: 'string' }, domain: { type: 'string' } },
  })
  const dataDir = values.data && resolve(values.data)
  const usage = 'node deploy/mail-stack.ts start --data DIR --database OWNER-URL [--domain DOMAIN] | stop --data DIR'
  if (!dataDir) throw new Error(usage)
  if (positionals[0] === 'stop') return existsSync(dataDir) ? stopMailStack(dataDir) : undefined
  const databaseOwnerUrl = values.database ?? process.env.MIGRATION_DATABASE_URL
  if (positionals[0] !== 'start' || !databaseOwnerUrl) throw new Error(usage)
  const stack = await startMailStack({ dataDir, databaseOwnerUrl, domain: values.domain ?? 'yunling.example', accounts: [] })
  console.log(JSON.stringify(stack, null, 2))
  if (stack.leftOut) console.log(stack.leftOut)
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
