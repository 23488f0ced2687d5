import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { AlreadyExistsError, Attribute, Change, Client, DN } from 'ldapts'
import type { SeedAccount } from '#deploy/mail-stack/seed.ts'

export interface Domain {
  url: string
  base: string
  /** People's logins end in it, as in lin.yue@ad.yunling.example. */
  domain: string
  adminDn: string
  adminPassword: string
  /** Paths: what a client has to trust, and the server's key to it. */
  certificate: string
  key: string
}

export const peopleOf = ({ base }: Pick<Domain, 'base'>) => `OU=people,${base}`
export const dnOf = (login: string, domain: Pick<Domain, 'base'>) => `${new DN().addPairRDN('CN', login).toString()},${peopleOf(domain)}`

const MINUTE = 60 * 10_000_000
const DAY = 24 * 60 * MINUTE

/** Lengths of time are negative, in 100 ns ([MS-ADA1] 2.381). The portal's own rules decide what is simple or short. */
const POLICY = {
  ...{ minPwdLength: '8', pwdProperties: '0', pwdHistoryLength: '5', minPwdAge: '0', maxPwdAge: String(-90 * DAY) },
  ...{ lockoutThreshold: '10', lockoutDuration: String(-15 * MINUTE), lockOutObservationWindow: String(-15 * MINUTE) },
}

// UF_NORMAL_ACCOUNT, and with UF_DONT_EXPIRE_PASSWD ([MS-ADTS] 2.2.16).
const PERSON = '512'
const SERVICE = '66048'

/** Class "user", the right to reset a password, the attribute lockoutTime ([MS-ADSC], [MS-ADTS] 5.1.3.2.1, [MS-ADA1]). */
const USER = 'bf967aba-0de6-11d0-a285-00aa003049e2'
const RESET_PASSWORD = '00299570-246d-11d0-a768-00aa006e0529'
const LOCKOUT_TIME = '28630ebf-41d5-11d1-a9c1-0000f80367c1'

/** Rules, folders and the portal's account, which gets what deploy/README.md asks a site for, and no more. */
export async function furnish(domain: Domain, paths: { conf: string; database: string }, portalPassword: string): Promise<void> {
  const portal = `CN=portal,OU=services,${domain.base}`
  const sid = await withAdmin(domain, async (client) => {
    await client.modify(
      domain.base,
      Object.entries(POLICY).map(([type, value]) => replace(type, value)),
    )
    for (const name of ['people', 'services', 'groups']) {
      await client.add(`OU=${name},${domain.base}`, { objectClass: 'organizationalUnit', ou: name })
    }
    const account = { sAMAccountName: 'portal', userAccountControl: SERVICE, unicodePwd: quoted(portalPassword) }
    await client.add(portal, { objectClass: 'user', ...(account as unknown as Record<string, string>) })
    const found = await client.search(portal, { scope: 'base', attributes: ['objectSid'], explicitBufferAttributes: ['objectSid'] })
    return sidOf(found.searchEntries[0]?.objectSid as Buffer)
  })
  const rights = [`CR;${RESET_PASSWORD}`, `RPWP;${LOCKOUT_TIME}`]
  const sddl = rights.map((right) => `(OA;CIIO;${right};${USER};${sid})`).join('')
  const args = [
    'dsacl',
    'set',
    '-s',
    paths.conf,
    '-H',
    paths.database,
    `--objectdn=${peopleOf(domain)}`,
    '--action=allow',
    `--sddl=${sddl}`,
  ]
  const result = spawnSync('samba-tool', [...args, `--trusteedn=${portal}`], { encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`The portal's account does not get its rights: ${result.error?.message ?? result.stderr.trim()}`)
}

/** Adds the accounts that are missing; one that exists keeps its password and all else that was changed. */
export async function addPeople(domain: Domain, accounts: SeedAccount[]): Promise<void> {
  await withAdmin(domain, async (client) => {
    for (const account of accounts) {
      await ignoringExisting(client.add(dnOf(account.login, domain), person(account, domain)))
      for (const group of account.groups) await addMember(client, domain, group, dnOf(account.login, domain))
    }
  })
}

function person({ login, address, name, password, number, unit, officePhone }: SeedAccount, { domain }: Domain): Record<string, string> {
  const account = {
    ...{ objectClass: 'user', sAMAccountName: login, userPrincipalName: `${login}@${domain}`, mail: address, displayName: name },
    ...partsOf(name),
    ...(number ? { employeeID: number } : {}),
    ...(unit ? { department: unit } : {}),
    ...(officePhone ? { telephoneNumber: officePhone } : {}),
    ...{ userAccountControl: PERSON, unicodePwd: quoted(password) },
  }
  return account as unknown as Record<string, string>
}

/** As a domain keeps a name that has two parts. */
function partsOf(name: string): Record<string, string> {
  const [givenName, sn] = name.split(' ')
  return givenName && sn ? { givenName, sn } : {}
}

async function addMember(client: Client, { base }: Domain, group: string, member: string): Promise<void> {
  const dn = `${new DN().addPairRDN('CN', group).toString()},OU=groups,${base}`
  await ignoringExisting(client.add(dn, { objectClass: 'group', sAMAccountName: group }))
  const modification = new Attribute({ type: 'member', values: [member] })
  await ignoringExisting(client.modify(dn, new Change({ operation: 'add', modification })))
}

async function ignoringExisting(adding: Promise<void>): Promise<void> {
  await adding.catch((error) => {
    if (!(error instanceof AlreadyExistsError)) throw error
  })
}

export const replace = (type: string, ...values: string[]) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) })

const quoted = (password: string) => Buffer.from(`"${password}"`, 'utf16le')

/** S-1-5-21-… ([MS-DTYP] 2.4.2.2): revision, count, six octets of authority, then so many numbers. */
function sidOf(sid: Buffer): string {
  const numbers = Array.from({ length: sid[1] ?? 0 }, (_, index) => sid.readUInt32LE(8 + 4 * index))
  return ['S', sid[0], sid.readUIntBE(2, 6), ...numbers].join('-')
}

/** One session of the domain's administrator. */
export async function withAdmin<T>(domain: Domain, work: (client: Client) => Promise<T>): Promise<T> {
  const tlsOptions = { ca: readFileSync(domain.certificate), host: new URL(domain.url).hostname }
  const client = new Client({ url: domain.url, timeout: 10_000, connectTimeout: 5_000, tlsOptions })
  try {
    await client.bind(domain.adminDn, domain.adminPassword)
    return await work(client)
  } finally {
    await client.unbind()
  }
}
