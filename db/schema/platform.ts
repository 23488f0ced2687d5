import { bigint, boolean, customType, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })
export const instant = (name: string) => timestamp(name, { withTimezone: true })

export const auditLog = pgTable('audit_log', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  reference: text('reference').notNull(),
  phase: text('phase', { enum: ['intent', 'outcome'] }).notNull(),
  at: instant('at').notNull(),
  operation: text('operation').notNull(),
  actorKind: text('actor_kind', { enum: ['user', 'staff', 'apiKey', 'system', 'anonymous'] }).notNull(),
  actorId: text('actor_id').notNull(),
  actorRole: text('actor_role'),
  mailbox: text('mailbox'),
  ip: text('ip'),
  userAgent: text('user_agent'),
  detail: text('detail').notNull(),
  outcome: text('outcome', { enum: ['done', 'refused', 'failed'] }),
  code: text('code'),
  hash: bytea('hash').notNull(),
})

export const idempotencyKeys = pgTable('idempotency_keys', {
  mailbox: text('mailbox').notNull(),
  operation: text('operation').notNull(),
  key: text('key').notNull(),
  reference: text('reference').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  owner: text('owner').notNull(),
  keyHash: bytea('key_hash').notNull(),
  scopes: text('scopes').array().notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
  lastUsedAt: instant('last_used_at'),
  lastUsedIp: text('last_used_ip'),
  noticedDays: integer('noticed_days'),
})

export const linkTokens = pgTable('link_tokens', {
  tokenHash: bytea('token_hash').primaryKey(),
  purpose: text('purpose').notNull(),
  mailbox: text('mailbox').notNull(),
  /** What it acts on, where the mailbox does not say it. */
  subject: text('subject'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})

export const smsMessages = pgTable('sms_messages', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  purpose: text('purpose').notNull(),
  phoneCipher: bytea('phone_cipher').notNull(),
  bodyCipher: bytea('body_cipher'),
  country: text('country'),
  state: text('state').notNull().default('queued'),
  rank: integer('rank').notNull().default(0),
  providerId: text('provider_id'),
  error: text('error'),
  costMicros: bigint('cost_micros', { mode: 'number' }),
  attempts: integer('attempts').notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
  sentAt: instant('sent_at'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const notices = pgTable('notices', {
  id: uuid('id').primaryKey().defaultRandom(),
  mailbox: text('mailbox').notNull(),
  kind: text('kind').notNull(),
  params: jsonb('params').$type<Record<string, string>>().notNull().default({}),
  state: text('state').notNull().default('queued'),
  createdAt: instant('created_at').notNull().defaultNow(),
  sentAt: instant('sent_at'),
})

export const demoPhoneMessages = pgTable('demo_phone_messages', {
  id: uuid('id').primaryKey().defaultRandom(),
  toNumber: text('to_number').notNull(),
  body: text('body').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const announcements = pgTable('announcements', {
  id: uuid('id').primaryKey().defaultRandom(),
  kind: text('kind', { enum: ['stop', 'hold', 'wait'] })
    .notNull()
    .default('wait'),
  titleZh: text('title_zh').notNull(),
  titleEn: text('title_en').notNull(),
  bodyZh: text('body_zh').notNull(),
  bodyEn: text('body_en').notNull(),
  startsAt: instant('starts_at').notNull(),
  /** Null: nobody knows yet. */
  endsAt: instant('ends_at'),
})

export const auditHead = pgTable('audit_head', {
  id: boolean('id').primaryKey().default(true),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: bytea('hash').notNull(),
  mac: bytea('mac'),
})
