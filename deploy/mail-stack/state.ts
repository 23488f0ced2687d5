import { randomInt } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#deploy/local/ports.ts'
import { giveToServiceUser, privateFolder, runAs, serviceHome } from '#deploy/local/run-as.ts'

export const SERVICES = [
  'imap',
  'imaps',
  'pop3',
  'pop3s',
  'lmtp',
  'sasl',
  'doveadm',
  'ldap',
  'smtp',
  'submission',
  'submissions',
  'notices',
  'redis',
  'milter',
  'controller',
  'quarantine',
] as const
export type Service = (typeof SERVICES)[number]
export type Ports = Record<Service, number>

const SECRETS = ['ldapAdmin', 'ldapPortal', 'ldapDovecot', 'ldapPostfix', 'master', 'doveadm', 'database', 'redis', 'rspamd'] as const
export type Secrets = Record<(typeof SECRETS)[number], string>

/** What outlives a stop, in `state.json`. */
export interface State {
  ports: Ports
  secrets: Secrets
  /** Pid files and sockets. */
  run: string
}

// A Unix socket's path has 107 characters at most, and Dovecot adds up to 30.
const LONGEST_RUN_FOLDER = 70
// What PostgreSQL, Dovecot, slapd and Postfix all read without quotes.
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** The stack's folder. Postfix's user passes through it, so what is secret is closed one step further down. */
export function stackHome(dataDir: string): string {
  const home = join(serviceHome(dataDir), 'mail-stack')
  mkdirSync(home, { recursive: true })
  chmodSync(home, 0o755)
  privateFolder(join(home, 'log'))
  return home
}

export function loadState(home: string): (Omit<State, 'ports'> & { ports: Partial<Ports> }) | null {
  const file = join(home, 'state.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

export function saveState(home: string, state: State): void {
  writePrivate(join(home, 'state.json'), `${JSON.stringify(state, null, 2)}\n`)
}

export function newSecrets(kept: Partial<Secrets> = {}): Secrets {
  return Object.fromEntries(SECRETS.map((name) => [name, kept[name] ?? newSecret()])) as Secrets
}

export const newSecret = () => Array.from({ length: 32 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** The kept ports that are free or held by our own daemons (`held`), others in place of the rest. */
export async function choosePorts(kept: Partial<Ports>, wanted: Partial<Ports>, held: (service: Service) => boolean): Promise<Ports> {
  const ports: Partial<Ports> = {}
  for (const service of SERVICES) {
    const port = wanted[service] ?? kept[service]
    if (port && ((port === kept[service] && held(service)) || (await freePort(port)) === port)) ports[service] = port
  }
  for (const service of SERVICES) {
    while (!ports[service]) {
      const port = await freePort()
      if (!Object.values(ports).includes(port)) ports[service] = port
    }
  }
  return ports as Ports
}

export function runFolder(home: string, kept: string | undefined): string {
  const near = join(home, 'run')
  if (near.length <= LONGEST_RUN_FOLDER) return privateFolder(near)
  const owner = runAs()?.uid ?? process.getuid?.()
  if (kept && existsSync(kept) && statSync(kept).uid === owner) return kept
  return privateFolder(mkdtempSync(join(realpathSync(tmpdir()), 'posthouse-')))
}

/** For nobody but the caller. */
export function writePrivate(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
  chmodSync(path, 0o600)
}

/** For nobody but the daemons. */
export function writeForDaemons(path: string, text: string): void {
  writePrivate(path, text)
  giveToServiceUser(path)
}
