import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const passwordChanges = pgTable('password_changes', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  kind: text('kind', { enum: ['change', 'reset'] }).notNull(),
  changedBefore: instant('changed_before'),
  keepSession: uuid('keep_session'),
  resetFlow: uuid('reset_flow'),
  locale: text('locale', { enum: ['zh-CN', 'en'] }).notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  claimedUntil: instant('claimed_until').notNull(),
  settledAt: instant('settled_at'),
  outcome: text('outcome', { enum: ['changed', 'unchanged'] }),
})

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    mailbox: text('mailbox').notNull(),
    digest: bytea('digest').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    usedBy: uuid('used_by'),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.digest] })],
)

export const passwordExpiryNotices = pgTable(
  'password_expiry_notices',
  {
    mailbox: text('mailbox').notNull(),
    expiresAt: instant('expires_at').notNull(),
    days: integer('days').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.expiresAt, table.days] })],
)
