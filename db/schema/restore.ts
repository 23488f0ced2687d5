import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

/** Instants are ISO 8601. */
export interface StoredQuery {
  since: string
  until: string
  text?: string
  folder?: string
}

export interface StoredMail {
  id: string
  folder: string
}

export interface FolderProgress {
  folder: string
  total: number
  restored: number
  gone: number
}

export const restoreJobs = pgTable(
  'restore_jobs',
  {
    mailbox: text('mailbox').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    state: text('state', { enum: ['queued', 'running', 'done', 'stopped', 'failed'] })
      .notNull()
      .default('queued'),
    query: jsonb('query').$type<StoredQuery>().notNull(),
    chosen: jsonb('chosen').$type<StoredMail[]>(),
    batch: jsonb('batch').$type<StoredMail[]>(),
    total: integer('total').notNull(),
    restored: integer('restored').notNull().default(0),
    gone: integer('gone').notNull().default(0),
    folders: jsonb('folders').$type<FolderProgress[]>().notNull(),
    stopRequested: boolean('stop_requested').notNull().default(false),
    claim: uuid('claim'),
    claimedUntil: instant('claimed_until').notNull().defaultNow(),
    failingSince: instant('failing_since'),
    createdAt: instant('created_at').notNull().defaultNow(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
  },
  ({ mailbox, id }) => [primaryKey({ columns: [mailbox, id] })],
)

export const massDeletions = pgTable(
  'mass_deletions',
  {
    mailbox: text('mailbox').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    from: instant('deleted_from').notNull(),
    to: instant('deleted_to').notNull(),
    count: integer('mails').notNull(),
    client: text('client'),
    ip: text('ip'),
    protocol: text('protocol', { enum: ['imap', 'pop3', 'doveadm', 'other'] }).notNull(),
    toldAt: instant('told_at').notNull().defaultNow(),
  },
  ({ mailbox, id }) => [primaryKey({ columns: [mailbox, id] })],
)
