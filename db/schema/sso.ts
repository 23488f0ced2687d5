import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export const identities = pgTable('identities', {
  iss: text('iss').notNull(),
  sub: text('sub').notNull(),
  mailbox: text('mailbox').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const sessions = pgTable('sessions', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  sidHash: bytea('sid_hash').notNull(),
  name: text('name').notNull(),
  roles: text('roles').array().notNull().default([]),
  /** `role=group`: which group gave which role at this sign-in. */
  roleSources: text('role_sources').array().notNull().default([]),
  iss: text('iss').notNull(),
  sub: text('sub').notNull(),
  idpSession: text('idp_session'),
  logoutHint: bytea('logout_hint'),
  authTime: instant('auth_time'),
  ip: text('ip'),
  network: text('network'),
  userAgent: text('user_agent'),
  unusual: boolean('unusual').notNull().default(false),
  reviewedAt: instant('reviewed_at'),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  endedAt: instant('ended_at'),
  endReason: text('end_reason'),
})
