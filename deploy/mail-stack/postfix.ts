import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Daemon, launch, master, ready, stopDaemon } from './daemon.ts'
import { ACCOUNT_FILTER, baseOf } from './openldap.ts'
import { render } from './render.ts'
import type { Ports, Secrets } from './state.ts'

export interface PostfixSettings {
  domain: string
  ports: Ports
  secrets: Secrets
}

const folders = (home: string) => {
  const folder = (name: string) => join(home, 'postfix', name)
  return { configuration: folder('configuration'), data: folder('data'), log: folder('log'), queue: folder('queue') }
}

/** Postfix writes whole paths into its sockets: where they get too long, it takes a short way to the same folders. */
function shortWay(home: string, run: string): string {
  if (run.startsWith(`${home}/`)) return home
  const way = join(run, 'postfix')
  if (!existsSync(way)) symlinkSync(join(home, 'postfix'), way)
  // Postfix's user comes by here.
  chmodSync(run, 0o711)
  return run
}

export function postfix(home: string): Daemon {
  const { queue, log } = folders(home)
  return {
    name: 'Postfix',
    pidFile: join(queue, 'pid', 'master.pid'),
    programs: ['/usr/lib/postfix/sbin/'],
    folders: [queue],
    log: join(log, 'postfix.log'),
  }
}

/** True when what is written differs from what a running Postfix has read. */
export function configurePostfix(home: string, run: string, settings: PostfixSettings): boolean {
  for (const folder of Object.values(folders(home))) mkdirSync(folder, { recursive: true })
  const { configuration, data, log, queue } = folders(shortWay(home, run))
  const group = idOf('-g')
  chownSync(data, idOf('-u'), group)
  return render(
    'postfix',
    configuration,
    {
      CONFIG_DIR: configuration,
      DATA_DIR: data,
      QUEUE_DIR: queue,
      LOG_DIR: log,
      LOG_FILE: join(log, 'postfix.log'),
      ...values(home, settings),
    },
    (path, text) => writeForPostfix(path, text, group),
  )
}

/** Starts it unless it runs. Root only: Postfix changes its users on its own. */
export async function startPostfix(home: string, run: string, ports: Ports): Promise<void> {
  const daemon = postfix(home)
  const { configuration, queue } = folders(shortWay(home, run))
  if (!master(daemon)) {
    await stopDaemon(daemon)
    rmSync(daemon.pidFile, { force: true })
    await launch(daemon, { command: ['postfix', '-c', configuration, 'start'], cwd: queue, asRoot: true, untilEnd: true })
  }
  await ready(daemon, ports.smtp, { greeting: /^220 / })
}

function values(home: string, { domain, ports, secrets }: PostfixSettings) {
  const base = baseOf(domain)
  return {
    DOMAIN: domain,
    MAIL_HOST: `mail.${domain}`,
    LISTEN: '127.0.0.1',
    INET_PROTOCOLS: 'ipv4',
    SMTP_PORT: ports.smtp,
    SUBMISSION_PORT: ports.submission,
    SUBMISSIONS_PORT: ports.submissions,
    NOTICES_ADDRESS: `127.0.0.1:${ports.notices}`,
    MILTER_ADDRESS: `127.0.0.1:${ports.milter}`,
    QUARANTINE_ADDRESS: `127.0.0.1:${ports.quarantine}`,
    // Whoever stops a server on this machine does not want to wait for minutes after it is back.
    MINIMAL_BACKOFF: '1s',
    MAXIMAL_BACKOFF: '5s',
    // Nothing travels further than loopback, so STARTTLS is offered but not demanded, as Dovecot does it here.
    SUBMISSION_TLS: 'may',
    OUTBOUND: 'error:5.4.4 mail for other domains ends at this machine',
    LMTP_ADDRESS: `127.0.0.1:${ports.lmtp}`,
    SASL_ADDRESS: `127.0.0.1:${ports.sasl}`,
    PORTAL_NETWORKS: '127.0.0.0/8',
    TLS_CERT: join(home, 'tls', 'cert.pem'),
    TLS_KEY: join(home, 'tls', 'key.pem'),
    LDAP_URL: `ldap://127.0.0.1:${ports.ldap}`,
    LDAP_PEOPLE: `ou=people,${base}`,
    LDAP_POSTFIX_DN: `cn=postfix,${base}`,
    LDAP_POSTFIX_PASSWORD: secrets.ldapPostfix,
    LDAP_ACCOUNT_FILTER: ACCOUNT_FILTER,
  }
}

// proxymap reads the LDAP password as the user postfix; nobody else has to.
function writeForPostfix(path: string, text: string, group: number): void {
  writeFileSync(path, text, { mode: 0o640 })
  chmodSync(path, 0o640)
  chownSync(path, 0, group)
}

function idOf(flag: '-u' | '-g'): number {
  const result = spawnSync('id', [flag, 'postfix'], { encoding: 'utf8' })
  if (result.status !== 0) throw new Error('The user postfix is missing: Postfix is not installed')
  return Number(result.stdout)
}
