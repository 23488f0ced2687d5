import { readFileSync } from 'node:fs'
import { connect, connectSql, type Database } from '#db/client.ts'
import { createMailCore, type MailCore, type MailCoreConfig } from '#lib/mail-core/index.ts'
import type { Actor } from './actor.ts'
import type { AuditDetail } from './audit.ts'
import { type ClientServer, serverOf } from './client-settings/site.ts'
import { type Env, env } from './env.ts'
import { hostAndPort } from './host-and-port.ts'
import type { Locale } from './i18n/locale.ts'
import { log } from './log.ts'
import { maxAgeDaysOf } from './password-rules/judge.ts'
import type { Warrant } from './staff.ts'

export interface RequestInfo {
  /** Names this request in the log, and to the person when nothing was audited. */
  id?: string | null
  /** Null when there is no request: a job. */
  ip: string | null
  userAgent: string | null
  /** What the person reads; texts to the phone are written in it. */
  locale: Locale
}

/** What a service gets: the data, the mail system, who asks and the reference under which it is audited. */
export interface Context {
  db: Database
  mail: MailCore
  actor: Actor
  request: RequestInfo
  reference: string
  /** What the run finds out for the audit: whose mailbox it was, and facts worth keeping. */
  audited: { mailbox?: string; detail?: AuditDetail }
  /** Of staff who change something of somebody else's. */
  warrant?: Warrant
}

export const NO_REQUEST: RequestInfo = { ip: null, userAgent: null, locale: 'zh-CN' }

export interface Resources {
  db: Database
  mail: MailCore
}

/** One pool and one mail core a process, also across the module copies that a development server makes. */
const held = globalThis as typeof globalThis & { posthouse?: Resources }

export function resources(): Resources {
  if (!held.posthouse) {
    const settings = env()
    const db = connect(settings.DATABASE_URL)
    const sql = connectSql(settings.DATABASE_URL, { max: 5 })
    held.posthouse = { db, mail: createMailCore({ sql, ...mailCoreConfig(settings) }) }
  }
  return held.posthouse
}

const embeddedPasswords = {
  get history() {
    return env().PASSWORD_HISTORY
  },
  get maxAgeDays() {
    return maxAgeDaysOf(env())
  },
}

/** env.ts has seen to it that what the chosen adapters need is set. */
function mailCoreConfig(env: Env): Omit<MailCoreConfig, 'sql'> {
  const ca = env.CA_FILE ? readFileSync(env.CA_FILE, 'utf8') : undefined
  const imap = { host: env.IMAP_HOST as string, port: env.IMAP_PORT as number, ca }
  return {
    directory:
      env.DIRECTORY === 'sql'
        ? embeddedPasswords
        : {
            url: env.LDAP_URL as string,
            base: env.LDAP_BASE as string,
            bindDn: env.LDAP_BIND_DN as string,
            bindPassword: env.LDAP_BIND_PASSWORD as string,
            ca,
          },
    mailbox:
      env.MAILBOX === 'embedded'
        ? 'embedded'
        : {
            imap,
            master: { user: env.IMAP_MASTER_USER as string, password: env.IMAP_MASTER_PASSWORD as string },
            doveadm: { url: env.DOVEADM_URL as string, key: env.DOVEADM_API_KEY as string },
          },
    appPasswords: env.MAILBOX === 'embedded' ? 'postgres' : clientDoors(env, ca),
    ...filteredMail(env, ca),
    addressBook: addressBook(env, ca),
    dns: env.DEMO ? 'embedded' : 'resolver',
    onProblem: (error) => log.warn({ error }, 'mail core'),
  }
}

function addressBook(env: Env, ca?: string): MailCoreConfig['addressBook'] {
  if (env.ADDRESS_BOOK === 'embedded') return 'embedded'
  const { CARDDAV_URL, CARDDAV_USER: user, CARDDAV_PASSWORD: password, CARDDAV_REMOTE_USER_HEADER: remoteUserHeader } = env
  return { url: CARDDAV_URL as string, user, password, remoteUserHeader, ca }
}

/** Where mail clients sign in: what is checked there holds for them. */
function clientDoors(env: Env, ca?: string) {
  const at = ({ host, port, security }: ClientServer) => ({ host, port, tls: security === 'tls', ca })
  const [imap, pop3, smtp] = [serverOf('imap', env.CLIENT_IMAP), env.CLIENT_POP3, serverOf('smtp', env.CLIENT_SMTP)]
  return { imap: at(imap), pop3: pop3 ? at(serverOf('pop3', pop3)) : undefined, submission: at(smtp) }
}

function filteredMail(env: Env, ca?: string): Pick<MailCoreConfig, 'trace' | 'quarantine' | 'delivery' | 'senderRules' | 'filter'> {
  const rspamd = env.FILTER === 'rspamd'
  const redisUrl = env.REDIS_URL as string
  const reads = env.MAIL_LOG.length > 0 || env.MAIL_LOG_TOKEN !== undefined || rspamd
  return {
    trace: reads ? { files: env.MAIL_LOG, timeZone: env.MAIL_LOG_TIME_ZONE, redisUrl: env.REDIS_URL } : 'embedded',
    quarantine: {
      judge: rspamd ? 'postfix' : 'embedded',
      listen: env.QUARANTINE_LISTEN ? hostAndPort(env.QUARANTINE_LISTEN) : undefined,
      heldDays: env.HELD_DAYS,
    },
    delivery: env.DELIVERY_LMTP ? { ...hostAndPort(env.DELIVERY_LMTP), ca } : 'embedded',
    senderRules: rspamd ? { redisUrl } : 'embedded',
    filter: rspamd ? { url: env.RSPAMD_URL as string, password: env.RSPAMD_PASSWORD as string } : 'embedded',
  }
}
