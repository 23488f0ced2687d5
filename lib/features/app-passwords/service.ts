import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Authorized } from '#lib/platform/actor.ts'
import { boundPhone } from '#lib/platform/bound-phone.ts'
import type { Context } from '#lib/platform/context.ts'
import { base32 } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueEndOfMailSessions } from '#lib/platform/mail-sessions.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { takeLimits } from '#lib/platform/rate-limit.ts'
import { networkOf } from '#lib/platform/request.ts'
import { enqueueSms } from '#lib/platform/sms/enqueue.ts'
import { smsText } from '#lib/platform/sms/text.ts'
import { appPasswordTextLimits } from '#lib/platform/sms-limits.ts'
import { actsAsStaff } from '#lib/platform/staff.ts'
import type {
  AppPassword,
  AppPasswordList,
  CreateAppPassword,
  CreatedAppPassword,
  ListAppPasswords,
  Protocol,
  RevokeAppPassword,
  SwitchAppPasswords,
} from './schema.ts'
import * as store from './store.ts'

export const MOST_APP_PASSWORDS = 20
/** 24 characters of `a-z2-7` are 120 bits (T23); ASVS 6.5.2 asks for 112. */
const SECRET_LENGTH = 24
type Input<T extends z.ZodType> = Authorized<z.output<T>>

export async function listAppPasswords({ db }: Context, { mailbox }: Input<typeof ListAppPasswords>): Promise<AppPasswordList> {
  const [on, phone, rows] = await Promise.all([store.isSwitchedOn(db, mailbox), boundPhone(db, mailbox), store.listOf(db, mailbox)])
  const items = rows.map(({ row, daysLeft }): AppPassword => {
    const { id, name, createdAt, expiresAt, lastUsedAt, lastUsedIp: ip } = row
    const lastUsed = lastUsedAt && { at: lastUsedAt, ip, network: networkOf(ip), protocol: row.lastUsedProtocol as Protocol }
    return { id, name, protocols: row.protocols as Protocol[], createdAt, expiresAt, daysLeft, lastUsed }
  })
  return {
    on,
    most: MOST_APP_PASSWORDS,
    active: items.filter(({ daysLeft }) => daysLeft >= 0).length,
    phone: phone && { masked: phone.masked, coolingUntil: phone.coolingUntil },
    items,
  }
}

/** Off suspends all at once, and ends the mail sessions that are open; on lets them work again. What staff do, the door tells the owner. */
export async function switchAppPasswords({ db, actor }: Context, { mailbox, on }: Input<typeof SwitchAppPasswords>) {
  if (on && !(await boundPhone(db, mailbox))) throw new AppError('phone_required')
  await db.transaction(async (tx) => {
    if (!(await store.setSwitch(tx, mailbox, on)) || on) return
    await enqueueEndOfMailSessions(tx, mailbox)
    if (!actsAsStaff(actor, mailbox)) await enqueueNotice(tx, { mailbox, kind: 'app_passwords_suspended', params: {} })
  })
  return { on }
}

export async function createAppPassword(context: Context, input: Input<typeof CreateAppPassword>): Promise<CreatedAppPassword> {
  const { db, request } = context
  const { mailbox, name, protocols, days, expiresOn } = input
  const phone = await boundPhone(db, mailbox)
  if (!phone) throw new AppError('phone_required')
  if (phone.coolingUntil) throw new AppError('phone_cooling_off', { values: { until: phone.coolingUntil.toISOString() } })
  const expiresAt = await store.expiryOf(db, { days, expiresOn, zone: env().TIME_ZONE })
  if (!expiresAt) throw new AppError('app_password_expiry', { fields: ['expiresOn'] })
  if (input.sms) await takeLimits(db, appPasswordTextLimits({ mailbox, numbers: [phone.number], ip: request.ip }))

  const secret = base32(SECRET_LENGTH)
  const secretSha256 = createHash('sha256').update(secret).digest('hex')
  const row = await db.transaction(async (tx) => {
    const { on, active } = await store.lockAndCount(tx, mailbox)
    if (!on) throw new AppError('app_passwords_off')
    if (active >= MOST_APP_PASSWORDS) throw new AppError('app_password_limit', { values: { most: MOST_APP_PASSWORDS } })
    const created = await store.insertAppPassword(tx, mailbox, { name, protocols, expiresAt, secretSha256 })
    if (input.sms) {
      const body = smsText(request.locale, { purpose: 'app_password', mailbox, name, secret, expiresAt })
      await enqueueSms(tx, { mailbox, purpose: 'app_password', phone: phone.number, body })
    }
    await enqueueNotice(tx, { mailbox, kind: 'app_password_created', params: { name, expires: expiresAt.toISOString() } })
    return created
  })
  const servers = { imap: env().CLIENT_IMAP, smtp: env().CLIENT_SMTP }
  return { id: row.id, secret, name, address: mailbox, expiresAt, protocols, sentTo: input.sms ? phone.masked : null, servers }
}

export async function revokeAppPassword(context: Context, { mailbox, id }: Input<typeof RevokeAppPassword>) {
  const revoked = await revokeAndEnd(context, mailbox, id)
  if (revoked.length === 0) throw new AppError('not_found')
  return { revoked: revoked.length }
}

export async function revokeAllAppPasswords(context: Context, { mailbox }: Input<typeof ListAppPasswords>) {
  return { revoked: (await revokeAndEnd(context, mailbox)).length }
}

/** The next login is refused by the same commit; open sessions are ended by the worker, also with the portal stopped (T25). */
function revokeAndEnd({ db, actor, audited }: Context, mailbox: Input<typeof ListAppPasswords>['mailbox'], id?: string) {
  return db.transaction(async (tx) => {
    const revoked = await store.revoke(tx, mailbox, id)
    if (revoked.length === 0) return revoked
    const names = revoked.map(({ name }) => name)
    audited.detail = { names }
    await enqueueEndOfMailSessions(tx, mailbox)
    const params = { names: names.slice(0, MOST_APP_PASSWORDS) }
    if (!actsAsStaff(actor, mailbox)) await enqueueNotice(tx, { mailbox, kind: 'app_password_revoked', params })
    return revoked
  })
}
