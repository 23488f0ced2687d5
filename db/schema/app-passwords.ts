import { boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const mailAccounts = pgTable('mail_accounts', {
  mailbox: text('mailbox').primaryKey(),
  appPasswordsOn: boolean('app_passwords_on').notNull().default(false),
  directoryEnabled: boolean('directory_enabled').notNull().default(true),
  allowPrimaryPassword: boolean('allow_primary_password').notNull().default(false),
})

export const appPasswords = pgTable('app_passwords', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  name: text('name').notNull(),
  digest: bytea('digest').notNull(),
  protocols: text('protocols').array().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
  lastUsedAt: instant('last_used_at'),
  lastUsedIp: text('last_used_ip'),
  lastUsedProtocol: text('last_used_protocol'),
  noticedDays: integer('noticed_days'),
  sessionsEndedAt: instant('sessions_ended_at'),
})
