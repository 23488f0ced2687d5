import type { z } from 'zod'
import type { Authorized } from '#lib/platform/actor.ts'
import { boundPhone } from '#lib/platform/bound-phone.ts'
import type { Context } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueEndOfMailSessions } from '#lib/platform/mail-sessions.ts'
import { MOST_APP_PASSWORDS, makeAppPassword } from '#lib/platform/new-app-password.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { networkOf } from '#lib/platform/request.ts'
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
    mostDays: env().APP_PASSWORD_MOST_DAYS,
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
  const { mailbox, name, protocols } = input
  const made = await makeAppPassword(context, input)
  return { ...made, name, address: mailbox, protocols, servers: { imap: env().CLIENT_IMAP, smtp: env().CLIENT_SMTP } }
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
    // All means also the one that a link is about to make.
    if (!id) await store.dropProfileLinks(tx, mailbox)
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
