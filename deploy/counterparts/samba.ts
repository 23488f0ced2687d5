import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { connect } from 'node:tls'
import { parseArgs } from 'node:util'
import { installMailStack } from '#deploy/install.ts'
import { until } from '#deploy/local/process-table.ts'
import { ensureCertificate } from '#deploy/mail-stack/certificate.ts'
import { type Daemon, launch, master, processes, stopDaemon } from '#deploy/mail-stack/daemon.ts'
import { writePrivate } from '#deploy/mail-stack/state.ts'
import { smbConf } from './samba/configuration.ts'
import { type Domain, furnish } from './samba/domain.ts'
import { loadState, newState, type State, saveState } from './samba/state.ts'

const PACKAGES = [
  ...['samba-ad-dc', 'samba-ad-provision', 'samba-dsdb-modules', 'samba-vfs-modules', 'winbind'],
  ...['ldb-tools', 'openssl'],
]
const DOMAIN = 'ad.yunling.example'
const BASE = 'DC=ad,DC=yunling,DC=example'
const PORTS = [389, 636, 3268, 3269]
const START_TIMEOUT = 30_000
// Of "sun_path"; the longest socket below is private/ldap_priv/ldapi.
const LONGEST_HOME = 80

export interface ActiveDirectory extends Domain {
  /** What the portal binds as: it may read, set passwords of people and end their locks. */
  bindDn: string
  bindPassword: string
  log: string
  stop(): Promise<void>
}

/** Why a domain controller cannot run here; null when it can. On Debian it is installed where it is missing. */
export function sambaMissing(): string | null {
  if (process.getuid?.() !== 0) return 'The ports of Active Directory are fixed, and only root can open them.'
  if (!existsSync('/etc/debian_version')) return 'Samba is started from the packages of Debian, and this is another system.'
  try {
    return installMailStack(PACKAGES)
  } catch (error) {
    return `Samba cannot be installed: ${(error as Error).message}.`
  }
}

const homeOf = (dataDir: string) => join(dataDir, 'active-directory')

const daemon = (home: string): Daemon => ({
  name: 'Samba',
  pidFile: join(home, 'run', 'samba.pid'),
  programs: ['/usr/sbin/samba'],
  folders: [home],
  log: join(home, 'samba.log'),
})

/**
 * A domain controller of Active Directory, Samba's, on a loopback address of its own, without DNS, Kerberos and systemd.
 * What runs already from this folder is used again. With `minutes` it ends by itself, for whoever is killed before.
 */
export async function startSamba({ dataDir, minutes }: { dataDir: string; minutes?: number }): Promise<ActiveDirectory> {
  const home = homeOf(dataDir)
  if (home.length > LONGEST_HOME) throw new Error(`Samba's sockets do not fit into a path as long as ${home}.`)
  const service = daemon(home)
  let state = loadState(home)
  if (!state?.furnished) {
    await stopDaemon(service)
    state = await provision(home)
  }
  if (!master(service)) {
    state = { ...state, address: await freeAddress(state.address) }
    await run(home, state, minutes)
  }
  const domain = domainOf(home, state)
  await answers(service, domain)
  if (!state.furnished) {
    await furnish(domain, { conf: join(home, 'smb.conf'), database: join(home, 'private', 'sam.ldb') }, state.portal)
    state = { ...state, furnished: true }
  }
  saveState(home, state)
  const bindDn = `CN=portal,OU=services,${BASE}`
  return { ...domain, bindDn, bindPassword: state.portal, log: service.log, stop: () => stopSamba(dataDir) }
}

/** The domain of this data folder, as its administrator sees it. */
export function domainIn(dataDir: string): Domain {
  const state = loadState(homeOf(dataDir))
  if (!state) throw new Error(`There is no domain in ${dataDir}.`)
  return domainOf(homeOf(dataDir), state)
}

/** Stops what runs from this data folder, also when another process had started it. */
export async function stopSamba(dataDir: string): Promise<void> {
  if (existsSync(homeOf(dataDir))) await stopDaemon(daemon(homeOf(dataDir)))
}

/** A domain from nothing. What an interrupted one has left behind is taken away. */
async function provision(home: string): Promise<State> {
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const state = newState()
  const options = [`--realm=${DOMAIN.toUpperCase()}`, '--domain=YUNLING', '--host-name=dc1', `--host-ip=${state.address}`]
  // Access lists in a file: in a container, root may not write them beside the files themselves.
  const place = [`--targetdir=${home}`, `--option=posix:eadb=${join(home, 'eadb.tdb')}`]
  const args = ['domain', 'provision', '-s', '/dev/null', ...place, '--server-role=dc', '--dns-backend=NONE', ...options]
  const result = spawnSync('samba-tool', [...args, `--adminpass=${state.administrator}`], { encoding: 'utf8' })
  if (result.status === 0) return state
  throw new Error(`Samba cannot make a domain: ${result.error?.message ?? result.stderr.trim().split('\n').at(-1)}`)
}

async function run(home: string, { address }: State, minutes: number | undefined): Promise<void> {
  for (const folder of ['run', 'ncalrpc']) mkdirSync(join(home, folder), { recursive: true, mode: 0o700 })
  const certificate = ensureCertificate(join(home, address), DOMAIN, address)
  // Samba demands a key of its own user's, and runs as root.
  writePrivate(join(home, 'key.pem'), readFileSync(join(home, address, 'tls', 'key.pem'), 'utf8'))
  writePrivate(join(home, 'smb.conf'), smbConf({ home, address, domain: DOMAIN, certificate, key: join(home, 'key.pem') }))
  const end = minutes ? [`--maximum-runtime=${minutes * 60}`] : []
  const options = ['--foreground', '--no-process-group', '--model=single', '--debug-stdout', ...end]
  const command = ['/usr/sbin/samba', '-s', join(home, 'smb.conf'), ...options]
  await launch(daemon(home), { command, cwd: home, asRoot: true, untilEnd: false })
}

function domainOf(home: string, { address, administrator }: State): Domain {
  return {
    url: `ldaps://${address}`,
    base: BASE,
    domain: DOMAIN,
    adminDn: `CN=Administrator,CN=Users,${BASE}`,
    adminPassword: administrator,
    certificate: join(home, address, 'tls', 'cert.pem'),
    key: join(home, 'key.pem'),
  }
}

/** The wanted address, or the next of which no port is taken: a test run and a demo may each have a domain. */
async function freeAddress(wanted: string): Promise<string> {
  const others = Array.from({ length: 90 }, (_, number) => `127.0.0.${number + 110}`)
  for (const address of [wanted, ...others]) {
    if ((await Promise.all(PORTS.map((port) => isFree(address, port)))).every(Boolean)) return address
  }
  throw new Error('No loopback address is free for Samba.')
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, host, () => server.close(() => done(true)))
  })

async function answers(service: Daemon, { url, certificate }: Domain): Promise<void> {
  const ca = readFileSync(certificate)
  const greets = () =>
    new Promise<boolean>((done) => {
      const socket = connect({ host: new URL(url).hostname, port: 636, ca, timeout: 2_000 }, () => finish(true))
      const finish = (good: boolean) => {
        socket.destroy()
        done(good)
      }
      for (const event of ['error', 'timeout']) socket.once(event, () => finish(false))
    })
  let open = false
  await until(async () => {
    open = await greets()
    return open || processes(service).length === 0
  }, START_TIMEOUT)
  if (open) return
  await stopDaemon(service)
  throw new Error(`Samba does not answer at ${url} (log: ${service.log})`)
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })
  const dataDir = values.data && resolve(values.data)
  const usage = 'node deploy/counterparts/samba.ts start --data DIR | stop --data DIR'
  if (!dataDir) throw new Error(usage)
  if (positionals[0] === 'stop') return stopSamba(dataDir)
  if (positionals[0] !== 'start') throw new Error(usage)
  const missing = sambaMissing()
  if (missing) throw new Error(missing)
  console.log(JSON.stringify(await startSamba({ dataDir }), null, 2))
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
