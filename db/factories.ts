import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { appPasswords, mailAccounts } from './schema/app-passwords.ts'
import { contactFiles, contactImports } from './schema/contacts.ts'
import { restoreJobs } from './schema/restore.ts'
import { senderLists, senderRules } from './schema/sender-lists.ts'
import { recallRecipients, recalls } from './schema/sent.ts'
import { webhooks } from './schema/webhooks.ts'

export interface NewAccount {
  address: string
  /** As the directory shows it. */
  name?: string
  passwordHash?: string
  groups?: string[]
}

/** An account of the embedded directory; without a hash nobody can sign in with a password. */
export async function insertAccount(
  db: Queryable,
  { address, name = address, passwordHash = '!', groups = [] }: NewAccount,
): Promise<void> {
  const login = address.slice(0, address.lastIndexOf('@'))
  await db.execute(sql`
    insert into directory_accounts (address, login, name, password_hash, groups)
    values (${address}, ${login}, ${name}, ${passwordHash}, array(select jsonb_array_elements_text(${JSON.stringify(groups)}::text::jsonb)))`)
}

export interface NewAppPassword {
  mailbox: string
  name?: string
  protocols?: string[]
  /** Postgres interval from now; negative when it has expired. */
  expiresIn?: string
  createdAgo?: string
  usedAgo?: string
}

/** An app password whose secret nobody knows. Returns its id. */
export async function insertAppPassword(db: Queryable, password: NewAppPassword): Promise<string> {
  const { mailbox, name = 'iPhone', protocols = ['imap', 'smtp'], expiresIn = '180 days', createdAgo = '0 days', usedAgo } = password
  await db
    .insert(mailAccounts)
    .values({ mailbox, appPasswordsOn: true })
    .onConflictDoUpdate({ target: mailAccounts.mailbox, set: { appPasswordsOn: true } })
  const [row] = await db
    .insert(appPasswords)
    .values({
      mailbox,
      name,
      protocols,
      digest: sql<Uint8Array>`sha256(gen_random_uuid()::text::bytea)`,
      createdAt: sql`now() - ${createdAgo}::interval`,
      expiresAt: sql`now() + ${expiresIn}::interval`,
      lastUsedAt: usedAgo === undefined ? null : sql`now() - ${usedAgo}::interval`,
    })
    .returning({ id: appPasswords.id })
  if (!row) throw new Error('no app password row')
  return row.id
}

export interface NewMessage {
  address: string
  subject: string
  from?: string
}

export async function insertMessage(db: Queryable, { address, subject, from = 'registrar@yunling.example' }: NewMessage): Promise<void> {
  await db.execute(sql`
    insert into mailbox_messages (address, folder, from_name, from_address, subject, received_at, size, raw)
    values (${address}, 'INBOX', '', ${from}, ${subject}, now(), 1000, ''::bytea)`)
}

export interface NewDeleted extends NewMessage {
  folder?: string
  /** Postgres interval. */
  deletedAgo?: string
  size?: number
}

/** A mail that was deleted. Returns its id. */
export async function insertDeleted(db: Queryable, mail: NewDeleted): Promise<string> {
  const { address, subject, from = 'registrar@yunling.example', folder = 'INBOX', deletedAgo = '1 hour', size = 1000 } = mail
  const [row] = await db.execute<{ id: string }>(sql`
    insert into mailbox_messages (address, folder, from_name, from_address, subject, received_at, size, raw, deleted_at)
    values (${address}, ${folder}, '', ${from}, ${subject}, now() - interval '30 days', ${size}, ''::bytea, now() - ${deletedAgo}::interval)
    returning id`)
  if (!row) throw new Error('no deleted message')
  return row.id
}

/** A restore under way that no worker is at for an hour. Returns its id. */
export async function insertRestore(db: Queryable, { mailbox }: { mailbox: string }): Promise<string> {
  const query = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-01T00:00:00.000Z' }
  const [row] = await db
    .insert(restoreJobs)
    .values({ mailbox, query, total: 0, folders: [], claimedUntil: sql`now() + interval '1 hour'` })
    .returning({ id: restoreJobs.id })
  if (!row) throw new Error('no restore row')
  return row.id
}

export interface NewTraced {
  mailbox: string
  /** A long queue id; it says when the mail arrived. */
  id: string
  /** Microseconds since 1970, as the id says. */
  arrival: number
  subject?: string
  from?: string
  outcome?: string
  folder?: string
  /** Whose login handed it in. */
  login?: string
}

/** A mail of which the trace knows: sender, subject and what became of it. */
export async function insertTraced(db: Queryable, mail: NewTraced): Promise<void> {
  const {
    mailbox,
    id,
    arrival,
    subject = 'A letter',
    from = 'zhao@elsewhere.example',
    outcome = 'delivered',
    folder = null,
    login = null,
  } = mail
  const at = sql`(timestamptz 'epoch' + ${arrival}::bigint * interval '1 microsecond')`
  const messageId = `<${id}@elsewhere.example>`
  await db.execute(sql`select trace_keep_day((${at} at time zone 'UTC')::date)`)
  await db.execute(sql`
    insert into trace_messages (arrived_at, queue_id, sender, message_id, from_address, subject, size, login)
    values (${at}, ${id}, ${from}, ${messageId}, ${from}, ${subject}, 1000, ${login}) on conflict do nothing`)
  await db.execute(sql`
    insert into trace_recipients (mailbox, arrived_at, queue_id, sender, from_address, subject, size, outcome, folder)
    values (${mailbox}, ${at}, ${id}, ${from}, ${from}, ${subject}, 1000, ${outcome}, ${folder})`)
}

export interface NewHeld extends NewTraced {
  verdict?: 'spam' | 'phishing' | 'malware' | 'blocked'
  raw?: string
}

/** A mail that the filter stopped, with its octets. */
export async function insertHeld(db: Queryable, { verdict = 'spam', raw, ...mail }: NewHeld): Promise<void> {
  const { mailbox, id, arrival, subject = 'A letter', from = 'zhao@elsewhere.example' } = mail
  await insertTraced(db, { outcome: 'held', ...mail })
  const octets = Buffer.from(
    raw ?? `From: <${from}>\r\nTo: <${mailbox}>\r\nSubject: ${subject}\r\nMessage-ID: <${id}@elsewhere.example>\r\n\r\nHello\r\n`,
  )
  await db.execute(sql`insert into quarantine_raw (digest) values (sha256(${octets})) on conflict do nothing`)
  await db.execute(sql`insert into quarantine_parts (digest, part, octets) values (sha256(${octets}), 0, ${octets}) on conflict do nothing`)
  await db.execute(sql`
    insert into quarantine (mailbox, queue_id, arrived_at, digest, size, sender, from_address, verdict, score, passing, state, expires_at)
    values (${mailbox}, ${id}, timestamptz 'epoch' + ${arrival}::bigint * interval '1 microsecond', sha256(${octets}), ${octets.length},
      ${from}, ${from}, ${verdict}, 9.1, false, 'held', now() + interval '30 days')`)
}

export interface NewSenderRule {
  mailbox: string
  sender: string
  verdict: 'allow' | 'block'
  /** Postgres interval from now. */
  expiresIn?: string
  createdAgo?: string
  hitAgo?: string
  hits?: number
}

export async function insertSenderRule(db: Queryable, rule: NewSenderRule): Promise<void> {
  const { mailbox, sender, verdict, expiresIn, createdAgo = '0 days', hitAgo, hits = hitAgo === undefined ? 0 : 1 } = rule
  await db.insert(senderLists).values({ mailbox, toldAt: sql`now()` }).onConflictDoNothing()
  await db.insert(senderRules).values({
    mailbox,
    sender,
    verdict,
    createdAt: sql`now() - ${createdAgo}::interval`,
    expiresAt: expiresIn === undefined ? null : sql`now() + ${expiresIn}::interval`,
    hits,
    lastHitAt: hitAgo === undefined ? null : sql`now() - ${hitAgo}::interval`,
  })
}

export interface NewRecall {
  mailbox: string
  traceId: string
  recipient: string
}

/** A recall that is over: its one recipient was outside. */
export async function insertRecall(db: Queryable, { mailbox, traceId, recipient }: NewRecall): Promise<void> {
  const [row] = await db
    .insert(recalls)
    .values({ mailbox, traceId, sentAt: sql`now()`, state: 'done', finishedAt: sql`now()` })
    .returning({ id: recalls.id })
  if (!row) throw new Error('no recall row')
  await db.insert(recallRecipients).values({ mailbox: recipient, recall: row.id, writtenAs: recipient, state: 'outside' })
}

/** A contact file that waits for its import. Returns its id. */
export async function insertContactFile(db: Queryable, { mailbox, text }: { mailbox: string; text: string }): Promise<string> {
  const [row] = await db
    .insert(contactFiles)
    .values({ mailbox, name: 'friends.csv', content: Buffer.from(text) })
    .returning({ id: contactFiles.id })
  if (!row) throw new Error('no contact file row')
  return row.id
}

/** An import that is done, of a file whose one row was left out. Returns its id. */
export async function insertContactImport(db: Queryable, { mailbox, text }: { mailbox: string; text: string }): Promise<string> {
  const faults = [{ row: 2, fault: 'no_contact' as const, text }]
  const read = { charset: 'utf-8', heads: true, mapping: ['name'], columns: ['Name'], rows: 1, faulty: 1, faults }
  const files = [{ id: crypto.randomUUID(), name: 'friends.csv', group: null, ...read }]
  const [row] = await db
    .insert(contactImports)
    .values({ mailbox, state: 'done', duplicates: 'merge', files, planned: 1, total: 1, faulty: 1, finishedAt: sql`now()` })
    .returning({ id: contactImports.id })
  if (!row) throw new Error('no contact import row')
  await db.execute(sql`
    insert into contact_import_rows (mailbox, import, file, row, kind, state, fault, cells)
    values (${mailbox}, ${row.id}, 0, 2, 'left_out', 'done', 'no_contact', ${JSON.stringify([text])}::text::jsonb)`)
  return row.id
}

export interface NewWebhook {
  id: string
  url: string
  events?: string[]
  owner: string
  /** Sealed. */
  secret?: Uint8Array
  previousSecret?: Uint8Array
  off?: boolean
}

export async function insertWebhook(db: Queryable, { events = ['request.filed'], secret, off, ...rest }: NewWebhook): Promise<void> {
  const given = { ...rest, events, secret: secret ?? new Uint8Array(), rotatedAt: rest.previousSecret && sql`now()` }
  await db.insert(webhooks).values({ ...given, ...(off ? { offAt: sql`now()`, offReason: 'asked' } : {}) })
}
