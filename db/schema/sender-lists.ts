import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

export const senderRules = pgTable(
  'sender_rules',
  {
    mailbox: text('mailbox').notNull(),
    sender: text('sender').notNull(),
    verdict: text('verdict', { enum: ['allow', 'block'] }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    lastHitAt: instant('last_hit_at'),
    hits: integer('hits').notNull().default(0),
  },
  ({ mailbox, sender }) => [primaryKey({ columns: [mailbox, sender] })],
)

export const senderLists = pgTable('sender_lists', {
  mailbox: text('mailbox').primaryKey(),
  toldAt: instant('told_at'),
})
