import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './platform.ts'

export type RowFault = 'no_contact' | 'bad_address' | 'bad_row' | 'too_long' | 'repeated'

export interface StoredFault {
  row: number
  fault: RowFault
  text: string
}

export interface StoredFile {
  id: string
  name: string
  group: string | null
  charset: string
  heads: boolean
  /** Field by column, and what stands over each; none of a vCard. */
  mapping: (string | null)[]
  columns: string[]
  rows: number
  faulty: number
  /** The first of them. */
  faults: StoredFault[]
}

export const contactFiles = pgTable(
  'contact_files',
  {
    mailbox: text('mailbox').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    name: text('name').notNull(),
    content: bytea('content').notNull(),
    import: uuid('import'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  ({ mailbox, id }) => [primaryKey({ columns: [mailbox, id] })],
)

export const contactImports = pgTable(
  'contact_imports',
  {
    mailbox: text('mailbox').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    state: text('state', { enum: ['queued', 'running', 'done', 'failed', 'undoing', 'undone'] })
      .notNull()
      .default('queued'),
    duplicates: text('duplicates', { enum: ['merge', 'skip', 'replace', 'keep'] }).notNull(),
    files: jsonb('files').$type<StoredFile[]>().notNull(),
    planned: integer('planned').notNull().default(0),
    total: integer('total').notNull(),
    added: integer('added').notNull().default(0),
    changed: integer('changed').notNull().default(0),
    skipped: integer('skipped').notNull().default(0),
    faulty: integer('faulty').notNull().default(0),
    touched: integer('touched').notNull().default(0),
    undone: integer('undone').notNull().default(0),
    kept: integer('kept').notNull().default(0),
    claim: uuid('claim'),
    claimedUntil: instant('claimed_until').notNull().defaultNow(),
    failingSince: instant('failing_since'),
    createdAt: instant('created_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  ({ mailbox, id }) => [primaryKey({ columns: [mailbox, id] })],
)
