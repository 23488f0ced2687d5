import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { giveToServiceUser, privateFolder, runAs } from '#deploy/local/run-as.ts'
import { type Daemon, launch, master, ready, stopDaemon } from './daemon.ts'
import { ACCOUNT_FILTER, baseOf, DISABLED_FILTER } from './openldap.ts'
import { render } from './render.ts'
import { type Ports, type Secrets, writeForDaemons } from './state.ts'

export const MASTER_USER = 'portal'

export interface DovecotSettings {
  domain: string
  databaseOwnerUrl: string
  ports: Ports
  secrets: Secrets
}

export function dovecot(home: string, run: string): Daemon {
  return {
    name: 'Dovecot',
    pidFile: join(run, 'dovecot', 'master.pid'),
    programs: ['/usr/sbin/dovecot', '/usr/lib/dovecot/'],
    folders: [join(run, 'dovecot'), join(home, 'mail')],
    log: join(home, 'log', 'dovecot.log'),
  }
}

/** True when what is written differs from what a running Dovecot has read. */
export function configureDovecot(home: string, run: string, settings: DovecotSettings): boolean {
  const runDir = join(run, 'dovecot')
  mkdirSync(runDir, { recursive: true })
  giveToServiceUser(runDir)
  const configuration = privateFolder(join(home, 'dovecot'))
  const log = dovecot(home, run).log
  return render('dovecot', configuration, { CONFIG_DIR: configuration, RUN_DIR: runDir, ...values(home, log, settings) }, writeForDaemons)
}

/** Starts it unless it runs. */
export async function startDovecot(home: string, run: string, ports: Ports): Promise<void> {
  const daemon = dovecot(home, run)
  if (!master(daemon)) {
    await stopDaemon(daemon)
    // A stale one whose process id now belongs to somebody else would forbid the start.
    rmSync(daemon.pidFile, { force: true })
    const command = ['/usr/sbin/dovecot', '-c', join(home, 'dovecot', 'dovecot.conf')]
    await launch(daemon, { command, cwd: join(run, 'dovecot'), untilEnd: true })
  }
  await ready(daemon, ports.imap, { greeting: /^\* OK/ })
}

function values(home: string, log: string, { domain, databaseOwnerUrl, ports, secrets }: DovecotSettings) {
  const user = daemonUser()
  const database = new URL(databaseOwnerUrl)
  const base = baseOf(domain)
  return {
    DOMAIN: domain,
    MAIL_HOST: `mail.${domain}`,
    LISTEN: '127.0.0.1',
    INTERNAL_ADDRESS: '127.0.0.1',
    IMAP_PORT: ports.imap,
    IMAPS_PORT: ports.imaps,
    POP3_PORT: ports.pop3,
    POP3S_PORT: ports.pop3s,
    LMTP_PORT: ports.lmtp,
    SASL_PORT: ports.sasl,
    DOVEADM_PORT: ports.doveadm,
    DOVEADM_KEY: secrets.doveadm,
    STATE_DIR: privateFolder(join(home, 'dovecot-state')),
    LOG_FILE: log,
    MAIL_ROOT: privateFolder(join(home, 'mail')),
    QUOTA: '1G',
    TLS_CERT: join(home, 'tls', 'cert.pem'),
    TLS_KEY: join(home, 'tls', 'key.pem'),
    INTERNAL_USER: user.name,
    INTERNAL_GROUP: user.group,
    LOGIN_USER: user.name,
    MAIL_USER: user.name,
    MAIL_GROUP: user.group,
    PORTAL_NETWORKS: '127.0.0.0/8',
    MASTER_USER,
    MASTER_PASSWORD: secrets.master,
    DATABASE_HOST: database.hostname,
    DATABASE_PORT: database.port || 5432,
    DATABASE_NAME: decodeURIComponent(database.pathname.slice(1)),
    DATABASE_PASSWORD: secrets.database,
    DATABASE_SSLMODE: 'prefer',
    LDAP_URL: `ldap://127.0.0.1:${ports.ldap}`,
    LDAP_PEOPLE: `ou=people,${base}`,
    LDAP_DOVECOT_DN: `cn=dovecot,${base}`,
    LDAP_DOVECOT_PASSWORD: secrets.ldapDovecot,
    LDAP_ACCOUNT_FILTER: ACCOUNT_FILTER,
    LDAP_DISABLED_FILTER: DISABLED_FILTER,
  }
}

function daemonUser(): { name: string; group: string } {
  const name = runAs()?.name ?? userInfo().username
  return { name, group: spawnSync('id', ['-gn', name], { encoding: 'utf8' }).stdout.trim() }
}
