import { sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'
import { appPasswords, mailAccounts } from './schema/app-passwords.ts'

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
