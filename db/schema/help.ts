import { boolean, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

export const siteContacts = pgTable('site_contacts', {
  id: boolean('id').primaryKey().default(true),
  hotlineZh: text('hotline_zh').notNull().default(''),
  hotlineEn: text('hotline_en').notNull().default(''),
  mobile: text('mobile').notNull().default(''),
  mail: text('mail').notNull().default(''),
  hoursZh: text('hours_zh').notNull().default(''),
  hoursEn: text('hours_en').notNull().default(''),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

/** What a person let go along with a message. */
export interface HelpFacts {
  /** The number of what went wrong. */
  about?: string
  page?: string
  browser?: string
  /** Numbers of what was refused or failed shortly before. */
  recent?: string[]
}

export const helpMessages = pgTable('help_messages', {
  mailbox: text('mailbox').notNull(),
  id: uuid('id').notNull().defaultRandom(),
  reference: text('reference').notNull(),
  topic: text('topic').notNull(),
  body: text('body').notNull(),
  facts: jsonb('facts').$type<HelpFacts>().notNull().default({}),
  name: text('name').notNull(),
  locale: text('locale', { enum: ['zh-CN', 'en'] }).notNull(),
  recipient: text('recipient').notNull(),
  state: text('state', { enum: ['open', 'closed'] })
    .notNull()
    .default('open'),
  mail: text('mail', { enum: ['queued', 'sent', 'failed'] })
    .notNull()
    .default('queued'),
  createdAt: instant('created_at').notNull().defaultNow(),
  sentAt: instant('sent_at'),
})
