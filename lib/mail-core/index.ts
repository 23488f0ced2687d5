import type { Sql } from 'postgres'
import type { AppPasswords } from './app-passwords/port.ts'
import { postgresAppPasswords } from './app-passwords/postgres.ts'
import type { Directory } from './directory/port.ts'
import { sqlDirectory } from './directory/sql.ts'
import { embeddedMailbox } from './mailbox/embedded.ts'
import type { Mailbox } from './mailbox/port.ts'

export interface MailCore {
  directory: Directory
  mailbox: Mailbox
  appPasswords: AppPasswords
}

export interface MailCoreConfig {
  /** The database of the embedded adapters. */
  sql: Sql
}

/** The only place that knows which adapters exist. */
export function createMailCore({ sql }: MailCoreConfig): MailCore {
  return { directory: sqlDirectory(sql), mailbox: embeddedMailbox(sql), appPasswords: postgresAppPasswords(sql) }
}
