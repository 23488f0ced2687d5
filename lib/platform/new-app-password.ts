import { createHash } from 'node:crypto'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { appPasswords, mailAccounts } from '#db/schema/app-passwords.ts'
import type { AuthorizedMailbox } from './actor.ts'
import { type BoundPhone, boundPhone } from './bound-phone.ts'
import type { RequestInfo } from './context.ts'
import { base32 } from './crypto.ts'
import { env } from './env.ts'
import { AppError } from './errors.ts'
import { enqueueNotice } from './notices/enqueue.ts'
import { takeLimits } from './rate-limit.ts'
import { enqueueSms } from './sms/enqueue.ts'
import { smsText } from './sms/text.ts'
import { appPasswordTextLimits } from './sms-limits.ts'

export const MOST_APP_PASSWORDS = 20
/** 24 characters of `a-z2-7` are 120 bits (T23); ASVS 6.5.2 asks for 112. */
const SECRET_LENGTH = 24

/** Of a link that makes an app password when it is opened. */
export const APP_PASSWORD_LINK = 'client-setup.take-profile'

export interface WantedAppPassword {
  mailbox: AuthorizedMailbox
  name: string
  protocols: string[]
  days?: number
  /** Instead of days: the last day, in the site's time zone. */
  expiresOn?: string
  /** Also send it to the bound phone. */
  sms: boolean
}

export interface NewAppPassword {
  id: string
  /** Handed out once: only its digest is kept. */
  secret: string
  expiresAt: Date
  /** The masked number that it was also sent to. */
  sentTo: string | null
}

type On = { db: Pick<Database, 'transaction'> & Queryable; request: RequestInfo }

/** Makes one and tells the mailbox. Throws what stands in the way: no phone, switched off, as many as there may be. */
export async function makeAppPassword({ db, request }: On, wanted: WantedAppPassword): Promise<NewAppPassword> {
  const { mailbox, name, protocols } = wanted
  const phone = await usablePhone(db, mailbox)
  const expiresAt = await expiryOf(db, wanted)
  if (!expiresAt) throw beyondExpiry('expiresOn')
  if (wanted.sms) await takeLimits(db, appPasswordTextLimits({ mailbox, numbers: [phone.number], ip: request.ip }))

  const secret = base32(SECRET_LENGTH)
  const secretSha256 = createHash('sha256').update(secret).digest('hex')
  const id = await db.transaction(async (tx) => {
    await expectRoom(tx, mailbox)
    const created = await insertAppPassword(tx, mailbox, { name, protocols, expiresAt, secretSha256 })
    if (wanted.sms) {
      const body = smsText(request.locale, { purpose: 'app_password', mailbox, name, secret, expiresAt })
      await enqueueSms(tx, { mailbox, purpose: 'app_password', phone: phone.number, body })
    }
    await enqueueNotice(tx, { mailbox, kind: 'app_password_created', params: { name, expires: expiresAt.toISOString() } })
    return created
  })
  return { id, secret, expiresAt, sentTo: wanted.sms ? phone.masked : null }
}

const beyondExpiry = (field: string) =>
  new AppError('app_password_expiry', { fields: [field], values: { days: env().APP_PASSWORD_MOST_DAYS } })

/** Throws what would stand in the way of one that is made a little later. */
export async function expectAppPasswordAllowed(db: Queryable, mailbox: AuthorizedMailbox, days: number): Promise<void> {
  if (days > env().APP_PASSWORD_MOST_DAYS) throw beyondExpiry('days')
  await usablePhone(db, mailbox)
  await expectRoom(db, mailbox)
}

async function usablePhone(db: Queryable, mailbox: AuthorizedMailbox): Promise<BoundPhone> {
  const phone = await boundPhone(db, mailbox)
  if (!phone) throw new AppError('phone_required')
  if (phone.coolingUntil) throw new AppError('phone_cooling_off', { values: { until: phone.coolingUntil.toISOString() } })
  return phone
}

/** Locks the account's row to the end of the transaction and counts: two creations cannot both be the twentieth (T24). */
async function expectRoom(db: Queryable, mailbox: AuthorizedMailbox): Promise<void> {
  const [account] = await db
    .select({ on: mailAccounts.appPasswordsOn })
    .from(mailAccounts)
    .where(eq(mailAccounts.mailbox, mailbox))
    .for('update')
  if (!account?.on) throw new AppError('app_passwords_off')
  const active = and(isNull(appPasswords.revokedAt), gt(appPasswords.expiresAt, sql`now()`))
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(appPasswords)
    .where(and(eq(appPasswords.mailbox, mailbox), active))
  if ((row?.n ?? 0) >= MOST_APP_PASSWORDS) throw new AppError('app_password_limit', { values: { most: MOST_APP_PASSWORDS } })
}

/** The end of the last day in the site's time zone; null when it is not after today, or further away than the site allows. */
async function expiryOf(db: Queryable, { days, expiresOn }: WantedAppPassword): Promise<Date | null> {
  const end =
    days === undefined
      ? sql`((${expiresOn}::date + 1)::timestamp at time zone ${env().TIME_ZONE}) - interval '1 second'`
      : sql`now() + make_interval(days => ${days}::int)`
  const [row] = await db.execute<{ expiry: string; valid: boolean }>(sql`
    select t.expiry, t.expiry > now() + interval '1 hour' and t.expiry <= now() + make_interval(days => ${env().APP_PASSWORD_MOST_DAYS + 1}::int) as valid from (select ${end} as expiry) t`)
  return row?.valid ? new Date(row.expiry) : null
}

interface Row {
  name: string
  protocols: string[]
  expiresAt: Date
  /** Hex SHA-256 of the secret; the salted digest of it is what is stored. */
  secretSha256: string
}

async function insertAppPassword(db: Queryable, mailbox: AuthorizedMailbox, { secretSha256, ...values }: Row): Promise<string> {
  const digest = sql<Uint8Array>`app_password_digest(${mailbox}, ${secretSha256})`
  const [row] = await db
    .insert(appPasswords)
    .values({ mailbox, ...values, digest })
    .returning({ id: appPasswords.id })
  if (!row) throw new Error('no app password row')
  return row.id
}
