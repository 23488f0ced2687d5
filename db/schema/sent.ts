import { boolean, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

export const recalls = pgTable(
  'recalls',
  {
    mailbox: text('mailbox').notNull(),
    traceId: text('trace_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    messageId: text('message_id'),
    sentAt: instant('sent_at').notNull(),
    state: text('state', { enum: ['queued', 'running', 'done', 'waiting_approval', 'refused'] }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    begunAt: instant('begun_at'),
    finishedAt: instant('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.traceId] })],
)

export const recallRecipients = pgTable(
  'recall_recipients',
  {
    /** The recipient's. */
    mailbox: text('mailbox').notNull(),
    recall: uuid('recall').notNull(),
    writtenAs: text('written_as').notNull(),
    state: text('state', { enum: ['pending', 'withdrawn', 'read', 'none', 'undelivered', 'outside', 'failed'] }).notNull(),
    seenThere: boolean('seen_there').notNull().default(false),
    tryAt: instant('try_at').notNull().defaultNow(),
    at: instant('at'),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.recall] })],
)
