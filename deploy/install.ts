import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

const MAIL_STACK = [
  'dovecot-core',
  'dovecot-imapd',
  'dovecot-pop3d',
  'dovecot-lmtpd',
  'dovecot-pgsql',
  'dovecot-ldap',
  'dovecot-sieve',
  'postfix',
  'postfix-ldap',
  'rspamd',
  'redis-server',
  'slapd',
  'ldap-utils',
  'radicale',
  'openssl',
]

// The packages come without a configuration of their own: deploy/ brings it.
const ANSWERS = ['postfix postfix/main_mailer_type select No configuration', 'slapd slapd/no_configuration boolean true']
const POLICY = '/usr/sbin/policy-rc.d'

/** Debian packages of the mail stack that are not installed. */
export function missingPackages(wanted: string[] = MAIL_STACK): string[] {
  return wanted.filter((name) => {
    const { stdout } = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' })
    return !/^Status: install ok installed$/m.test(stdout ?? '')
  })
}

/** Installs what the mail stack needs. Null, or a sentence that says what is missing and who can change that. */
export function installMailStack(wanted: string[] = MAIL_STACK): string | null {
  if (!existsSync('/etc/debian_version')) {
    return 'The real mail stack runs on Debian and its relatives only, and this is another system.'
  }
  const missing = missingPackages(wanted)
  if (missing.length === 0) return null
  if (process.getuid?.() !== 0) {
    return `Packages are missing, and only root can install them: apt-get install ${missing.join(' ')}`
  }
  install(missing)
  return null
}

function install(packages: string[]): void {
  const restore = keepDaemonsQuiet()
  try {
    spawnSync('debconf-set-selections', { input: ANSWERS.join('\n') })
    apt(['update', '--quiet'])
    apt(['install', '--yes', '--quiet', '--no-install-recommends', ...packages])
  } finally {
    restore()
  }
}

const QUIET = '#!/bin/sh\nexit 101\n'

/** Debian starts a daemon as soon as it is installed, unless policy-rc.d says no (101). */
function keepDaemonsQuiet(): () => void {
  const kept = `${POLICY}.posthouse`
  // An interrupted install has left the machine's own policy there.
  if (existsSync(POLICY) && !existsSync(kept) && readFileSync(POLICY, 'utf8') !== QUIET) renameSync(POLICY, kept)
  writeFileSync(POLICY, QUIET)
  chmodSync(POLICY, 0o755)
  return () => {
    rmSync(POLICY, { force: true })
    if (existsSync(kept)) renameSync(kept, POLICY)
  }
}

function apt(args: string[]): void {
  const result = spawnSync('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (result.status !== 0) throw new Error(`apt-get ${args[0]} failed: ${result.error?.message ?? `exit code ${result.status}`}`)
}

if (import.meta.main) {
  const sentence = installMailStack()
  console.log(sentence ?? 'Everything for the mail stack is installed.')
  if (sentence) process.exitCode = 1
}
