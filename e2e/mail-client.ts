import { randomUUID } from 'node:crypto'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { MASTER_USER } from '#deploy/mail-stack/dovecot.ts'
import { postgresAppPasswords } from '#lib/mail-core/app-passwords/postgres.ts'
import { embeddedMailbox } from '#lib/mail-core/mailbox/embedded.ts'
import { removeMessages } from '#lib/mail-core/mailbox/embedded-deleted.ts'
import { demo, masterPassword, type Person, type Service, sql } from './house.ts'

/** A mail client: over real protocols where the house has them, else the question that Dovecot would ask. */
export interface MailClient {
  /** Whether the mail system lets it in just now. */
  signsIn(): Promise<boolean>
}

const at = ({ host, port, tls }: Service) => ({ host, port, secure: tls })

/** `name`: what it calls itself (RFC 2971). */
export function imapClient({ address }: Pick<Person, 'address'>, secret: string, name = 'ImapFlow'): ImapFlow {
  const { imap } = demo
  if (!imap) throw new Error('this house has no IMAP')
  return new ImapFlow({
    ...at(imap),
    auth: { user: address, pass: secret },
    logger: false,
    clientInfo: { name },
    tls: { rejectUnauthorized: false },
  })
}

export function mailClient(person: Person, secret: string): MailClient {
  if (demo.mailCore === 'embedded') {
    const appPasswords = postgresAppPasswords(sql)
    return { signsIn: () => appPasswords.login({ address: person.address, secret, protocol: 'imap', ip: '10.20.30.40' }) }
  }
  return {
    async signsIn() {
      const client = imapClient(person, secret)
      client.on('error', () => {})
      try {
        await client.connect()
        await client.logout()
        return true
      } catch (error) {
        if (error instanceof Error && 'authenticationFailed' in error) return false
        throw error
      }
    },
  }
}

const EVERY_CARD =
  '<c:addressbook-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><prop><c:address-data/></prop></c:addressbook-query>'
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#13;': '\r', '&amp;': '&' }

/** The vCards of somebody's address book, as another client of the same person fetches them (RFC 6352), unfolded. */
export async function contactsByDav({ address, password }: Person): Promise<string[]> {
  const { carddav } = demo
  if (!carddav) throw new Error('this house has no CardDAV')
  const authorization = `Basic ${Buffer.from(`${address}:${password}`).toString('base64')}`
  const answer = await fetch(carddav.book.replace('{address}', encodeURIComponent(address)), {
    method: 'REPORT',
    headers: { authorization, depth: '1', 'content-type': 'application/xml' },
    body: EVERY_CARD,
  })
  if (answer.status !== 207) throw new Error(`the address book answered ${answer.status}`)
  const cards = [...(await answer.text()).matchAll(/<(?:\w+:)?address-data[^>]*>([^<]*)</g)]
  return cards.map(([, card = '']) => card.replace(/&[^;]+;/g, (entity) => ENTITIES[entity] ?? entity).replace(/\r?\n[ \t]/g, ''))
}

/** Sends a letter to oneself through submission, as a mail client does. */
export async function sendToSelf({ address }: Person, secret: string, subject: string): Promise<void> {
  const { submission } = demo
  if (!submission) throw new Error('this house has no submission')
  const transport = createTransport({ ...at(submission), auth: { user: address, pass: secret }, tls: { rejectUnauthorized: false } })
  await transport.sendMail({ from: address, to: address, subject, text: 'A letter to oneself.' })
  transport.close()
}

export interface Own {
  to: Person[]
  subject: string
  /** With its angle brackets; of one's own making. */
  messageId?: string
}

/** Sends with one's own login, by submission; the embedded mail core has none, and its trace is told whose login it was. */
export async function sendAs(from: Person, secret: string, { to, subject, messageId }: Own): Promise<void> {
  const text = 'Between ourselves.'
  const addresses = to.map(({ address }) => address)
  if (demo.mailCore === 'embedded') {
    await mailFromOutside({ from: from.address, to: addresses, subject, text, messageId })
    await sql`update trace_messages set login = ${from.address} where subject = ${subject}`
    return
  }
  if (!demo.submission) throw new Error('this house has no submission')
  const auth = { user: from.address, pass: secret }
  const transport = createTransport({ ...at(demo.submission), auth, tls: { rejectUnauthorized: false } })
  await transport.sendMail({ from: from.address, to: addresses, subject, text, messageId })
  transport.close()
}

/** Opens the inbox as its owner does, and reads everything there. */
export async function readAll({ address }: Person): Promise<void> {
  if (demo.mailCore === 'embedded') return void (await sql`update mailbox_messages set seen = true where address = ${address}`)
  const client = imapClient({ address: `${address}*${MASTER_USER}` }, masterPassword())
  client.on('error', () => {})
  await client.connect()
  const lock = await client.getMailboxLock('INBOX')
  await client.messageFlagsAdd('1:*', ['\\Seen'])
  lock.release()
  await client.logout()
}

/** All mails of a folder, as octets: read as the portal's master user, past every password. */
export async function mailsIn({ address }: Person, folder = 'INBOX'): Promise<Buffer[]> {
  if (demo.mailCore === 'embedded') {
    const rows = await sql<
      { raw: Buffer }[]
    >`select raw from mailbox_messages where address = ${address} and folder = ${folder} and deleted_at is null order by received_at`
    return rows.map(({ raw }) => raw)
  }
  const client = imapClient({ address: `${address}*${MASTER_USER}` }, masterPassword())
  client.on('error', () => {})
  await client.connect()
  const lock = await client.getMailboxLock(folder)
  try {
    if (!client.mailbox || client.mailbox.exists === 0) return []
    const found: Buffer[] = []
    for await (const { source } of client.fetch('1:*', { source: true })) if (source) found.push(source)
    return found
  } finally {
    lock.release()
    await client.logout()
  }
}

export const newestMail = async (person: Person): Promise<Buffer | undefined> => (await mailsIn(person)).at(-1)

export interface Loss {
  folder: string
  /** At once, or by way of Trash, as most mail clients do. */
  way: 'expunge' | 'trash'
}

/** Puts a mail of each subject into the folder, and deletes them as a mail client does. Returns their octets. */
export async function loseMails(person: Person, subjects: string[], loss: Loss): Promise<Buffer[]> {
  const mails = subjects.map((subject) => {
    const messageId = `<${randomUUID()}@elsewhere.example>`
    const head = ['From: Zhao <zhao@elsewhere.example>', `Subject: ${subject}`, `Message-ID: ${messageId}`]
    return { messageId, raw: Buffer.from([...head, '', 'Hello', ''].join('\r\n')) }
  })
  await (demo.mailCore === 'embedded' ? loseEmbedded(person, mails, loss) : loseByImap(person, mails, loss))
  return mails.map(({ raw }) => raw)
}

interface Lost {
  messageId: string
  raw: Buffer
}

async function loseEmbedded({ address }: Person, mails: Lost[], { folder, way }: Loss): Promise<void> {
  const mailbox = embeddedMailbox(sql)
  for (const { raw } of mails) await mailbox.append(address, folder, raw)
  const rows = await sql<{ id: string }[]>`
    select id from mailbox_messages where address = ${address} and message_id = any(${mails.map(({ messageId }) => messageId)})`
  const ids = rows.map(({ id }) => id)
  if (way === 'trash')
    await sql`update mailbox_messages set folder = 'Trash', came_from = ${folder} where address = ${address} and id = any(${ids}::uuid[])`
  await removeMessages(sql, address, ids)
}

async function loseByImap({ address }: Person, mails: Lost[], { folder, way }: Loss): Promise<void> {
  const client = imapClient({ address: `${address}*${MASTER_USER}` }, masterPassword(), 'Mozilla Thunderbird')
  client.on('error', () => {})
  await client.connect()
  try {
    if (folder !== 'INBOX') await client.mailboxCreate(folder)
    const uids: number[] = []
    for (const { raw } of mails) {
      const added = await client.append(folder, raw)
      if (added !== false && added.uid) uids.push(added.uid)
    }
    await client.mailboxOpen(folder)
    const moved = way === 'trash' ? await client.messageMove(uids.join(), 'Trash', { uid: true }) : null
    if (moved) await client.mailboxOpen('Trash')
    const gone = moved ? [...(moved.uidMap?.values() ?? [])] : uids
    if (!(await client.messageDelete(gone.join(), { uid: true }))) throw new Error('nothing was deleted')
  } finally {
    await client.logout()
  }
}

export interface Foreign {
  from: string
  to: string[]
  subject: string
  text: string
  /** Without what a proper mail has in its head: the filter takes it for junk. */
  bare?: boolean
  /** With its angle brackets. */
  messageId?: string
}

/** GTUBE: what every filter takes for spam, and a test string for malware that harms nobody (EICAR). */
export const SPAM = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
export const MALWARE = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-')

/** Mail from outside: by SMTP to Postfix, or to the embedded mail core by LMTP. Returns the octets as they were sent. */
export async function mailFromOutside({ from, to, subject, text, bare, messageId }: Foreign): Promise<Buffer> {
  const door = demo.mailCore === 'real' ? demo.smtp : demo.lmtp
  if (!door) throw new Error('this house takes no mail from outside')
  const id = messageId ?? `<${randomUUID()}@${from.split('@')[1]}>`
  const needed = [`From: <${from}>`, `Subject: ${subject}`]
  const proper = [`To: ${to.join(', ')}`, `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`, `Message-ID: ${id}`]
  const mime = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8']
  const raw = Buffer.from([...needed, ...(bare ? [] : [...proper, ...mime]), '', text, ''].join('\r\n'))
  const transport = createTransport({ host: door.host, port: door.port, lmtp: demo.mailCore === 'embedded', ignoreTLS: true })
  await transport.sendMail({ envelope: { from, to }, raw })
  transport.close()
  return raw
}
