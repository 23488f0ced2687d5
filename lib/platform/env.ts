import { isIP } from 'node:net'
import { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'
import { leastLength } from './password-rules/rules.ts'
import {
  addressBookProblems,
  blocks,
  countries,
  domains,
  eachIs,
  hostAndPort,
  isLoopback,
  key32,
  line,
  list,
  networks,
  origin,
  pattern,
  port,
  roleGroups,
  timeZone,
  words,
} from './setting-forms.ts'
import { GROUP_OF, type SiteSetting } from './site-setting-names.ts'

export { ConfigurationError }

const Settings = z.object({
  PUBLIC_URL: origin,
  DATABASE_URL: z.string().min(1),
  DEMO: z.stringbool().default(false),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  SESSION_SECRET: z.string().min(32),
  AUDIT_KEY: z.string().min(32),
  PHONE_KEYS: z.string().transform((text, context) => {
    const keys = text.split(',').map((part) => part.trim().split(/:(.*)/s))
    if (keys.every(([id, key]) => id && key && key32.safeParse(key).success))
      return keys.map(([id, key]) => ({ id: id as string, key: key as string }))
    context.addIssue({ code: 'custom', message: 'must be id:base64 of 32 bytes, several parted by commas, the current one first' })
    return z.NEVER
  }),
  PHONE_INDEX_KEY: key32,

  SSO_PROTOCOL: z.enum(['oidc', 'cas', 'saml']).default('oidc'),
  OIDC_ISSUER: origin.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_TOKEN_AUTH: z.enum(['client_secret_basic', 'client_secret_post']).default('client_secret_basic'),
  CAS_URL: origin.optional(),
  SAML_IDP_ENTRY_POINT: origin.optional(),
  SAML_IDP_LOGOUT_URL: origin.optional(),
  SAML_IDP_ENTITY_ID: z.string().optional(),
  SAML_IDP_CERTIFICATE: z.string().optional(),
  SSO_MAILBOX_CLAIM: z.string().default('email'),
  SSO_NAME_CLAIM: z.string().default('name'),
  SSO_GROUPS_CLAIM: z.string().default('groups'),
  ROLE_GROUPS: roleGroups.default([]),
  /** What the number of a helpdesk's ticket looks like. */
  TICKET_PATTERN: pattern.default('^ITS-\\d{4}-\\d{5}$'),
  /** One of them, shown to staff who wrote another; so long that they can fill it in. */
  TICKET_EXAMPLE: line(50).default('ITS-2026-48213'),

  DIRECTORY: z.enum(['sql', 'ldap']).default('sql'),
  LDAP_URL: z.url({ protocol: /^ldaps?$/ }).optional(),
  LDAP_BASE: z.string().optional(),
  LDAP_BIND_DN: z.string().optional(),
  LDAP_BIND_PASSWORD: z.string().optional(),

  PASSWORD_PROFILE: z.enum(['nist', 'mlps3']).default('nist'),
  /** Whether the identity provider asks for more than the password: then it may be shorter (T13). */
  SIGN_IN_SECOND_FACTOR: z.stringbool().default(false),
  PASSWORD_MIN_LENGTH: z.coerce.number().int().max(64).optional(),
  /** What everybody here thinks of first. */
  PASSWORD_SITE_WORDS: words.default(['云岭', '云岭大学', 'yunling', 'posthouse', '驿站']),
  /** A range service in the manner of Have I Been Pwned. */
  PASSWORD_HIBP_URL: origin.optional(),
  /** Of the embedded directory: how many earlier passwords may not come back, and after how many days one expires. */
  PASSWORD_HISTORY: z.coerce.number().int().min(0).max(24).default(5),
  PASSWORD_MAX_AGE_DAYS: z.coerce.number().int().min(1).max(3_650).optional(),
  APP_PASSWORDS_AFTER_RESET: z.enum(['keep', 'revoke']).default('keep'),
  /** How many proofs a person gives who forgot the password. */
  RESET_PROOFS: z.coerce.number().int().min(1).max(2).default(1),
  /** For how many days an app password may be good. */
  APP_PASSWORD_MOST_DAYS: z.coerce.number().int().min(90).max(365).default(365),
  /** After a change of number (T11). */
  PHONE_COOLING_HOURS: z.coerce.number().int().min(24).max(336).default(72),

  MAILBOX: z.enum(['embedded', 'dovecot']).default('embedded'),
  IMAP_HOST: z.string().optional(),
  IMAP_PORT: port.optional(),
  IMAP_MASTER_USER: z.string().optional(),
  IMAP_MASTER_PASSWORD: z.string().optional(),
  DOVEADM_URL: origin.optional(),
  DOVEADM_API_KEY: z.string().optional(),

  /** What scores mail, and where its lists and findings are. */
  FILTER: z.enum(['embedded', 'rspamd']).default('embedded'),
  RSPAMD_URL: origin.optional(),
  RSPAMD_PASSWORD: z.string().optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Where the worker takes in held mail by LMTP, and where it hands on what is released. */
  QUARANTINE_LISTEN: hostAndPort.optional(),
  DELIVERY_LMTP: hostAndPort.optional(),
  /** Log files of Postfix and Dovecot on this machine. */
  MAIL_LOG: list.default([]),
  /** Of lines that do not say. */
  MAIL_LOG_TIME_ZONE: timeZone.default(Intl.DateTimeFormat().resolvedOptions().timeZone),
  /** Lets a log shipper of another host push lines. */
  MAIL_LOG_TOKEN: z.string().min(32).optional(),
  /** When digests of held mail come, for whoever has not chosen; the hour by the site's clock. */
  DIGEST_FREQUENCY: z.enum(['never', 'immediate', 'daily', 'weekly']).default('daily'),
  DIGEST_HOUR: z.coerce.number().int().min(0).max(23).default(8),
  HELD_DAYS: z.coerce.number().int().min(1).max(60).default(30),
  /** For how long a sent mail can be recalled, also where it was read, who is told, and from how many recipients on staff decide. */
  RECALL_DAYS: z.coerce.number().int().min(1).max(30).default(7),
  RECALL_READ: z.stringbool().default(false),
  RECALL_NOTICE: z.enum(['nobody', 'recipients']).default('recipients'),
  RECALL_APPROVAL_OVER: z.coerce.number().int().min(0).max(1_000_000).default(50),

  /** Where contacts are; `{mailbox}` or `{user}` in the URL stands for whose. */
  ADDRESS_BOOK: z.enum(['embedded', 'carddav']).default('embedded'),
  CARDDAV_URL: z.url({ protocol: /^https?$/ }).optional(),
  CARDDAV_USER: z.string().optional(),
  CARDDAV_PASSWORD: z.string().optional(),
  CARDDAV_REMOTE_USER_HEADER: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),

  /** PEM of a private certificate authority of the directory, the mail server and the address book. */
  CA_FILE: z.string().optional(),

  /** The domains of this site's addresses; mail clients are told of no other. */
  MAIL_DOMAINS: domains.default(['yunling.example']),
  /** Where mail clients sign in, and the portal when somebody checks an app password. */
  CLIENT_IMAP: hostAndPort.default('imap.yunling.example:993'),
  CLIENT_SMTP: hostAndPort.default('smtp.yunling.example:465'),
  CLIENT_POP3: hostAndPort.optional(),
  /** PEM files that sign Apple profiles: the certificate with its chain, and the key. */
  PROFILE_CERTIFICATE: z.string().optional(),
  PROFILE_KEY: z.string().optional(),

  SMS: z.enum(['outbox', 'twilio']).default('outbox'),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().optional(),
  TWILIO_API_URL: origin.optional(),
  SMS_COUNTRIES: countries.default(['CN', 'HK', 'MO', 'TW']),
  /** Of one part of a text, by country, as the site's contract has it: CN=0.045,HK=0.38. */
  SMS_PRICES: eachIs((part) => /^[A-Z]{2}=\d{1,4}(\.\d{1,6})?$/.test(part), 'must read CN=0.045,HK=0.38')
    .transform((parts) => Object.fromEntries(parts.map((part) => [part.slice(0, 2), Math.round(Number(part.slice(3)) * 1e6)])))
    .default({}),
  /** ISO 4217. */
  SMS_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency such as CNY')
    .default('CNY'),
  SMS_DAILY_BUDGET: z.coerce.number().int().min(1).max(1_000_000).default(5_000),
  /** Codes a day for one person and one number; and an hour from one address, and from one behind which many people stand (T8). */
  SMS_CODES_PER_DAY: z.coerce.number().int().min(3).max(20).default(5),
  SMS_CODES_PER_ADDRESS: z.coerce.number().int().min(5).max(1_000).default(10),
  SMS_CODES_PER_CAMPUS_ADDRESS: z.coerce.number().int().min(10).max(10_000).default(300),
  DEFAULT_COUNTRY: z.string().length(2).default('CN'),

  NOTICE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  NOTICE_FROM: z.string().default('no-reply@yunling.example'),

  /** Proxies whose X-Forwarded-For is believed, as CIDR blocks (T22). */
  TRUSTED_PROXIES: blocks.default([]),
  TIME_ZONE: timeZone.default('Asia/Shanghai'),
  SITE_NAME_ZH: line(40).default('云岭大学邮件自助'),
  SITE_NAME_EN: line(40).default('Yunling mail'),
  /** Networks with a name, `10.0.0.0/8=校内|campus`. */
  NETWORKS: networks.default([]),
  /** Private networks that webhooks may reach; without them only public addresses. */
  WEBHOOK_NETWORKS: blocks.default([]),
  METRICS_TOKEN: z.string().min(16).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Env = z.infer<typeof Settings>
export const SETTING_NAMES = Object.keys(Settings.shape)

const NEEDED: [when: (env: Env) => boolean, names: (keyof Env)[]][] = [
  [(env) => env.SSO_PROTOCOL === 'oidc', ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']],
  [(env) => env.SSO_PROTOCOL === 'cas', ['CAS_URL']],
  [(env) => env.SSO_PROTOCOL === 'saml', ['SAML_IDP_ENTRY_POINT', 'SAML_IDP_ENTITY_ID', 'SAML_IDP_CERTIFICATE']],
  [(env) => env.DIRECTORY === 'ldap', ['LDAP_URL', 'LDAP_BASE', 'LDAP_BIND_DN', 'LDAP_BIND_PASSWORD']],
  [
    (env) => env.MAILBOX === 'dovecot',
    ['IMAP_HOST', 'IMAP_PORT', 'IMAP_MASTER_USER', 'IMAP_MASTER_PASSWORD', 'DOVEADM_URL', 'DOVEADM_API_KEY'],
  ],
  [(env) => env.FILTER === 'rspamd', ['RSPAMD_URL', 'RSPAMD_PASSWORD', 'REDIS_URL', 'QUARANTINE_LISTEN', 'DELIVERY_LMTP']],
  [(env) => env.ADDRESS_BOOK === 'carddav', ['CARDDAV_URL']],
  [(env) => env.ADDRESS_BOOK === 'carddav' && env.CARDDAV_REMOTE_USER_HEADER === undefined, ['CARDDAV_USER', 'CARDDAV_PASSWORD']],
  [(env) => env.SMS === 'twilio', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']],
]

/** Unset and empty are the same: a container file often sets a name to nothing. */
const given = (source: Record<string, string | undefined>) => Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))

/** One sentence for each setting that is wrong; none when the portal can start. */
export function problems(source: Record<string, string | undefined>): string[] {
  const parsed = Settings.safeParse(given(source))
  if (!parsed.success) {
    return parsed.error.issues.map(({ path: [name], message }) =>
      source[String(name)] ? `${String(name)}: ${message}.` : `${String(name)} is not set.`,
    )
  }
  const env = parsed.data
  const missing = NEEDED.filter(([when]) => when(env)).flatMap(([, names]) => names.filter((name) => env[name] === undefined))
  const found = missing.map((name) => `${name} is not set, and the chosen adapters need it.`)
  if (env.DEMO && !isLoopback(env.PUBLIC_URL))
    found.push(
      `DEMO is on but PUBLIC_URL is ${env.PUBLIC_URL}: the demo phone and the demo sign-in are only for this machine. Remove DEMO.`,
    )
  if (env.DEMO && !isLoopback(`http://${isIP(env.HOST) === 6 ? `[${env.HOST}]` : env.HOST}`))
    found.push(`DEMO is on but HOST is ${env.HOST}: other machines could open the demo phone. Remove DEMO, or HOST.`)
  if ((env.PROFILE_CERTIFICATE === undefined) !== (env.PROFILE_KEY === undefined))
    found.push('PROFILE_CERTIFICATE and PROFILE_KEY belong together: set both, or neither.')
  if (!env.DEMO && env.SMS === 'outbox') found.push('SMS is outbox, which only the demo can read. Set SMS=twilio.')
  if (!env.DEMO && env.PUBLIC_URL.startsWith('http:') && !isLoopback(env.PUBLIC_URL))
    found.push('PUBLIC_URL must be https: a session cookie must not travel in the clear.')
  found.push(...addressBookProblems(env))
  if (!new RegExp(env.TICKET_PATTERN, 'u').test(env.TICKET_EXAMPLE))
    found.push('TICKET_EXAMPLE is not what TICKET_PATTERN asks for: staff would be shown a number that is refused.')
  const least = leastLength(env.PASSWORD_PROFILE, env.SIGN_IN_SECOND_FACTOR)
  if (env.PASSWORD_MIN_LENGTH !== undefined && env.PASSWORD_MIN_LENGTH < least)
    found.push(`PASSWORD_MIN_LENGTH is ${env.PASSWORD_MIN_LENGTH}, and the profile asks for ${least}: it can only be more.`)
  return found
}

export function readEnv(source: Record<string, string | undefined>): Env {
  const found = problems(source)
  if (found.length > 0) throw new ConfigurationError(found)
  return Settings.parse(given(source))
}

export type SiteValues = Partial<Record<SiteSetting, string>>

/** What stands over the environment, the same for all copies of this module that a bundle makes. */
const shared = globalThis as typeof globalThis & { posthouseSiteValues?: SiteValues }

let current: { env: Env; over: SiteValues | undefined } | undefined
/** The settings of this process: the environment's, and over them the site's. Throws `ConfigurationError` with every sentence when they are wrong. */
export function env(): Env {
  const over = shared.posthouseSiteValues
  if (!current || current.over !== over) {
    current = { env: readEnv({ ...process.env, ...over }), over }
    // next-auth reads the one address of the portal by itself, under its own name (T7).
    process.env.NEXTAUTH_URL = current.env.PUBLIC_URL
  }
  return current.env
}

/** The settings that would be wrong, by themselves or beside the others, were these the site's values. */
export const wrongAmong = (values: SiteValues): SiteSetting[] =>
  problems({ ...process.env, ...values })
    .map((sentence) => /^\w+/.exec(sentence)?.[0] as SiteSetting)
    .filter((name) => name in GROUP_OF)

/**
 * Of the site's values those that fit. One that does not, since the environment has changed, is left out with its whole group: it stops
 * no process.
 */
export function fitting(values: SiteValues): SiteValues {
  const wrong = wrongAmong(values)
  if (wrong.length === 0) return values
  const groups = wrong.map((name) => GROUP_OF[name])
  const rest = Object.entries(values).filter(([name]) => !groups.includes(GROUP_OF[name as SiteSetting]))
  return rest.length < Object.keys(values).length ? fitting(Object.fromEntries(rest)) : {}
}

/** From now on these values stand over the environment's, in this process. */
export function setSiteValues(values: SiteValues): void {
  // The same values stay the same object, by which env() sees that nothing has changed.
  if (JSON.stringify(values) !== JSON.stringify(shared.posthouseSiteValues ?? {})) shared.posthouseSiteValues = values
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value))

/** A right value as it is kept: `' 8 '` as `8`, `on` as `true`. */
export const keptForm = (name: SiteSetting, value: string): string => textOf(Settings.shape[name].parse(value))

/** What counts where the site has set nothing, and whether the environment or nobody has said so. Empty: there is none. */
export function underSite(name: SiteSetting): { value: string; from: 'environment' | 'default' } {
  const said = given(process.env)[name]
  return { value: textOf(Settings.shape[name].parse(said)), from: said === undefined ? 'default' : 'environment' }
}
