import type { z } from 'zod'
import { type Authorized, type AuthorizedMailbox, isSignedIn } from '#lib/platform/actor.ts'
import { openAtHelpdesk } from '#lib/platform/agent-sign.ts'
import { type BoundPhone, boundPhone } from '#lib/platform/bound-phone.ts'
import { bulletin } from '#lib/platform/bulletin.ts'
import type { Context } from '#lib/platform/context.ts'
import { daysSince } from '#lib/platform/database-clock.ts'
import { unlessAway } from '#lib/platform/unless-away.ts'
import { describeUserAgent } from '#lib/platform/user-agent.ts'
import type { Attention, Overview, ShowOverview } from './schema.ts'
import * as store from './store.ts'

const EXPIRING_DAYS = 14
const QUOTA_WARNING = 0.9
const OLD_PASSWORD_DAYS = 365
const MOST_APP_PASSWORDS = 20
const RECENT_MAIL = 5
const RECENT_SIGN_INS = 3

export async function showOverview(context: Context, { mailbox }: Authorized<z.output<typeof ShowOverview>>): Promise<Overview> {
  const { db, mail, actor } = context
  const [phone, on, appPasswords, { incidents }, signIns, unanswered, stored, password, held, mass, atHelpdesk] = await Promise.all([
    boundPhone(db, mailbox),
    store.appPasswordsOn(db, mailbox),
    store.activeAppPasswords(db, mailbox),
    bulletin(db),
    store.recentSignIns(db, mailbox, RECENT_SIGN_INS),
    store.unansweredSignIns(db, mailbox),
    unlessAway(() => storedMail(mail, mailbox)),
    unlessAway(() => passwordAgeOf(context, mailbox)),
    unlessAway(() => mail.quarantine.count(mailbox)),
    store.unansweredMassDeletion(db, mailbox),
    openAtHelpdesk(db, mailbox),
  ])
  const current = isSignedIn(actor) ? actor.sessionId : ''
  return {
    name: isSignedIn(actor) ? actor.name : mailbox,
    address: mailbox,
    attention: attentionOf({ phone, on, appPasswords, unanswered, stored, password, mass, held: held ?? 0 }),
    atHelpdesk,
    announcements: incidents.map(({ id, kind, titleZh, titleEn, bodyZh, bodyEn }) => ({
      ...{ id, kind },
      title: { zh: titleZh, en: titleEn },
      body: { zh: bodyZh, en: bodyEn },
    })),
    phone: phone?.masked ?? null,
    appPasswords: { on, active: appPasswords.length, most: MOST_APP_PASSWORDS },
    passwordChangedDaysAgo: password?.changedDaysAgo ?? null,
    mailbox: stored,
    signIns: signIns.map((row) => ({ ...placeOf(row), unusual: row.unusual, current: row.id === current })),
  }
}

type SignIn = Awaited<ReturnType<typeof store.recentSignIns>>[number]
const placeOf = ({ id, createdAt, ip, network, userAgent }: SignIn) => ({ id, at: createdAt, ip, network, ...describeUserAgent(userAgent) })

interface Findings {
  phone: BoundPhone | null
  on: boolean
  appPasswords: Awaited<ReturnType<typeof store.activeAppPasswords>>
  unanswered: SignIn[]
  stored: Overview['mailbox']
  password: PasswordAge | null
  held: number
  mass: Awaited<ReturnType<typeof store.unansweredMassDeletion>>
}

/** Security first, then what stops working, then what can wait. */
function attentionOf({ phone, on, appPasswords, unanswered, stored, password, held, mass }: Findings): Attention[] {
  const list: Attention[] = unanswered.map((row) => ({ kind: 'unusual_sign_in', ...placeOf(row) }))
  if (mass) list.push({ kind: 'mass_deletion', ...mass })
  if (phone?.coolingUntil) list.push({ kind: 'phone_changed', masked: phone.masked, until: phone.coolingUntil })
  if (!phone) list.push({ kind: 'phone_not_bound' })
  if (held > 0) list.push({ kind: 'mail_held', count: held })
  if (!on && appPasswords.length > 0) list.push({ kind: 'app_passwords_off', suspended: appPasswords.length })
  for (const { id, name, daysLeft, expiresAt } of appPasswords) {
    if (daysLeft < EXPIRING_DAYS) list.push({ kind: 'app_password_expiring', id, name, daysLeft, expiresAt })
  }
  if (stored?.limitBytes && stored.usedBytes > stored.limitBytes * QUOTA_WARNING) {
    list.push({ kind: 'quota', usedBytes: stored.usedBytes, limitBytes: stored.limitBytes })
  }
  const { changedDaysAgo, expiresAt, expiresInDays } = password ?? {}
  if (expiresAt && (expiresInDays ?? 0) < EXPIRING_DAYS) list.push({ kind: 'password_expiring', days: expiresInDays ?? 0, expiresAt })
  else if ((changedDaysAgo ?? 0) > OLD_PASSWORD_DAYS) list.push({ kind: 'password_old', days: changedDaysAgo ?? 0 })
  return list
}

async function storedMail(mail: Context['mail'], mailbox: AuthorizedMailbox): Promise<NonNullable<Overview['mailbox']>> {
  const [quota, recent] = await Promise.all([
    mail.mailbox.quota(mailbox),
    mail.mailbox.recent(mailbox, { folder: 'INBOX', limit: RECENT_MAIL }),
  ])
  return { ...quota, recent }
}

interface PasswordAge {
  changedDaysAgo: number | null
  expiresAt: Date | null
  expiresInDays: number | null
}

async function passwordAgeOf({ db, mail }: Context, mailbox: AuthorizedMailbox): Promise<PasswordAge> {
  const account = await mail.directory.find(mailbox)
  const { passwordChangedAt = null, passwordExpiresAt = null } = account ?? {}
  const [changedDaysAgo, expiredDaysAgo] = await Promise.all([
    passwordChangedAt && daysSince(db, passwordChangedAt),
    passwordExpiresAt && daysSince(db, passwordExpiresAt),
  ])
  return { changedDaysAgo, expiresAt: passwordExpiresAt, expiresInDays: expiredDaysAgo === null ? null : Math.max(0, -expiredDaysAgo - 1) }
}
