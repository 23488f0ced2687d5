import { join } from 'node:path'
import type { CarddavServer } from '#deploy/counterparts/radicale.ts'
import type { ActiveDirectory } from '#deploy/counterparts/samba.ts'
import type { MailStack } from '#deploy/mail-stack.ts'
import { writeAtomically } from './instance.ts'
import { PEOPLE } from './people.ts'

interface Started {
  dataDir: string
  url: string
  mailStack: MailStack | null
  /** Each account signs in with its own address and password. */
  carddav: CarddavServer | null
  activeDirectory: ActiveDirectory | null
  /** Of the embedded mail core: takes mail in by LMTP. */
  intake: MailStack['lmtp']
}

const SERVICES = ['imap', 'imaps', 'pop3', 'pop3s', 'submission', 'submissions', 'lmtp', 'smtp'] as const

/** demo.json: where everything answers and who can sign in, for scripts and tests. */
export function writeDemoJson({ dataDir, url, mailStack, carddav, activeDirectory, intake }: Started): void {
  const accounts = PEOPLE.map(({ address, password, name, role, phone }) => ({ address, password, name, role, phone }))
  const services = mailStack ? SERVICES.map((service) => [service, mailStack[service]]) : [['lmtp', intake]]
  const demo = {
    url,
    mailCore: mailStack ? 'real' : 'embedded',
    directory: activeDirectory ? 'active-directory' : mailStack ? 'openldap' : 'sql',
    accounts,
    ...Object.fromEntries(services),
    ...(carddav ? { carddav: carddavOf(carddav) } : {}),
    api: `${url}/api/v1`,
  }
  writeAtomically(join(dataDir, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`)
}

export function announce({ dataDir, url, mailStack, carddav, intake }: Omit<Started, 'activeDirectory'>): void {
  const listening = mailStack ? SERVICES.flatMap((service) => lineOf(service, mailStack[service])) : lineOf('lmtp', intake)
  const books = carddav ? [`  ${'carddav'.padEnd(12)} ${carddavOf(carddav).book}`] : []
  const rows = PEOPLE.map(({ address, password, role, name }) => [address, password, role, name])
  console.log(
    [
      '',
      `Posthouse answers at  ${url}`,
      `The demo phone is at  ${url}/demo/phone`,
      ...(listening.length > 0 ? ['', 'Mail on this machine', ...listening, ...books] : []),
      ...(mailStack?.leftOut ? [mailStack.leftOut] : []),
      '',
      'Accounts',
      ...columns([['address', 'password', 'role', 'name'], ...rows]),
      '',
      `Data, logs and demo.json are in ${dataDir}. Ctrl-C stops everything; the data stays.`,
    ].join('\n'),
  )
}

/** `book` with the address of an account is the address book of that account. */
function carddavOf({ url }: CarddavServer) {
  const { hostname: host, port } = new URL(url)
  return { host, port: Number(port), tls: false, book: `${url}/{address}/contacts/` }
}

function lineOf(service: string, at: MailStack['imap'] | undefined): string[] {
  return at ? [`  ${service.padEnd(12)} ${at.host}:${at.port}${at.tls ? ' (TLS)' : ''}`] : []
}

function columns(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}
