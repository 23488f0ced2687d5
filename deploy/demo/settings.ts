import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CarddavServer } from '#deploy/counterparts/radicale.ts'
import type { ActiveDirectory } from '#deploy/counterparts/samba.ts'
import type { MailStack } from '#deploy/mail-stack.ts'
import { writeAtomically } from './instance.ts'

export interface Secrets {
  session: string
  audit: string
  phone: string
  phoneIndex: string
  client: string
  database: string
}

export interface Ports {
  portal: number
  identityProvider: number
  /** Where the embedded mail core takes mail in, by LMTP. */
  intake: number
}

/** The secrets of this data folder, made at the first start: without them its data could not be read again. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  if (!existsSync(file)) {
    const secret = (encoding: BufferEncoding) => randomBytes(32).toString(encoding)
    const secrets: Secrets = {
      session: secret('base64url'),
      audit: secret('base64url'),
      phone: secret('base64'),
      phoneIndex: secret('base64'),
      client: secret('base64url'),
      database: secret('base64url'),
    }
    writeAtomically(file, JSON.stringify(secrets, null, 2))
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** What the portal, the worker and the identity provider are told, as a site would tell them. */
export function settings(of: {
  secrets: Secrets
  ports: Ports
  databaseUrl: string
  mailStack: MailStack | null
  carddav: CarddavServer | null
  activeDirectory: ActiveDirectory | null
}): Record<string, string> {
  const { secrets, ports, databaseUrl, mailStack, carddav, activeDirectory } = of
  const { PATH = '', HOME = '', LOG_LEVEL } = process.env
  return {
    PATH,
    HOME,
    NODE_ENV: 'production',
    ...(LOG_LEVEL ? { LOG_LEVEL } : {}),
    DEMO: '1',
    HOST: '127.0.0.1',
    PORT: String(ports.portal),
    PUBLIC_URL: `http://127.0.0.1:${ports.portal}`,
    DATABASE_URL: databaseUrl,
    SESSION_SECRET: secrets.session,
    AUDIT_KEY: secrets.audit,
    PHONE_KEYS: `demo:${secrets.phone}`,
    PHONE_INDEX_KEY: secrets.phoneIndex,
    OIDC_ISSUER: `http://127.0.0.1:${ports.identityProvider}`,
    OIDC_CLIENT_ID: 'posthouse',
    OIDC_CLIENT_SECRET: secrets.client,
    NETWORKS: '127.0.0.0/8=本机|this machine,10.0.0.0/8=校内|campus,112.115.0.0/16=昆明|Kunming,182.150.0.0/16=成都|Chengdu',
    SMS_PRICES: 'CN=0.045,HK=0.38,MO=0.32,TW=0.36',
    ROLE_GROUPS: 'agent=helpdesk,supervisor=helpdesk-leads,auditor=mail-audit,admin=mail-admins',
    ...(mailStack ? realMail(mailStack) : { QUARANTINE_LISTEN: `127.0.0.1:${ports.intake}` }),
    ...(carddav ? addressBook(carddav) : {}),
    ...(activeDirectory ? { ...ldap(activeDirectory), CA_FILE: activeDirectory.certificate } : {}),
  }
}

const ldap = ({ url, base, bindDn, bindPassword }: { url: string; base: string; bindDn: string; bindPassword: string }) => ({
  DIRECTORY: 'ldap',
  LDAP_URL: url,
  LDAP_BASE: base,
  LDAP_BIND_DN: bindDn,
  LDAP_BIND_PASSWORD: bindPassword,
})

const addressBook = ({ url, user, password }: CarddavServer) => ({
  ADDRESS_BOOK: 'carddav',
  CARDDAV_URL: `${url}/{mailbox}/`,
  CARDDAV_USER: user,
  CARDDAV_PASSWORD: password,
})

function realMail(stack: MailStack): Record<string, string> {
  const { imap, imaps, pop3s, lmtp, notices, submissions, doveadm, master, redis, rspamd, quarantine, mailLogs } = stack
  const at = ({ host, port }: { host: string; port: number }) => `${host}:${port}`
  return {
    ...ldap(stack.ldap),
    MAILBOX: 'dovecot',
    IMAP_HOST: imap.host,
    IMAP_PORT: String(imap.port),
    IMAP_MASTER_USER: master.user,
    IMAP_MASTER_PASSWORD: master.password,
    DOVEADM_URL: doveadm.url,
    DOVEADM_API_KEY: doveadm.key,
    CLIENT_IMAP: at(imaps),
    CLIENT_POP3: at(pop3s),
    ...(submissions ? { CLIENT_SMTP: at(submissions) } : {}),
    // On this machine the certificate is the demo's own, and nothing leaves it.
    ...(notices ? { NOTICE_SMTP_URL: `smtp://${at(notices)}?ignoreTLS=true` } : {}),
    FILTER: 'rspamd',
    RSPAMD_URL: rspamd.url,
    RSPAMD_PASSWORD: rspamd.password,
    REDIS_URL: `redis://:${redis.password}@${at(redis)}`,
    DELIVERY_LMTP: at(lmtp),
    QUARANTINE_LISTEN: at(quarantine),
    CA_FILE: stack.certificate,
    MAIL_LOG: `${mailLogs.postfix},${mailLogs.dovecot}`,
  }
}
