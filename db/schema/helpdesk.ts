import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const callerVerifications = pgTable(
  'caller_verifications',
  {
    mailbox: text('mailbox').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    agent: text('agent').notNull(),
    method: text('method', { enum: ['phone_code', 'call_back', 'document'] }).notNull(),
    note: text('note'),
    verifiedAt: instant('verified_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.id] })],
)

export const callerCodes = pgTable(
  'caller_codes',
  {
    mailbox: text('mailbox').notNull(),
    agent: text('agent').notNull(),
    /** Bound into the code's digest. */
    id: uuid('id').notNull().defaultRandom(),
    code: bytea('code'),
    attempts: integer('attempts').notNull().default(0),
    sentAt: instant('sent_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.agent] })],
)

/** What a request is about, by its kind. `boundAt`, ISO 8601: the phone that was bound then, and no later one. */
export type RequestAbout = { ids: string[] } | { recall: string; recipients: number } | { message: string } | { boundAt: string }

export const staffRequests = pgTable(
  'staff_requests',
  {
    mailbox: text('mailbox').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    kind: text('kind', { enum: ['release', 'phone_unbinding', 'recall', 'message'] }).notNull(),
    about: jsonb('about').$type<RequestAbout>().notNull(),
    words: text('words').notNull(),
    requestedBy: text('requested_by'),
    ticket: text('ticket'),
    state: text('state', { enum: ['open', 'taken', 'approved', 'refused', 'done'] })
      .notNull()
      .default('open'),
    takenBy: text('taken_by'),
    firstBy: text('first_by'),
    firstIsSupervisor: boolean('first_is_supervisor'),
    decidedBy: text('decided_by'),
    decision: text('decision'),
    createdAt: instant('created_at').notNull().defaultNow(),
    decidedAt: instant('decided_at'),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.id] })],
)

export const staffRequestComments = pgTable(
  'staff_request_comments',
  {
    mailbox: text('mailbox').notNull(),
    request: uuid('request').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    by: text('by').notNull(),
    words: text('words').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.mailbox, table.request, table.id] })],
)
