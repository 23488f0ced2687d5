import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const phones = pgTable('phones', {
  mailbox: text('mailbox').primaryKey(),
  numberCipher: bytea('number_cipher').notNull(),
  numberIndex: bytea('number_index').notNull(),
  endingIndex: bytea('ending_index'),
  country: text('country').notNull(),
  boundAt: instant('bound_at').notNull().defaultNow(),
  coolingUntil: instant('cooling_until'),
  previousCipher: bytea('previous_cipher'),
  previousIndex: bytea('previous_index'),
  previousEnding: bytea('previous_ending'),
  previousCountry: text('previous_country'),
})

export const phoneFlows = pgTable('phone_flows', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  kind: text('kind', { enum: ['bind', 'change'] }).notNull(),
  numberCipher: bytea('number_cipher').notNull(),
  numberIndex: bytea('number_index').notNull(),
  country: text('country').notNull(),
  newCode: bytea('new_code').notNull(),
  oldCode: bytea('old_code'),
  attempts: integer('attempts').notNull().default(0),
  sentAt: instant('sent_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  finishedAt: instant('finished_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
})
