import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '#deploy/local/ports.ts'
import { runAs, serviceHome } from '#deploy/local/run-as.ts'
import { ensureCertificate } from '#deploy/mail-stack/certificate.ts'
import { stopDaemon } from '#deploy/mail-stack/daemon.ts'
import { baseOf, configureOpenldap, openldap, startOpenldap } from '#deploy/mail-stack/openldap.ts'
import { newSecrets, type Ports, runFolder, stackHome } from '#deploy/mail-stack/state.ts'
import { ldapDirectory } from '#lib/mail-core/directory/ldap.ts'
import type { Directory } from '#lib/mail-core/directory/port.ts'
import { keysOf } from './people.ts'

const DOMAIN = 'yunling.example'

interface Full {
  found: Directory
  stop(): Promise<void>
}

/** OpenLDAP as deploy/ configures it, with so many people. */
export async function fullDirectory(count: number): Promise<Full> {
  const dataDir = mkdtempSync('/tmp/posthouse-bench-')
  const home = stackHome(dataDir)
  const run = runFolder(home, undefined)
  const secrets = newSecrets()
  const settings = { domain: DOMAIN, accounts: [], ports: { ldap: await freePort() } as Ports, secrets }
  ensureCertificate(home, DOMAIN)
  configureOpenldap(home, run, settings)
  const daemon = openldap(home, run)
  const base = baseOf(DOMAIN)
  // The tree first, then the people past the server, which is how many are brought in.
  await startOpenldap(home, run, settings)
  await stopDaemon(daemon)
  load(join(home, 'openldap', 'slapd.conf'), join(home, 'people.ldif'), people(count, base))
  await startOpenldap(home, run, settings)
  return {
    found: ldapDirectory({
      ...{ url: `ldap://127.0.0.1:${settings.ports.ldap}`, base },
      ...{ bindDn: `cn=portal,${base}`, bindPassword: secrets.ldapPortal },
    }),
    async stop() {
      await stopDaemon(daemon)
      rmSync(serviceHome(dataDir), { recursive: true, force: true })
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function load(configuration: string, file: string, ldif: string): void {
  writeFileSync(file, ldif)
  const user = runAs()
  const args = ['-q', '-f', configuration, '-l', file]
  const { status, stderr } = spawnSync('/usr/sbin/slapadd', args, {
    encoding: 'utf8',
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  if (status !== 0) throw new Error(stderr.slice(-1_000))
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

function people(count: number, base: string): string {
  return Array.from({ length: count }, (_, n) => {
    const { address, login, number, name, english } = keysOf(n, count)
    return `dn: uid=${login},ou=people,${base}
objectClass: inetOrgPerson
uid: ${login}
mail: ${address}
cn:: ${base64(name)}
sn:: ${base64(name)}
displayName:: ${base64(name)}
displayName;lang-en: ${english} Surname
employeeNumber: ${number}
`
  }).join('\n')
}
