import { z } from 'zod'

/** Unset and empty are the same: a container file often sets a name to nothing. */
const optional = <T extends z.ZodType>(type: T) => z.preprocess((value) => (value === '' ? undefined : value), type.optional())
const port = z.coerce.number().int().min(1).max(65_535)
const key32 = z.string().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
const origin = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

const Settings = z.object({
  PUBLIC_URL: origin,
  DATABASE_URL: z.string().min(1),
  DEMO: z.stringbool().default(false),
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
  OIDC_ISSUER: optional(origin),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_TOKEN_AUTH: z.enum(['client_secret_basic', 'client_secret_post']).default('client_secret_basic'),
  CAS_URL: optional(origin),
  SAML_IDP_ENTRY_POINT: optional(origin),
  SAML_IDP_LOGOUT_URL: optional(origin),
  SAML_IDP_ENTITY_ID: optional(z.string()),
  SAML_IDP_CERTIFICATE: optional(z.string()),
  SSO_MAILBOX_CLAIM: z.string().default('email'),
  SSO_NAME_CLAIM: z.string().default('name'),
  SSO_GROUPS_CLAIM: z.string().default('groups'),
  ROLE_GROUPS: list.default([]),

  DIRECTORY: z.enum(['sql', 'ldap']).default('sql'),
  LDAP_URL: optional(z.url({ protocol: /^ldaps?$/ })),
  LDAP_BASE: optional(z.string()),
  LDAP_BIND_DN: optional(z.string()),
  LDAP_BIND_PASSWORD: optional(z.string()),

  MAILBOX: z.enum(['embedded', 'dovecot']).default('embedded'),
  IMAP_HOST: optional(z.string()),
  IMAP_PORT: optional(port),
  IMAP_MASTER_USER: optional(z.string()),
  IMAP_MASTER_PASSWORD: optional(z.string()),
  DOVEADM_URL: optional(origin),
  DOVEADM_API_KEY: optional(z.string()),

  /** PEM of a private certificate authority of the directory and the mail server. */
  CA_FILE: optional(z.string()),

  /** What is shown to people for their mail clients, as host:port. */
  CLIENT_IMAP: z.string().default('imap.yunling.example:993'),
  CLIENT_SMTP: z.string().default('smtp.yunling.example:465'),

  SMS: z.enum(['outbox', 'twilio']).default('outbox'),
  TWILIO_ACCOUNT_SID: optional(z.string()),
  TWILIO_AUTH_TOKEN: optional(z.string()),
  TWILIO_FROM: optional(z.string()),
  TWILIO_API_URL: optional(origin),
  SMS_COUNTRIES: list.default(['CN', 'HK', 'MO', 'TW']),
  SMS_DAILY_BUDGET: z.coerce.number().int().min(1).default(5_000),
  DEFAULT_COUNTRY: z.string().length(2).default('CN'),

  NOTICE_SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  NOTICE_FROM: z.string().default('no-reply@yunling.example'),

  /** Proxies whose X-Forwarded-For is believed, as CIDR blocks (T22). */
  TRUSTED_PROXIES: list.default([]),
  TIME_ZONE: z.string().default('Asia/Shanghai'),
  SITE_NAME_ZH: z.string().default('云岭大学邮件自助'),
  SITE_NAME_EN: z.string().default('Yunling mail'),
  HOTLINE_ZH: z.string().default('校内6120 · 010 5550 6120'),
  HOTLINE_EN: z.string().default('6120 on campus · +86 10 5550 6120'),
  /** Networks with a name, `10.0.0.0/8=校内|campus`. */
  NETWORKS: list.default([]),
  METRICS_TOKEN: optional(z.string().min(16)),
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
  [(env) => env.SMS === 'twilio', ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']],
]

const isLoopback = (url: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)

/** One sentence for each setting that is wrong; none when the portal can start. */
export function problems(source: Record<string, string | undefined>): string[] {
  const parsed = Settings.safeParse(source)
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}.`)
  const env = parsed.data
  const missing = NEEDED.filter(([when]) => when(env)).flatMap(([, names]) => names.filter((name) => env[name] === undefined))
  const found = missing.map((name) => `${name} is not set, and the chosen adapters need it.`)
  if (env.DEMO && !isLoopback(env.PUBLIC_URL))
    found.push(
      `DEMO is on but PUBLIC_URL is ${env.PUBLIC_URL}: the demo phone and the demo sign-in are only for this machine. Remove DEMO.`,
    )
  if (!env.DEMO && env.SMS === 'outbox') found.push('SMS is outbox, which only the demo can read. Set SMS=twilio.')
  if (!env.DEMO && env.PUBLIC_URL.startsWith('http:') && !isLoopback(env.PUBLIC_URL))
    found.push('PUBLIC_URL must be https: a session cookie must not travel in the clear.')
  return found
}

export class ConfigurationError extends Error {
  readonly sentences: string[]

  constructor(sentences: string[]) {
    super(`Posthouse cannot start:\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}`)
    this.sentences = sentences
  }
}

export function readEnv(source: Record<string, string | undefined>): Env {
  const found = problems(source)
  if (found.length > 0) throw new ConfigurationError(found)
  return Settings.parse(source)
}

let current: Env | undefined
/** The settings of this process. Throws `ConfigurationError` with every sentence when they are wrong. */
export function env(): Env {
  current ??= readEnv(process.env)
  return current
}
