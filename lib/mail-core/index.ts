import type { Sql } from 'postgres'
import { carddavAddressBook } from './address-book/carddav.ts'
import { embeddedAddressBook } from './address-book/embedded.ts'
import type { AddressBook } from './address-book/port.ts'
import { dovecotAppPasswords } from './app-passwords/dovecot.ts'
import type { AppPasswords } from './app-passwords/port.ts'
import { postgresAppPasswords } from './app-passwords/postgres.ts'
import { embeddedDelivery } from './delivery/embedded.ts'
import { lmtpDelivery } from './delivery/lmtp.ts'
import { type LdapDirectoryConfig, ldapDirectory } from './directory/ldap.ts'
import type { Directory } from './directory/port.ts'
import { type SqlDirectoryConfig, sqlDirectory } from './directory/sql.ts'
import { embeddedDns } from './dns/embedded.ts'
import type { Dns } from './dns/port.ts'
import { resolverDns } from './dns/resolver.ts'
import { embeddedFilter } from './filter/embedded.ts'
import type { Filter } from './filter/port.ts'
import { rspamdFilter } from './filter/rspamd.ts'
import { dovecotMailbox } from './mailbox/dovecot.ts'
import { embeddedMailbox } from './mailbox/embedded.ts'
import type { Mailbox } from './mailbox/port.ts'
import { embeddedQuarantine } from './quarantine/embedded.ts'
import type { Quarantine } from './quarantine/port.ts'
import { postfixQuarantine } from './quarantine/postfix.ts'
import { embeddedSenderRules } from './sender-rules/embedded.ts'
import type { SenderRules } from './sender-rules/port.ts'
import { rspamdSenderRules } from './sender-rules/rspamd.ts'
import { embeddedTrace } from './trace/embedded.ts'
import type { Trace } from './trace/port.ts'
import { postfixTrace } from './trace/postfix-log.ts'

export interface MailCore {
  directory: Directory
  mailbox: Mailbox
  appPasswords: AppPasswords
  trace: Trace
  quarantine: Quarantine
  senderRules: SenderRules
  filter: Filter
  addressBook: AddressBook
  dns: Dns
}

export interface MailCoreConfig {
  /** The database of the embedded adapters, of the trace and the quarantine, and of the app passwords that Dovecot asks for. */
  sql: Sql
  directory: 'sql' | SqlDirectoryConfig | LdapDirectoryConfig
  mailbox: 'embedded' | Omit<Parameters<typeof dovecotMailbox>[0], 'sql'>
  appPasswords: 'postgres' | Parameters<typeof dovecotAppPasswords>[0]
  trace: 'embedded' | Omit<Parameters<typeof postfixTrace>[0], 'sql' | 'onProblem'>
  /** Who has judged the mail that comes to the quarantine: nobody yet, or the filter behind Postfix. */
  quarantine: { judge: 'embedded' | 'postfix'; listen?: { host: string; port: number }; heldDays: number }
  /** Where mail is handed on to. */
  delivery: 'embedded' | Parameters<typeof lmtpDelivery>[0]
  senderRules: 'embedded' | Parameters<typeof rspamdSenderRules>[0]
  filter: 'embedded' | Parameters<typeof rspamdFilter>[0]
  addressBook: 'embedded' | Omit<Parameters<typeof carddavAddressBook>[0], 'sql'>
  /** Whether the world's name servers are asked. */
  dns: 'embedded' | 'resolver'
  /** Hears of what goes wrong in the background. */
  onProblem?: (error: unknown) => void
}

/** Free, on this machine alone. */
const ANY_PORT = { host: '127.0.0.1', port: 0 }

/** The only place that knows which adapters exist. */
export function createMailCore(config: MailCoreConfig): MailCore {
  const { sql, mailbox, appPasswords, trace, senderRules, filter, addressBook, dns, onProblem } = config
  return {
    directory: directoryOf(config),
    mailbox: mailbox === 'embedded' ? embeddedMailbox(sql) : dovecotMailbox({ sql, ...mailbox }),
    appPasswords: appPasswords === 'postgres' ? postgresAppPasswords(sql) : dovecotAppPasswords(appPasswords),
    trace: trace === 'embedded' ? embeddedTrace(sql) : postfixTrace({ sql, ...trace, onProblem }),
    quarantine: quarantineOf(config),
    senderRules: senderRules === 'embedded' ? embeddedSenderRules(sql) : rspamdSenderRules(senderRules),
    filter: filter === 'embedded' ? embeddedFilter() : rspamdFilter(filter),
    addressBook: addressBook === 'embedded' ? embeddedAddressBook(sql) : carddavAddressBook({ sql, ...addressBook }),
    dns: dns === 'embedded' ? embeddedDns() : resolverDns(),
  }
}

function directoryOf({ sql, directory }: MailCoreConfig): Directory {
  if (directory === 'sql') return sqlDirectory(sql)
  return 'url' in directory ? ldapDirectory(directory) : sqlDirectory(sql, directory)
}

function quarantineOf({ sql, quarantine: { judge, listen, heldDays }, delivery, onProblem }: MailCoreConfig): Quarantine {
  const to = delivery === 'embedded' ? embeddedDelivery(sql) : lmtpDelivery(delivery)
  const settings = { sql, listen: listen ?? ANY_PORT, delivery: to, heldDays, onProblem }
  return judge === 'embedded' ? embeddedQuarantine(settings) : postfixQuarantine(settings)
}
