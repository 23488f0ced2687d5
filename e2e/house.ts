import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { addUser } from '#deploy/counterparts/radicale.ts'
import { addPeople } from '#deploy/counterparts/samba/domain.ts'
import { domainIn } from '#deploy/counterparts/samba.ts'
import { baseOf } from '#deploy/mail-stack/openldap.ts'
import { seedAccounts } from '#deploy/mail-stack/seed.ts'
import { loadState, stackHome } from '#deploy/mail-stack/state.ts'
import { hashPassword } from '#lib/mail-core/directory/sql.ts'

/** The running house from the outside and, where a test has to look behind the screen, from the inside. */

export interface Person {
  address: string
  login: string
  name: string
  password: string
  /** E.164, not bound yet. */
  phone: string
}

export interface Service {
  host: string
  port: number
  tls: boolean
}

export interface Demo {
  url: string
  mailCore: 'embedded' | 'real'
  directory: 'sql' | 'openldap' | 'active-directory'
  accounts: { address: string; password: string; name: string; role: string; phone: string }[]
  imap?: Service
  submission?: Service
  /** From outside, with the real mail core. */
  smtp?: Service
  lmtp?: Service
  /** `book` with the address of an account is its address book. */
  carddav?: Service & { book: string }
}

const dataDir = process.env.E2E_DATA_DIR as string
export const demo: Demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
/** What a page of the portal says of itself in a request (T21). */
export const ownOrigin = { origin: new URL(demo.url).origin }
export const sql = postgres(process.env.E2E_DATABASE_URL as string, { max: 2, onnotice: () => {} })

/** A person of one's own for every test: limits and data of one never touch another. */
export async function newPerson(groups: string[] = ['members']): Promise<Person> {
  const number = randomInt(10 ** 8)
    .toString()
    .padStart(8, '0')
  // Active Directory takes logins of 20 characters.
  const login = `e2e${Date.now().toString(36)}-${number}`
  const address = `${login}@yunling.example`
  const person = { address, login, name: '林小雨', password: `Post-${number}-house`, phone: `+86138${number}` }
  if (demo.directory === 'active-directory') await addPeople(domainIn(dataDir), [{ ...person, nameEn: null, groups }])
  else if (demo.directory === 'openldap') await addToLdap(person, groups)
  else await addToSql(person, groups)
  if (demo.carddav) addUser(dataDir, person)
  return person
}

async function addToSql({ address, login, name, password }: Person, groups: string[]): Promise<void> {
  const hash = await hashPassword(password)
  await sql`insert into directory_accounts (address, login, name, password_hash, groups) values (${address}, ${login}, ${name}, ${hash}, ${groups})`
}

function stack() {
  const state = loadState(stackHome(dataDir))
  if (!state) throw new Error('the mail stack has no state')
  return state
}

export const masterPassword = (): string => stack().secrets.master

async function addToLdap(person: Person, groups: string[]): Promise<void> {
  const state = stack()
  const base = baseOf('yunling.example')
  const admin = { url: `ldap://127.0.0.1:${state.ports.ldap}`, bindDn: `cn=admin,${base}`, password: state.secrets.ldapAdmin, base }
  await seedAccounts(admin, [{ ...person, nameEn: null, groups }])
}

/** The newest code that the phone got after `since`; waits for the worker to send it. */
export const codeFor = (phone: string, since: Date): Promise<string> => newestCode(phone, since, /\b\d{6}\b/)
export const resetCodeFor = (phone: string, since: Date): Promise<string> => newestCode(phone, since, /\b\d{8}\b/)

function newestCode(phone: string, since: Date, pattern: RegExp): Promise<string> {
  return until(async () => {
    const [row] = await sql<{ body: string }[]>`
      select body from demo_phone_messages where to_number = ${phone} and created_at > ${since} order by created_at desc limit 1`
    return row && pattern.exec(row.body)?.[0]
  })
}

export async function until<T>(read: () => Promise<T | undefined | null | false | ''>, within = 15_000): Promise<T> {
  for (const end = Date.now() + within; ; ) {
    const found = await read()
    if (found) return found
    if (Date.now() > end) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export interface AuditEntry {
  operation: string
  outcome: string | null
  code: string | null
  detail: string
}

export const auditOf = (mailbox: string): Promise<AuditEntry[]> =>
  sql<AuditEntry[]>`select operation, outcome, code, detail from audit_log where mailbox = ${mailbox} and phase = 'outcome' order by seq`

/** What a mail client here has to trust. */
export const certificate = (): string => readFileSync(join(stackHome(dataDir), 'tls', 'cert.pem'), 'utf8')
