import type { Sql } from 'postgres'
import { dovecotAppPasswords } from './app-passwords/dovecot.ts'
import type { AppPasswords } from './app-passwords/port.ts'
import { postgresAppPasswords } from './app-passwords/postgres.ts'
import { ldapDirectory } from './directory/ldap.ts'
import type { Directory } from './directory/port.ts'
import { sqlDirectory } from './directory/sql.ts'
import { dovecotMailbox } from './mailbox/dovecot.ts'
import { embeddedMailbox } from './mailbox/embedded.ts'
import type { Mailbox } from './mailbox/port.ts'

export interface MailCore {
  directory: Directory
  mailbox: Mailbox
  appPasswords: AppPasswords
}

export interface MailCoreConfig {
  /** The database of the embedded adapters, and of the app passwords that Dovecot asks for. */
  sql: Sql
  directory: 'sql' | Parameters<typeof ldapDirectory>[0]
  mailbox: 'embedded' | Parameters<typeof dovecotMailbox>[0]
  appPasswords: 'postgres' | Parameters<typeof dovecotAppPasswords>[0]
}

/** The only place that knows which adapters exist. */
export function createMailCore({ sql, directory, mailbox, appPasswords }: MailCoreConfig): MailCore {
  return {
    directory: directory === 'sql' ? sqlDirectory(sql) : ldapDirectory(directory),
    mailbox: mailbox === 'embedded' ? embeddedMailbox(sql) : dovecotMailbox(mailbox),
    appPasswords: appPasswords === 'postgres' ? postgresAppPasswords(sql) : dovecotAppPasswords(appPasswords),
  }
}
