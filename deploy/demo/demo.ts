import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type CarddavServer, startRadicale, stopRadicale } from '#deploy/counterparts/radicale.ts'
import { addPeople } from '#deploy/counterparts/samba/domain.ts'
import { type ActiveDirectory, sambaMissing, startSamba, stopSamba } from '#deploy/counterparts/samba.ts'
import { installMailStack, missingPackages } from '#deploy/install.ts'
import { freePort } from '#deploy/local/ports.ts'
import { type PostgresServer, startPostgres } from '#deploy/local/postgres.ts'
import { until } from '#deploy/local/process-table.ts'
import { serviceHome } from '#deploy/local/run-as.ts'
import { type MailStack, startMailStack, stopMailStack } from '#deploy/mail-stack.ts'
import { resources } from '#lib/platform/context.ts'
import { announce, writeDemoJson } from './announce.ts'
import { buildPortal } from './build.ts'
import { prepareDatabase } from './database.ts'
import { claim, writeAtomically } from './instance.ts'
import { DOMAIN, PEOPLE } from './people.ts'
import { endLeftOvers, supervise } from './processes.ts'
import { seed } from './seed.ts'
import { loadSecrets, type Ports, settings } from './settings.ts'

// `npm run demo`: the whole of Posthouse on this machine, with people and mail, until Ctrl-C.

const ROOT = join(import.meta.dirname, '../..')
/** What has been started, to be ended in the opposite order. */
const started: (() => unknown)[] = []
let stopping = false

async function demo(): Promise<void> {
  const { mail, directory, dev } = wanted()
  const dataDir = dataFolder()
  const instance = await claim(dataDir)
  started.push(() => instance.release())
  rmSync(join(dataDir, 'demo.json'), { force: true })
  await endLeftOvers(dataDir)

  const secrets = loadSecrets(dataDir)
  const postgres = await startPostgres({ dataDir, durable: true })
  started.push(keepAlive(dataDir, postgres))
  const database = await prepareDatabase(postgres, secrets.database)
  // A real one that was killed may have left its mail servers running.
  if (mail === 'embedded' && existsSync(join(serviceHome(dataDir), 'mail-stack'))) await stopMailStack(dataDir)
  const mailStack = mail === 'real' ? await startMail(dataDir, database.ownerUrl) : null
  await stopRadicale(dataDir)
  const carddav = mail === 'real' ? await startAddressBook(dataDir) : null
  await stopSamba(dataDir)
  const activeDirectory = directory ? await startDirectory(dataDir) : null
  if (!dev) await buildPortal(join(dataDir, 'log', 'build.log'))

  const ports = await choosePorts(dataDir)
  const env = settings({ secrets, ports, databaseUrl: database.url, mailStack, carddav, activeDirectory })
  const url = env.PUBLIC_URL as string
  await fill(env)

  started.push(() => rmSync(join(dataDir, 'demo.json'), { force: true }))
  started.push(() => instance.update({ stopping: true }))
  const processes = supervise(dataDir, (sentence) => fail(new Error(sentence)))
  started.push(() => processes.stop())
  const own = { MIGRATION_DATABASE_URL: database.ownerUrl, DATA_DIR: dataDir }
  processes.start({ name: 'identity provider', script: 'deploy/demo/identity-provider.ts', env: { ...env, ...own } })
  processes.start({ name: 'worker', script: 'lib/worker.ts', env })
  processes.start({ name: 'portal', script: 'lib/server.ts', env: { ...env, ...(dev ? { NODE_ENV: 'development' } : {}) } })
  await answering(`${env.OIDC_ISSUER}/.well-known/openid-configuration`, 'identity provider')
  await answering(`${url}/api/ready`, 'portal')

  instance.update({ url })
  const intake = { host: '127.0.0.1', port: ports.intake, tls: false }
  writeDemoJson({ dataDir, url, mailStack, carddav, activeDirectory, intake })
  announce({ dataDir, url, mailStack, carddav, intake })
}

interface Wanted {
  mail: 'embedded' | 'real'
  /** In place of the one that belongs to the mail core. */
  directory?: 'active-directory'
  /** The portal reloads what is edited instead of being built. */
  dev: boolean
}

function wanted(): Wanted {
  const options = {
    mail: { type: 'string', default: 'embedded' },
    directory: { type: 'string' },
    dev: { type: 'boolean', default: false },
  } as const
  const { mail, directory, dev } = parseArgs({ options }).values
  if (mail !== 'embedded' && mail !== 'real') throw new Error('--mail takes embedded or real.')
  if (directory === undefined) return { mail, dev }
  if (directory !== 'active-directory' || mail === 'real') throw new Error('--directory takes active-directory, without --mail real.')
  return { mail, directory, dev }
}

function dataFolder(): string {
  const { DATA_DIR, INIT_CWD = process.cwd() } = process.env
  const dataDir = DATA_DIR ? resolve(INIT_CWD, DATA_DIR) : join(ROOT, '.data', 'demo')
  mkdirSync(join(dataDir, 'log'), { recursive: true })
  return dataDir
}

async function startMail(dataDir: string, databaseOwnerUrl: string): Promise<MailStack> {
  const missing = missingPackages()
  if (missing.length > 0) console.log(`The mail stack needs these Debian packages: ${missing.join(' ')}.`)
  const obstacle = installMailStack()
  if (obstacle) throw new Error(obstacle)
  const stack = await startMailStack({ dataDir, databaseOwnerUrl, domain: DOMAIN, accounts: PEOPLE })
  started.push(() => stack.stop())
  return stack
}

async function startAddressBook(dataDir: string): Promise<CarddavServer> {
  const server = await startRadicale({ dataDir, users: PEOPLE })
  started.push(() => server.stop())
  return server
}

async function startDirectory(dataDir: string): Promise<ActiveDirectory> {
  const obstacle = sambaMissing()
  if (obstacle) throw new Error(obstacle)
  const directory = await startSamba({ dataDir })
  started.push(() => directory.stop())
  await addPeople(directory, PEOPLE)
  return directory
}

/** The same ports as before where they are free: bookmarks and the identity provider's name stay good. */
async function choosePorts(dataDir: string): Promise<Ports> {
  const file = join(dataDir, 'ports.json')
  const kept: Partial<Ports> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const wanted = Number(process.env.PORT || 3000)
  const portal = await freePort(wanted)
  const ports = { portal, identityProvider: await freePort(kept.identityProvider), intake: await freePort(kept.intake) }
  if (ports.portal !== wanted) console.log(`Port ${wanted} is taken; the portal gets ${ports.portal}.`)
  writeAtomically(file, JSON.stringify(ports))
  return ports
}

async function fill(env: Record<string, string>): Promise<void> {
  Object.assign(process.env, env)
  const on = resources()
  await seed(on)
  await on.db.$client.end()
}

/** A database that dies comes back at the same port. Returns what stops it for good. */
function keepAlive(dataDir: string, first: PostgresServer): () => Promise<void> {
  let server = first
  let restarting: Promise<void> | undefined
  const restart = async () => {
    console.log('The database ended unexpectedly; starting it again.')
    server = await startPostgres({ dataDir, durable: true, port: first.port })
    restarting = undefined
  }
  const timer = setInterval(() => {
    if (!restarting && !server.alive()) restarting = restart().catch(fail)
  }, 500)
  return async () => {
    clearInterval(timer)
    await restarting
    await server.stop()
  }
}

async function answering(url: string, who: string): Promise<void> {
  const ok = () =>
    fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    )
  if (!(await until(ok, 90_000))) throw new Error(`The ${who} does not answer at ${url}. Its log is in the data folder.`)
}

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  for (const end of started.reverse()) {
    await Promise.resolve(end()).catch((error: Error) => console.error(error.message))
  }
  process.exit(code)
}

function fail(error: Error): void {
  if (stopping) return
  console.error(error.message)
  void stop(1)
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (!stopping && name === 'SIGINT') console.log('\nStopping.')
    void stop(0)
  })
}
// Who had started the demo was killed: nobody is left to press Ctrl-C.
process.once('disconnect', () => void stop(1))
process.channel?.unref()

demo().catch(fail)
