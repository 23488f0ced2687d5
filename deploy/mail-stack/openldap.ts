import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { privateFolder } from '#deploy/local/run-as.ts'
import { type Daemon, launch, master, ready, stopDaemon } from './daemon.ts'
import { render } from './render.ts'
import { addBaseEntries, type SeedAccount, seedAccounts } from './seed.ts'
import { type Ports, type Secrets, writeForDaemons } from './state.ts'

export interface DirectorySettings {
  domain: string
  accounts: SeedAccount[]
  ports: Ports
  secrets: Secrets
}

/** `dc=yunling,dc=example` for yunling.example. */
export const baseOf = (domain: string) =>
  domain
    .split('.')
    .map((label) => `dc=${label}`)
    .join(',')

/** An inetOrgPerson, disabled the way OpenLDAP's password policy does it. */
export const ACCOUNT_FILTER = '(objectClass=inetOrgPerson)'
export const DISABLED_FILTER = '(pwdAccountLockedTime=000001010000Z)'

export function openldap(home: string, run: string): Daemon {
  return {
    name: 'OpenLDAP',
    pidFile: join(run, 'openldap', 'slapd.pid'),
    programs: ['/usr/sbin/slapd'],
    folders: [join(run, 'openldap')],
    log: join(home, 'log', 'openldap.log'),
  }
}

/** True when what is written differs from what a running slapd has read. */
export function configureOpenldap(home: string, run: string, { domain, secrets }: DirectorySettings): boolean {
  return render(
    'openldap',
    privateFolder(join(home, 'openldap')),
    {
      DOMAIN: domain,
      RUN_DIR: privateFolder(join(run, 'openldap')),
      DATA_DIR: privateFolder(join(home, 'ldap')),
      TLS_CERT: join(home, 'tls', 'cert.pem'),
      TLS_KEY: join(home, 'tls', 'key.pem'),
      LDAP_BASE: baseOf(domain),
      LDAP_DC: domain.split('.')[0] ?? domain,
      LDAP_ADMIN_HASH: hashed(secrets.ldapAdmin),
      LDAP_PORTAL_HASH: hashed(secrets.ldapPortal),
      LDAP_DOVECOT_HASH: hashed(secrets.ldapDovecot),
      LDAP_POSTFIX_HASH: hashed(secrets.ldapPostfix),
    },
    writeForDaemons,
  )
}

/** A slow hash slows down guessing; nobody guesses 160 random bits, and the portal binds for every question. */
const hashed = (secret: string) => `{SHA}${createHash('sha1').update(secret).digest('base64')}`

/** Starts it unless it runs, makes the tree and adds the accounts that are missing. */
export async function startOpenldap(home: string, run: string, settings: DirectorySettings): Promise<void> {
  const daemon = openldap(home, run)
  const { domain, ports, secrets } = settings
  const configuration = join(home, 'openldap')
  const url = `ldap://127.0.0.1:${ports.ldap}`
  if (!master(daemon)) {
    await stopDaemon(daemon)
    // "-d stats" keeps it in the foreground and its log in our file; OpenLDAP 2.5 knows no other log than syslog.
    const command = ['/usr/sbin/slapd', '-d', 'stats', '-h', url, '-f', join(configuration, 'slapd.conf')]
    await launch(daemon, { command, cwd: join(run, 'openldap'), untilEnd: false })
  }
  await ready(daemon, ports.ldap)
  const base = baseOf(domain)
  const admin = { url, bindDn: `cn=admin,${base}`, password: secrets.ldapAdmin, base }
  await addBaseEntries(admin, join(configuration, 'base.ldif'))
  await seedAccounts(admin, settings.accounts)
}
