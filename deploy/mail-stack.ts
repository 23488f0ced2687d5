import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { ensureCertificate } from './mail-stack/certificate.ts'
import { type Daemon, master, stopDaemon } from './mail-stack/daemon.ts'
import { configureDovecot, type DovecotSettings, dovecot, MASTER_USER, startDovecot } from './mail-stack/dovecot.ts'
import { baseOf, configureOpenldap, type DirectorySettings, openldap, startOpenldap } from './mail-stack/openldap.ts'
import { configurePostfix, type PostfixSettings, postfix, startPostfix } from './mail-stack/postfix.ts'
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
  /** Absent with `submission` and `submissions` where `leftOut` says why. */
  smtp?: Listener
  submission?: Listener
  submissions?: Listener
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

const OF_POSTFIX: Service[] = ['smtp', 'submission', 'submissions']

/**
 * OpenLDAP, Dovecot and, as root, Postfix on 127.0.0.1, with the configuration that a site installs. What runs already
 * from this folder with the same settings is used again; ports, secrets, mail and passwords outlive a stop.
 */
export async function startMailStack(options: MailStackOptions): Promise<MailStack> {
  const { dataDir, domain, accounts, databaseOwnerUrl } = options
  const home = stackHome(dataDir)
  const kept = loadState(home)
  const run = runFolder(home, kept?.run)
  const running = { openldap: isRunning(openldap(home, run)), dovecot: isRunning(dovecot(home, run)), postfix: isRunning(postfix(home)) }
  const ports = await choosePorts(kept?.ports ?? {}, options.ports ?? {}, (service) =>
    service === 'ldap' ? running.openldap : OF_POSTFIX.includes(service) ? running.postfix : running.dovecot,
  )
  const state: State = { ports, secrets: newSecrets(kept?.secrets), run }
  saveState(home, state)
  const certificate = ensureCertificate(home, domain)
  const mayRunPostfix = process.getuid?.() === 0
  await stopChanged(home, run, { domain, accounts, databaseOwnerUrl, ...state }, mayRunPostfix)
  await letDovecotIn(databaseOwnerUrl, state.secrets.database)
  await Promise.all([startOpenldap(home, run, { domain, accounts, ...state }), startDovecot(home, run, ports)])
  if (mayRunPostfix) await startPostfix(home, run, ports)
  return describe({ home, dataDir, domain, certificate, state, mayRunPostfix })
}

/** Writes the configuration, and stops what has read another one. */
async function stopChanged(
  home: string,
  run: string,
  settings: DirectorySettings & DovecotSettings & PostfixSettings,
  mayRunPostfix: boolean,
): Promise<void> {
  const changed = { openldap: configureOpenldap(home, run, settings), dovecot: configureDovecot(home, run, settings) }
  const postfixChanged = mayRunPostfix && configurePostfix(home, run, settings)
  // Postfix holds connections to Dovecot's password check, for which a stopping Dovecot would wait.
  if (postfixChanged || changed.dovecot || !isRunning(dovecot(home, run))) await stopDaemon(postfix(home))
  if (changed.dovecot) await stopDaemon(dovecot(home, run))
  if (changed.openldap) await stopDaemon(openldap(home, run))
}

/** Stops what runs from this data folder, also when another process had started it. */
export async function stopMailStack(dataDir: string): Promise<void> {
  const home = stackHome(dataDir)
  const run = loadState(home)?.run ?? join(home, 'run')
  // Who hands over mail stops before who takes it.
  for (const daemon of [postfix(home), dovecot(home, run), openldap(home, run)]) await stopDaemon(daemon)
  rmSync(run, { recursive: true, force: true })
}

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
  const daemons = [openldap(home, run), dovecot(home, run), ...(mayRunPostfix ? [postfix(home)] : [])]
  return {
    imap: at('imap'),
    imaps: at('imaps', true),
    pop3: at('pop3'),
    pop3s: at('pop3s', true),
    lmtp: at('lmtp'),
    ...(mayRunPostfix ? { smtp: at('smtp'), submission: at('submission'), submissions: at('submissions', true) } : {}),
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
    logs: daemons.map(({ log }) => log),
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
