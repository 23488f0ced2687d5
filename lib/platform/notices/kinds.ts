import { z } from 'zod'
import { MailboxAddress } from '../mailbox-address.ts'

/** Only ever the masked number: this table is not encrypted. */
const maskedPhone = z.string().regex(/^\+?[\d ]*\*{3,}[\d ]*$/)
const name = z.string().max(200)
const count = z.number().int().min(0)
const day = z.iso.datetime({ offset: true })

/** Operations by which staff change something of the owner's. */
export const HELPDESK_ACTS = [
  ...(['app-passwords.revoke', 'app-passwords.revoke-all', 'app-passwords.switch'] as const),
  ...(['helpdesk.request-phone-unbinding', 'helpdesk.unlock', 'helpdesk.unmask'] as const),
  ...(['received.release', 'reset.issue-pass', 'restore.start', 'restore.stop', 'sso.end', 'sso.end-others'] as const),
] as const
export type HelpdeskAct = (typeof HELPDESK_ACTS)[number]

/** What each kind of notice tells. Dates are ISO 8601; `cancelToken` is sealed before it is stored. */
export const noticeParams = {
  phone_bound: z.strictObject({ phone: maskedPhone }),
  /** `phone` is the new number, `effective` the end of the cooling-off; `cancelToken` opens /link/<token>. */
  phone_change_requested: z.strictObject({
    phone: maskedPhone,
    effective: day,
    cancelToken: z.string().min(1),
  }),
  /** `phone` is the number that stays bound. */
  phone_change_cancelled: z.strictObject({ phone: maskedPhone }),
  app_password_created: z.strictObject({ name, expires: day }),
  app_password_revoked: z.strictObject({ names: z.array(name).min(1).max(20) }),
  app_passwords_suspended: z.strictObject({}),
  app_password_expiring: z.strictObject({ name, expires: day, days: z.union([z.literal(7), z.literal(1)]) }),
  password_changed: z.strictObject({}),
  password_reset: z.strictObject({}),
  password_expiring: z.strictObject({ expires: day, days: z.union([z.literal(14), z.literal(7), z.literal(1)]) }),
  account_unlocked: z.strictObject({}),
  recovery_codes_made: z.strictObject({}),
  /** What staff changed, at the mailbox of somebody else. `unsure`: nobody knows whether it was completed. */
  helpdesk_acted: z.strictObject({
    ...{ operation: z.enum(HELPDESK_ACTS), agent: name, reason: name, ticket: name },
    unsure: z.literal(true).optional(),
  }),
  /** How staff decided what was asked of them; `words` are theirs. */
  request_decided: z.strictObject({
    kind: z.enum(['release', 'recall', 'phone_unbinding', 'message']),
    granted: z.boolean(),
    words: z.string().max(2_000),
  }),
  /** `phone` is the number that was bound. */
  phone_unbound: z.strictObject({ phone: maskedPhone }),
  /** `gone`: not deleted any more when their turn came. */
  restore_done: z.strictObject({ count, gone: count }),
  restore_failed: z.strictObject({ count, left: count }),
  /** `client` as the mail program calls itself; `until`: the first of them can be restored. */
  mass_deletion: z.strictObject({ count, client: name.nullable(), deleted: day, until: day }),
  /** Who took back a mail that was sent at `sent`; what stood in it is not told. */
  mail_recalled: z.strictObject({ sender: MailboxAddress, sent: day }),
  /** The number of the message, and what it is about. */
  help_written: z.strictObject({ reference: z.string().regex(/^ph_[a-z2-7]{10}$/), topic: z.string().regex(/^[A-Za-z]+$/) }),
  api_token_created: z.strictObject({ name, expires: day }),
  /** `days` before its end; `maker` answers for it. */
  api_token_expiring: z.strictObject({ name, maker: MailboxAddress, expires: day, days: z.union([z.literal(14), z.literal(1)]) }),
  /** `host` alone: the rest of an address may be a secret. */
  webhook_changed: z.strictObject({ host: name, how: z.enum(['created', 'events', 'on', 'off', 'secret', 'removed']), by: MailboxAddress }),
  webhook_off: z.strictObject({ host: name, reason: z.enum(['failing', 'gone']) }),
  /** `device` in words, such as `Chrome · Windows`. */
  new_sign_in: z.strictObject({ device: name, ip: z.union([z.ipv4(), z.ipv6()]) }),
}

export type NoticeKind = keyof typeof noticeParams
export type NoticeParams<K extends NoticeKind> = z.input<(typeof noticeParams)[K]>

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(noticeParams, kind)

/** The page that each notice leads to. */
export const noticePages: Record<NoticeKind, string> = {
  phone_bound: '/phone',
  phone_change_requested: '/phone',
  phone_change_cancelled: '/phone',
  app_password_created: '/app-passwords',
  app_password_revoked: '/app-passwords',
  app_passwords_suspended: '/app-passwords',
  app_password_expiring: '/app-passwords',
  password_changed: '/reset',
  password_reset: '/reset',
  password_expiring: '/password',
  account_unlocked: '/reset',
  recovery_codes_made: '/password',
  helpdesk_acted: '/activity',
  request_decided: '/activity',
  phone_unbound: '/phone',
  restore_done: '/restore',
  restore_failed: '/restore',
  mass_deletion: '/restore',
  mail_recalled: '/activity',
  help_written: '/help',
  api_token_created: '/desk/tokens',
  api_token_expiring: '/desk/tokens',
  webhook_changed: '/desk/webhooks',
  webhook_off: '/desk/webhooks',
  new_sign_in: '/sso',
}
