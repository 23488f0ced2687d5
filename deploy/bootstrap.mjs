// Plain JavaScript for the machine's own Node (20 or newer): installs the packages, among them Node 24, and hands over.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const TASKS = { demo: 'deploy/demo/demo.ts', test: 'deploy/local/test.ts' }

const [task, ...args] = process.argv.slice(2)
if (!(task in TASKS)) fail(`Name a task: ${Object.keys(TASKS).join(' or ')}.`)
if (major(process.versions.node) < 20) fail(`Node ${process.versions.node} is too old: 20 or newer is needed.`)
if (!packagesAreInstalled()) install()
run(node24(), [join(ROOT, TASKS[task]), ...args])

/**
 * Compares what the lock file asks for with what npm says it installed; dates say nothing after a checkout.
 * What is optional may be missing: most of it is for other platforms.
 */
function packagesAreInstalled() {
  try {
    const wanted = packages('package-lock.json')
    const installed = packages('node_modules/.package-lock.json')
    return Object.entries(wanted).every(([path, entry]) =>
      path in installed ? installed[path].version === entry.version : path === '' || entry.optional,
    )
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function packages(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages
}

function install() {
  console.log('Installing the npm packages that package-lock.json names. This takes about a minute.')
  // npm ci refuses a lock file without every other platform's optional packages; npm install takes it.
  if (npm('ci', 'ignore') || npm('install --no-save', 'inherit')) return
  fail('The npm packages could not be installed. What npm said stands above.')
}

function npm(command, stderr) {
  const options = [...command.split(' '), '--no-audit', '--no-fund', '--loglevel=error']
  return spawnSync('npm', options, { cwd: ROOT, stdio: ['inherit', 'inherit', stderr] }).status === 0
}

function node24() {
  const pinned = join(ROOT, 'node_modules', '.bin', 'node')
  try {
    accessSync(pinned, constants.X_OK)
    return pinned
  } catch {
    if (major(process.versions.node) >= 24) return process.execPath
    fail(`npm has no Node 24 for ${process.platform}-${process.arch}: install Node 24 yourself and start again.`)
  }
}

/** Ends as the task ends. The task hears of signals, and by the closed channel of a violent end of ours. */
function run(command, options) {
  const child = spawn(command, options, { cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  stopWhenNpmIsGone(child)
  child.on('error', (error) => fail(`${command} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code))
}

/** npm that is killed by -9 leaves its shell and us behind, with nobody to press Ctrl-C. Seen on Linux only. */
function stopWhenNpmIsGone(child) {
  if (!process.env.npm_lifecycle_event || process.platform !== 'linux') return
  const ofNpm = readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8').startsWith('sh\0-c') ? process.ppid : process.pid
  const npm = parentOf(ofNpm)
  setInterval(() => parentOf(ofNpm) === npm || child.kill('SIGTERM'), 500).unref()
}

function parentOf(pid) {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
  } catch {
    return null
  }
}

function major(version) {
  return Number(version.split('.')[0])
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
