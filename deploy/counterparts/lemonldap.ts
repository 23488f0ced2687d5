import { createPublicKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { installMailStack } from '#deploy/install.ts'
import { privateFolder, serviceHome } from '#deploy/local/run-as.ts'
import { ensureCertificate } from '#deploy/mail-stack/certificate.ts'
import { type Daemon, launch, master, ready, stopDaemon } from '#deploy/mail-stack/daemon.ts'
import { writeForDaemons } from '#deploy/mail-stack/state.ts'
import { configuration } from './lemonldap/configuration.ts'

/** The second row is only recommended by the first, and CAS and SAML do not load without it. */
const PACKAGES = [
  ...['lemonldap-ng', 'liblasso-perl', 'openssl', 'starman'],
  ...['libio-string-perl', 'libstring-random-perl', 'libxml-simple-perl'],
]
const STARMAN = '/usr/bin/starman'
/** Another site than the portal's 127.0.0.1, so that browsers treat its requests as cross-site. */
const HOST = '127.0.0.20'
const START_TIMEOUT = 30_000
const CLIENT = { clientId: 'posthouse', clientSecret: 'a secret on loopback' }

/** The accounts that LemonLDAP::NG brings along; each one's password is its login. */
export const ACCOUNTS = [
  { login: 'dwho', address: 'dwho@badwolf.org', name: 'Doctor Who' },
  { login: 'rtyler', address: 'rtyler@badwolf.org', name: 'Rose Tyler' },
]

export interface LemonLdap {
  url: string
  /** The portal's settings to sign in by each protocol. */
  settings: Record<'oidc' | 'cas' | 'saml', Record<string, string>>
  log: string
  stop(): Promise<void>
}

/** Why LemonLDAP::NG cannot run here; null when it can. As root on Debian it is installed where it is missing. */
export function lemonLdapMissing(): string | null {
  if (!existsSync('/etc/debian_version')) return 'LemonLDAP::NG is started from the packages of Debian, and this is another system.'
  try {
    return installMailStack(PACKAGES)
  } catch (error) {
    return `LemonLDAP::NG cannot be installed: ${(error as Error).message}.`
  }
}

function daemon(home: string): Daemon {
  return {
    name: 'LemonLDAP::NG',
    pidFile: join(home, 'starman.pid'),
    programs: ['/usr/bin/perl'],
    folders: [home],
    log: join(home, 'lemonldap.log'),
  }
}

const homeOf = (dataDir: string) => privateFolder(join(serviceHome(dataDir), 'lemonldap'))

/**
 * LemonLDAP::NG under Starman, without web server and systemd: OpenID Connect, CAS and SAML for the portal at
 * `publicUrl`. What runs already from this folder for the same portal is used again.
 */
export async function startLemonLdap(options: { dataDir: string; publicUrl: string; port?: number }): Promise<LemonLdap> {
  const home = homeOf(options.dataDir)
  const service = daemon(home)
  const file = join(home, 'conf', 'lmConf-1.json')
  const running = master(service) !== null
  const port = options.port ?? (running ? portOf(file) : null) ?? (await freePort())
  const url = `http://${HOST}:${port}`
  const keys = makeKeys(home)
  const text = JSON.stringify(configuration({ home, url, publicUrl: options.publicUrl, ...CLIENT, keys }), null, 2)
  if (!running || readFileSync(file, 'utf8') !== text) {
    await stopDaemon(service)
    prepare(home, text)
    await launch(service, { command: command(home, port), cwd: home, untilEnd: false })
  }
  await answers(service, port)
  return { url, settings: settings(url, keys.certificate), log: service.log, stop: () => stopLemonLdap(options.dataDir) }
}

/** Stops what runs from this data folder, also when another process had started it. */
export async function stopLemonLdap(dataDir: string): Promise<void> {
  if (existsSync(dataDir)) await stopDaemon(daemon(homeOf(dataDir)))
}

const portOf = (file: string): number | null =>
  existsSync(file) ? Number(new URL(JSON.parse(readFileSync(file, 'utf8')).portal).port) : null

function makeKeys(home: string) {
  const file = ensureCertificate(home, 'lemonldap.example')
  const key = readFileSync(join(home, 'tls', 'key.pem'), 'utf8')
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  return { private: key, public: publicKey, certificate: readFileSync(file, 'utf8') }
}

function prepare(home: string, configuration: string): void {
  const stores = ['sessions', 'persistent', 'saml'].flatMap((name) => [name, join(name, 'lock')])
  // Sessions of before would be kept by a provider that no longer knows its portal.
  for (const store of ['sessions', 'saml']) rmSync(join(home, store), { recursive: true, force: true })
  for (const folder of ['conf', ...stores]) privateFolder(join(home, folder))
  writeForDaemons(join(home, 'conf', 'lmConf-1.json'), configuration)
  writeForDaemons(join(home, 'lemonldap-ng.ini'), ini(home))
  writeForDaemons(join(home, 'portal.psgi'), readFileSync(fileURLToPath(new URL('lemonldap/portal.psgi', import.meta.url)), 'utf8'))
  rmSync(join(home, 'starman.pid'), { force: true })
}

const ini = (home: string) => `[all]
logLevel = warn
logger = Lemonldap::NG::Common::Logger::Std
userLogger = Lemonldap::NG::Common::Logger::Std
[configuration]
type = File
dirName = ${home}/conf
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = en
[handler]
status = 0
`

const command = (home: string, port: number) => [
  '/usr/bin/env',
  `LLNG_DEFAULTCONFFILE=${home}/lemonldap-ng.ini`,
  // Browsers open connections ahead of need, and each of them would hold a worker.
  ...[STARMAN, '--preload-app', '--workers', '6', '--disable-keepalive', '--listen', `${HOST}:${port}`],
  ...['--pid', `${home}/starman.pid`, `${home}/portal.psgi`],
]

/** Waits for an answer. With a configuration that it does not like it answers too, with a failure each time. */
async function answers(service: Daemon, port: number): Promise<void> {
  await ready(service, port, { host: HOST })
  const document = `http://${HOST}:${port}/.well-known/openid-configuration`
  const status = await fetch(document, { signal: AbortSignal.timeout(START_TIMEOUT) }).then(
    (response) => response.status,
    () => 0,
  )
  if (status === 200) return
  await stopDaemon(service)
  throw new Error(`LemonLDAP::NG answers ${document} with ${status} (log: ${service.log})`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, HOST, () => {
      const address = server.address()
      server.close(() => resolve((address as { port: number }).port))
    })
  })
}

function settings(url: string, certificate: string): LemonLdap['settings'] {
  return {
    oidc: {
      SSO_PROTOCOL: 'oidc',
      OIDC_ISSUER: url,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      OIDC_TOKEN_AUTH: 'client_secret_post',
    },
    cas: { SSO_PROTOCOL: 'cas', CAS_URL: `${url}/cas` },
    saml: {
      SSO_PROTOCOL: 'saml',
      SAML_IDP_ENTITY_ID: `${url}/saml/metadata`,
      SAML_IDP_ENTRY_POINT: `${url}/saml/singleSignOn`,
      SAML_IDP_LOGOUT_URL: `${url}/saml/singleLogout`,
      SAML_IDP_CERTIFICATE: certificate,
    },
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, portal: { type: 'string' }, port: { type: 'string' } },
  })
  const dataDir = values.data && resolve(values.data)
  const usage = 'node deploy/counterparts/lemonldap.ts start --data DIR --portal PUBLIC_URL [--port PORT] | stop --data DIR'
  if (!dataDir) throw new Error(usage)
  if (positionals[0] === 'stop') return stopLemonLdap(dataDir)
  if (positionals[0] !== 'start' || !values.portal) throw new Error(usage)
  const missing = lemonLdapMissing()
  if (missing) throw new Error(missing)
  mkdirSync(dataDir, { recursive: true })
  const {
    url,
    settings: portal,
    log,
  } = await startLemonLdap({
    dataDir,
    publicUrl: values.portal.replace(/\/+$/, ''),
    port: values.port ? Number(values.port) : undefined,
  })
  console.log(JSON.stringify({ url, accounts: ACCOUNTS, settings: portal, log }, null, 2))
}

if (import.meta.main) {
  await main().catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
