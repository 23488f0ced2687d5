import { bigint, boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

export const siteSettings = pgTable('site_settings', {
  name: text('name').primaryKey(),
  value: text('value'),
  version: integer('version').notNull(),
})

export const siteSettingChanges = pgTable('site_setting_changes', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  name: text('name').notNull(),
  before: text('before'),
  after: text('after'),
  changedBy: text('changed_by').notNull(),
  changedAt: instant('changed_at').notNull().defaultNow(),
})

const ROLES = ['agent', 'supervisor', 'auditor', 'admin'] as const

export const roleGroups = pgTable('role_groups', {
  role: text('role', { enum: ROLES }).notNull(),
  groupName: text('group_name').notNull(),
  granted: boolean('granted').notNull(),
})

export const roleChanges = pgTable('role_changes', {
  id: uuid('id').primaryKey().defaultRandom(),
  kind: text('kind', { enum: ['grant', 'revoke'] }).notNull(),
  role: text('role', { enum: ROLES }).notNull(),
  groupName: text('group_name').notNull(),
  reason: text('reason').notNull(),
  state: text('state', { enum: ['waiting', 'done', 'withdrawn'] }).notNull(),
  askedBy: text('asked_by').notNull(),
  askedAt: instant('asked_at').notNull().defaultNow(),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
})
