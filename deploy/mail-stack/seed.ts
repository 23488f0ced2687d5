import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { AlreadyExistsError, Attribute, Change, Client, DN, NoSuchObjectError, TypeOrValueExistsError } from 'ldapts'
import { writePrivate } from './state.ts'

export interface SeedAccount {
  /** The mailbox address, lower case. */
  address: string
  /** What the person types to sign in. */
  login: string
  name: string
  nameEn: string | null
  password: string
  groups: string[]
  number?: string | null
  unit?: string | null
  officePhone?: string | null
}

export interface DirectoryAdmin {
  url: string
  bindDn: string
  password: string
  base: string
}

// ldapadd's exit code for "Already exists" (RFC 4511, result code 68).
const ALREADY_EXISTS = 68

/** Loads base.ldif as an administrator would. What is there already stays as it is. */
export async function addBaseEntries(admin: DirectoryAdmin, ldif: string): Promise<void> {
  const missing = await withAdmin(admin, (client) => lacks(client, `cn=postfix,${admin.base}`))
  if (!missing) return
  const passwordFile = `${ldif}.password`
  writePrivate(passwordFile, admin.password)
  try {
    const args = ['-c', '-x', '-H', admin.url, '-D', admin.bindDn, '-y', passwordFile, '-f', ldif]
    const result = spawnSync('ldapadd', args, { encoding: 'utf8', env: { ...process.env, LDAPNOINIT: '1' } })
    if (result.status === 0 || result.status === ALREADY_EXISTS) return
    throw new Error(`The directory's tree cannot be made: ${result.error?.message ?? result.stderr.trim()}`)
  } finally {
    rmSync(passwordFile)
  }
}

/** Adds the accounts that are missing; one that exists keeps its password and all else that was changed. */
export async function seedAccounts(admin: DirectoryAdmin, accounts: SeedAccount[]): Promise<void> {
  await withAdmin(admin, async (client) => {
    for (const account of accounts) {
      const dn = dnOf(account.login, admin.base)
      if (!(await lacks(client, dn))) continue
      // Groups first: an account that is there is complete, also after an interrupted start.
      for (const group of account.groups) await addMember(client, group, dn, admin.base)
      await client.add(dn, person(account))
    }
  })
}

export const dnOf = (login: string, base: string) => `${new DN().addPairRDN('uid', login).toString()},ou=people,${base}`

function person(account: SeedAccount): Record<string, string | string[]> {
  return {
    objectClass: 'inetOrgPerson',
    uid: account.login,
    mail: account.address,
    cn: account.name,
    sn: account.name,
    displayName: account.name,
    // A language tag (RFC 3866) tells the English name from the Chinese one.
    ...(account.nameEn ? { 'displayName;lang-en': account.nameEn } : {}),
    ...(account.number ? { employeeNumber: account.number } : {}),
    ...(account.unit ? { ou: account.unit } : {}),
    ...(account.officePhone ? { telephoneNumber: account.officePhone } : {}),
    userPassword: account.password,
  }
}

async function addMember(client: Client, group: string, member: string, base: string): Promise<void> {
  const dn = `${new DN().addPairRDN('cn', group).toString()},ou=groups,${base}`
  try {
    await client.add(dn, { objectClass: 'groupOfNames', cn: group, member })
  } catch (error) {
    if (!(error instanceof AlreadyExistsError)) throw error
    const modification = new Attribute({ type: 'member', values: [member] })
    await client.modify(dn, new Change({ operation: 'add', modification })).catch((problem) => {
      if (!(problem instanceof TypeOrValueExistsError)) throw problem
    })
  }
}

async function lacks(client: Client, dn: string): Promise<boolean> {
  try {
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: ['1.1'] })
    return searchEntries.length === 0
  } catch (error) {
    if (error instanceof NoSuchObjectError) return true
    throw error
  }
}

/** One administrator's session. */
export async function withAdmin<T>(admin: DirectoryAdmin, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ url: admin.url, timeout: 10_000, connectTimeout: 5_000 })
  try {
    await client.bind(admin.bindDn, admin.password)
    return await work(client)
  } finally {
    await client.unbind()
  }
}
