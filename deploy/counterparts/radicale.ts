import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installMailStack } from '#deploy/install.ts'
import { freePort } from '#deploy/local/ports.ts'
import { privateFolder, serviceHome } from '#deploy/local/run-as.ts'
import { type Daemon, launch, ready, stopDaemon } from '#deploy/mail-stack/daemon.ts'
import { newSecret, writeForDaemons, writePrivate } from '#deploy/mail-stack/state.ts'
import { radicaleConf, rights } from './radicale/configuration.ts'

const RADICALE = ['radicale']
const SERVICE = 'portal'

export interface CarddavServer {
  /** Books are below `<url>/<mailbox>/`. */
  url: string
  /** May open every book. */
  user: string
  password: string
  stop(): Promise<void>
}

interface Options {
  dataDir: string
  /** Who may sign in, each to the own books; null: whoever the header X-Remote-User names. */
  users: { address: string; password: string }[] | null
}

/** Why a CardDAV server cannot run here; null when it can. On Debian it is installed where it is missing. */
export function radicaleMissing(): string | null {
  try {
    return installMailStack(RADICALE)
  } catch (error) {
    return `Radicale cannot be installed: ${(error as Error).message}.`
  }
}

const daemon = (home: string): Daemon => ({
  name: 'Radicale',
  pidFile: join(home, 'radicale.pid'),
  programs: ['/usr/bin/python3'],
  folders: [home],
  log: join(home, 'radicale.log'),
})

/** A CardDAV server on loopback, with its data below `dataDir`. What runs already from this folder is started anew. */
export async function startRadicale({ dataDir, users }: Options): Promise<CarddavServer> {
  const home = privateFolder(join(serviceHome(dataDir), 'radicale'))
  const service = daemon(home)
  await stopDaemon(service)
  const kept = loadState(home)
  const state = { port: await freePort(kept?.port), password: kept?.password ?? newSecret() }
  writePrivate(stateFile(home), JSON.stringify(state))
  const everybody = [{ address: SERVICE, password: state.password }, ...(users ?? [])]
  const usersFile = join(home, 'users')
  writeForDaemons(usersFile, everybody.map(({ address, password }) => `${address}:${password}\n`).join(''))
  writeForDaemons(join(home, 'rights'), rights(SERVICE))
  writeForDaemons(join(home, 'config'), radicaleConf({ home, port: state.port, users: users && usersFile }))
  const command = ['/usr/bin/python3', '-m', 'radicale', '--config', join(home, 'config')]
  const pid = await launch(service, { command, cwd: home, untilEnd: false })
  writePrivate(service.pidFile, String(pid))
  await ready(service, state.port)
  return { url: `http://127.0.0.1:${state.port}`, user: SERVICE, password: state.password, stop: () => stopDaemon(service) }
}

/** Stops what runs from this data folder, also when another process had started it. */
export async function stopRadicale(dataDir: string): Promise<void> {
  const home = join(serviceHome(dataDir), 'radicale')
  if (existsSync(home)) await stopDaemon(daemon(home))
}

const stateFile = (home: string) => join(home, 'state.json')

/** What outlives a stop. */
function loadState(home: string): { port: number; password: string } | null {
  return existsSync(stateFile(home)) ? JSON.parse(readFileSync(stateFile(home), 'utf8')) : null
}
