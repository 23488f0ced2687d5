import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { appPasswords, mailAccounts } from './schema/app-passwords.ts'
import { senderLists, senderRules } from './schema/sender-lists.ts'

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
}

/** A mail of which the trace knows: sender, subject and what became of it. */
export async function insertTraced(db: Queryable, mail: NewTraced): Promise<void> {
  const { mailbox, id, arrival, subject = 'A letter', from = 'zhao@elsewhere.example', outcome = 'delivered', folder = null } = mail
  const at = sql`(timestamptz 'epoch' + ${arrival}::bigint * interval '1 microsecond')`
  const messageId = `<${id}@elsewhere.example>`
  await db.execute(sql`select trace_keep_day((${at} at time zone 'UTC')::date)`)
  await db.execute(sql`
    insert into trace_messages (arrived_at, queue_id, sender, message_id, from_address, subject, size)
    values (${at}, ${id}, ${from}, ${messageId}, ${from}, ${subject}, 1000) on conflict do nothing`)
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
