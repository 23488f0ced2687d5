import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const resetFlows = pgTable('reset_flows', {
  id: uuid('id').primaryKey().defaultRandom(),
  tokenHash: bytea('token_hash').notNull(),
  account: text('account').notNull(),
  by: text('by', { enum: ['text', 'pass'] }).notNull(),
  locale: text('locale', { enum: ['zh-CN', 'en'] }).notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  sentAt: instant('sent_at').notNull().defaultNow(),
  lookedUpAt: instant('looked_up_at'),
  mailbox: text('mailbox'),
  code: bytea('code'),
  codeUntil: instant('code_until'),
  codeFor: instant('code_for'),
  attempts: integer('attempts').notNull().default(0),
  proofs: text('proofs', { enum: ['text', 'recovery_code', 'pass'] })
    .array()
    .notNull()
    .default([]),
  provedAt: instant('proved_at'),
  finishedAt: instant('finished_at'),
})

export const resetPasses = pgTable('reset_passes', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  digest: bytea('digest').notNull(),
  issuedBy: text('issued_by').notNull(),
  reason: text('reason').notNull(),
  ticket: text('ticket').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedBy: uuid('used_by'),
  replacedAt: instant('replaced_at'),
})
