import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'

const USER = 'posthouse'
const HOMES = '/var/lib/posthouse'

export interface ServiceUser {
  uid: number
  gid: number
  name: string
}

let serviceUser: ServiceUser | null | undefined

/** The user that daemons run as: `posthouse` when root starts them (PostgreSQL refuses root), else null, the caller. */
export function runAs(): ServiceUser | null {
  if (serviceUser === undefined) serviceUser = process.getuid?.() === 0 ? findOrCreateUser() : null
  return serviceUser
}

/**
 * The folder below which daemons keep their data: `dataDir` itself where their user may enter it, else one below
 * /var/lib/posthouse. `dataDir`/services then points there, so that the choice stands and a data folder that was
 * deleted and made again never meets old data.
 */
export function serviceHome(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true })
  const link = join(dataDir, 'services')
  if (existsSync(link)) return realpathSync(link)
  if (mayEnter(dataDir)) return realpathSync(dataDir)
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 8)
  mkdirSync(HOMES, { recursive: true })
  chmodSync(HOMES, 0o755)
  const home = mkdtempSync(join(HOMES, `${hash}-`))
  chmodSync(home, 0o755)
  rmSync(link, { force: true })
  symlinkSync(home, link)
  return home
}

/** Whether the daemons' user may enter this folder, that is, search it and every folder above it. */
export function mayEnter(folder: string): boolean {
  const user = runAs()
  if (!user) return true
  // The kernel answers, not the mode bits: an access list may say otherwise.
  return spawnSync('test', ['-x', resolve(folder)], { cwd: '/', uid: user.uid, gid: user.gid }).status === 0
}

/** A folder that only the daemons' user may read. */
export function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o700)
  giveToServiceUser(path)
  return path
}

export function giveToServiceUser(path: string): void {
  const user = runAs()
  if (user) chownSync(path, user.uid, user.gid)
}

function findOrCreateUser(): ServiceUser {
  const found = lookUp()
  if (found) return found
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', HOMES, '--shell', '/usr/sbin/nologin']
  const made = spawnSync('useradd', [...options, USER], { encoding: 'utf8' })
  const user = lookUp()
  if (user) return user
  throw new Error(
    `The user ${USER}, which runs the database in place of root, cannot be created: ${made.error?.message ?? made.stderr.trim()}`,
  )
}

function lookUp(): ServiceUser | null {
  const id = (flag: string) => {
    const result = spawnSync('id', [flag, USER], { encoding: 'utf8' })
    return result.status === 0 ? Number(result.stdout) : null
  }
  const uid = id('-u')
  const gid = id('-g')
  return uid === null || gid === null ? null : { uid, gid, name: USER }
}
