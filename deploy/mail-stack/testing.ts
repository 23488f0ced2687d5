import { createHash } from 'node:crypto'
import { Attribute, Change, type Client, Control } from 'ldapts'
import postgres from 'postgres'
import type { TestMailStack } from '#deploy/mail-stack-test-setup.ts'
import { toGeneralizedTime } from '#lib/mail-core/directory/ldap-values.ts'
import { type DirectoryAdmin, dnOf, type SeedAccount, seedAccounts, withAdmin } from './seed.ts'

export interface AppPasswordRow {
  address: string
  secret: string
  protocols: string[]
  expiresAt?: Date
}

const DAY = 24 * 3_600_000

/** What an administrator does to the run's mail stack, for tests. */
export function provisioning(stack: TestMailStack) {
  const { url, base, adminDn, adminPassword } = stack.ldap
  const admin: DirectoryAdmin = { url, base, bindDn: adminDn, password: adminPassword }
  const sql = postgres(stack.databaseOwnerUrl, { max: 2, onnotice: () => {} })
  const digest = (secret: string) => createHash('sha256').update(secret).digest('hex')
  let serial = 0

  const putAccount = (account: SeedAccount) => seedAccounts(admin, [account])

  return {
    sql,
    putAccount,

    /** An account in the directory with app passwords switched on in the portal. */
    async putMailbox(password = 'main-Password-1'): Promise<string> {
      const login = `m${Date.now().toString(36)}${++serial}`
      const address = `${login}@${stack.domain}`
      await putAccount({ address, login, name: '林晓云', nameEn: 'Lin Xiaoyun', password, groups: [] })
      await sql`insert into mail_accounts (mailbox, app_passwords_on) values (${address}, true)`
      return address
    },

    async putAppPassword({ address, secret, protocols, expiresAt = new Date(Date.now() + DAY) }: AppPasswordRow): Promise<string> {
      const [row] = await sql<{ id: string }[]>`
        insert into app_passwords (mailbox, name, digest, protocols, expires_at)
        values (${address}, 'test', app_password_digest(${address}, ${digest(secret)}), ${protocols}, ${expiresAt}) returning id`
      return row?.id ?? ''
    },

    async revoke(address: string, secret: string): Promise<void> {
      await sql`update app_passwords set revoked_at = now()
        where mailbox = ${address} and digest = app_password_digest(${address}, ${digest(secret)})`
    },

    async suspend(address: string): Promise<void> {
      await sql`update mail_accounts set app_passwords_on = false where mailbox = ${address}`
    },

    async allowMainPassword(address: string): Promise<void> {
      await sql`update mail_accounts set allow_primary_password = true where mailbox = ${address}`
    },

    async lastUse(address: string, secret: string): Promise<{ ip: string; protocol: string } | null> {
      const [row] = await sql<{ ip: string | null; protocol: string }[]>`
        select last_used_ip as ip, last_used_protocol as protocol from app_passwords
        where mailbox = ${address} and digest = app_password_digest(${address}, ${digest(secret)})`
      return row?.ip ? { ip: row.ip, protocol: row.protocol } : null
    },

    /** As an administrator disables an account in OpenLDAP. */
    disableAccount: (address: string) => setAttribute(admin, address, 'pwdAccountLockedTime', '000001010000Z'),

    removeAccount: (address: string) => withAccount(admin, address, (client, dn) => client.del(dn)),

    setPassword: (address: string, password: string) => setAttribute(admin, address, 'userPassword', password),

    /** As after a reset by the helpdesk. */
    demandChange: (address: string) => setAttribute(admin, address, 'pwdReset', 'TRUE'),

    /** A policy like the default one but for `rules`, and the accounts of these addresses under it. Returns its name. */
    async putPolicy(name: string, rules: Record<string, string>): Promise<string> {
      const dn = `cn=${name},ou=policies,${base}`
      const policy = { objectClass: ['device', 'pwdPolicy'], cn: name, pwdAttribute: 'userPassword', ...DEFAULT_RULES, ...rules }
      await withAdmin(admin, (client) => client.add(dn, policy))
      return dn
    },

    /** So many accounts under one policy, whose password nobody knows. Returns their addresses. */
    async putCrowd(size: number, policy: string): Promise<string[]> {
      const logins = Array.from({ length: size }, (_, number) => `c${Date.now().toString(36)}${++serial}-${number}`)
      await withAdmin(admin, async (client) => {
        for (const uid of logins) {
          const person = { objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid, mail: `${uid}@${stack.domain}` }
          await client.add(dnOf(uid, base), { ...person, userPassword: '{SHA}AAAAAAAAAAAAAAAAAAAAAAAAAAA=', pwdPolicySubentry: policy })
        }
      })
      return logins.map((login) => `${login}@${stack.domain}`)
    },

    putUnderPolicy: (address: string, dn: string) => setAttribute(admin, address, 'pwdPolicySubentry', dn),

    /** As if the password had been changed then. */
    passwordChanged: (address: string, at: Date) => setAttribute(admin, address, 'pwdChangedTime', toGeneralizedTime(at), [RELAX]),

    close: () => sql.end(),
  }
}

export type Provisioning = ReturnType<typeof provisioning>

/** As base.ldif has them, without an age in which a password stays. */
const DEFAULT_RULES = {
  ...{ pwdCheckQuality: '2', pwdMinLength: '8', pwdInHistory: '5', pwdMustChange: 'TRUE', pwdAllowUserChange: 'TRUE' },
  ...{ pwdLockout: 'TRUE', pwdMaxFailure: '10', pwdLockoutDuration: '900', pwdFailureCountInterval: '900' },
}

/** OpenLDAP's Relax Rules: an administrator writes what only the server writes. */
const RELAX = new Control('1.3.6.1.4.1.4203.666.5.12', { critical: true })

const setAttribute = (admin: DirectoryAdmin, address: string, type: string, value: string, controls: Control[] = []) =>
  withAccount(admin, address, (client, dn) =>
    client.modify(dn, new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }), controls),
  )

async function withAccount(admin: DirectoryAdmin, address: string, work: (client: Client, dn: string) => Promise<void>): Promise<void> {
  await withAdmin(admin, async (client) => {
    const { searchEntries } = await client.search(admin.base, { filter: `(mail=${address})`, attributes: ['uid'] })
    await work(client, dnOf(String(searchEntries[0]?.uid), admin.base))
  })
}
