import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const webhooks = pgTable('webhooks', {
  id: uuid('id').primaryKey().defaultRandom(),
  url: text('url').notNull(),
  events: text('events').array().notNull(),
  /** Sealed. */
  secret: bytea('secret').notNull(),
  previousSecret: bytea('previous_secret'),
  rotatedAt: instant('rotated_at'),
  owner: text('owner').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  failingSince: instant('failing_since'),
  offAt: instant('off_at'),
  offReason: text('off_reason', { enum: ['asked', 'failing', 'gone'] }),
})

export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    webhook: uuid('webhook').notNull(),
    id: text('id').notNull(),
    event: text('event').notNull(),
    body: text('body').notNull(),
    state: text('state', { enum: ['queued', 'delivered', 'failed'] })
      .notNull()
      .default('queued'),
    attempts: integer('attempts').notNull().default(0),
    status: integer('status'),
    problem: text('problem'),
    triedAt: instant('tried_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.webhook, table.id] })],
)
