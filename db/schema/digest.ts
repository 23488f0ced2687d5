import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

export const digestSettings = pgTable('digest_settings', {
  mailbox: text('mailbox').primaryKey(),
  frequency: text('frequency', { enum: ['never', 'immediate', 'daily', 'weekly'] }).notNull(),
  hour: integer('hour').notNull(),
  /** ISO 8601: Monday is 1. */
  weekday: integer('weekday').notNull(),
  locale: text('locale', { enum: ['zh-CN', 'en'] }).notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const digests = pgTable('digests', {
  mailbox: text('mailbox').notNull(),
  period: instant('period').notNull(),
  id: uuid('id').notNull().defaultRandom(),
  state: text('state', { enum: ['queued', 'sent', 'empty', 'failed'] })
    .notNull()
    .default('queued'),
  contents: jsonb('contents'),
  createdAt: instant('created_at').notNull().defaultNow(),
  sentAt: instant('sent_at'),
})
