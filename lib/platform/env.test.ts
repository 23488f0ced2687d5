import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ConfigurationError, problems, readEnv } from './env.ts'

const key = () => randomBytes(32).toString('base64')
const RIGHT: Record<string, string> = {
  PUBLIC_URL: 'https://mail.yunling.example',
  DATABASE_URL: 'postgres://posthouse_app@127.0.0.1/posthouse',
  SESSION_SECRET: key(),
  AUDIT_KEY: key(),
  PHONE_KEYS: `k2:${key()},k1:${key()}`,
  PHONE_INDEX_KEY: key(),
  OIDC_ISSUER: 'https://id.yunling.example',
  OIDC_CLIENT_ID: 'posthouse',
  OIDC_CLIENT_SECRET: 'secret',
  SMS: 'twilio',
  TWILIO_ACCOUNT_SID: 'AC',
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
}
const DEMO = { DEMO: '1', SMS: 'outbox', PUBLIC_URL: 'http://127.0.0.1:3000' }

describe('The settings', () => {
  test('are read when they are right', () => {
    expect(problems(RIGHT)).toEqual([])
    const env = readEnv({ ...RIGHT, PUBLIC_URL: 'https://mail.yunling.example/', TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32,127.0.0.1' })
    expect(env).toMatchObject({ PUBLIC_URL: 'https://mail.yunling.example', PORT: 3000, DEMO: false })
    expect(env.PHONE_KEYS.map(({ id }) => id)).toEqual(['k2', 'k1'])
    expect(readEnv({ ...RIGHT, SMS_PRICES: 'CN=0.045,HK=0.38' }).SMS_PRICES).toEqual({ CN: 45_000, HK: 380_000 })
    expect(env.TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '2001:db8::/32', '127.0.0.1'])
  })

  test('that are empty are as good as unset', () => {
    const empty = { PORT: '', DEMO: '', LDAP_URL: '', TIME_ZONE: '', TRUSTED_PROXIES: '', METRICS_TOKEN: '' }
    expect(problems({ ...RIGHT, ...empty })).toEqual([])
    expect(readEnv({ ...RIGHT, ...empty }).PORT).toBe(3000)
  })

  test.each(['PUBLIC_URL', 'DATABASE_URL', 'SESSION_SECRET', 'AUDIT_KEY', 'PHONE_KEYS', 'PHONE_INDEX_KEY'])(
    'without %s are refused in one sentence',
    (name) => {
      for (const value of [undefined, '']) expect(problems({ ...RIGHT, [name]: value })).toEqual([`${name} is not set.`])
    },
  )

  test.each([
    ['PUBLIC_URL', 'mail.yunling.example'],
    ['PUBLIC_URL', 'ftp://mail.yunling.example'],
    ['PORT', '0'],
    ['PORT', '70000'],
    ['PORT', 'web'],
    ['SESSION_SECRET', 'short'],
    ['AUDIT_KEY', 'short'],
    ['PHONE_KEYS', 'k1:short'],
    ['PHONE_KEYS', key()],
    ['PHONE_KEYS', `k1:${key()},`],
    ['PHONE_INDEX_KEY', 'short'],
    ['SSO_PROTOCOL', 'ldap'],
    ['DIRECTORY', 'csv'],
    ['LDAP_URL', 'http://ldap'],
    ['SMS_DAILY_BUDGET', '0'],
    ['DEFAULT_COUNTRY', 'China'],
    ['NOTICE_SMTP_URL', 'mailto:x'],
    ['TRUSTED_PROXIES', 'nginx'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['TRUSTED_PROXIES', '2001:db8::/129'],
    ['NETWORKS', '10.0.0.0/8'],
    ['NETWORKS', 'campus=10.0.0.0/8'],
    ['ROLE_GROUPS', 'root=wheel'],
    ['ROLE_GROUPS', 'admin='],
    ['TIME_ZONE', 'Beijing'],
    ['METRICS_TOKEN', 'short'],
    ['DEMO', 'perhaps'],
    ['PASSWORD_PROFILE', 'strict'],
    ['PASSWORD_MIN_LENGTH', '65'],
    ['PASSWORD_HIBP_URL', 'pwned'],
    ['PASSWORD_HISTORY', '25'],
    ['PASSWORD_MAX_AGE_DAYS', '0'],
    ['RESET_PROOFS', '3'],
    ['RECALL_DAYS', '31'],
    ['RECALL_NOTICE', 'everybody'],
    ['ADDRESS_BOOK', 'ldap'],
    ['CARDDAV_REMOTE_USER_HEADER', 'X-Remote-User: a'],
  ])('T22 with %s=%s are refused in one sentence that names it', (name, value) => {
    expect(problems({ ...RIGHT, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: .+\\.$`))])
  })

  test.each([
    [{ SSO_PROTOCOL: 'oidc', OIDC_CLIENT_SECRET: undefined }, ['OIDC_CLIENT_SECRET']],
    [{ SSO_PROTOCOL: 'cas' }, ['CAS_URL']],
    [{ SSO_PROTOCOL: 'saml' }, ['SAML_IDP_ENTRY_POINT', 'SAML_IDP_ENTITY_ID', 'SAML_IDP_CERTIFICATE']],
    [{ DIRECTORY: 'ldap' }, ['LDAP_URL', 'LDAP_BASE', 'LDAP_BIND_DN', 'LDAP_BIND_PASSWORD']],
    [
      { MAILBOX: 'dovecot', IMAP_HOST: 'imap', DOVEADM_URL: 'https://d' },
      ['IMAP_PORT', 'IMAP_MASTER_USER', 'IMAP_MASTER_PASSWORD', 'DOVEADM_API_KEY'],
    ],
    [{ ADDRESS_BOOK: 'carddav' }, ['CARDDAV_URL', 'CARDDAV_USER', 'CARDDAV_PASSWORD']],
    [{ ADDRESS_BOOK: 'carddav', CARDDAV_REMOTE_USER_HEADER: 'X-Remote-User' }, ['CARDDAV_URL']],
    [{ TWILIO_FROM: undefined }, ['TWILIO_FROM']],
  ])('with %j name each setting that the choice needs', (changes, names) => {
    expect(problems({ ...RIGHT, ...changes })).toEqual(names.map((name) => `${name} is not set, and the chosen adapters need it.`))
  })

  test.each([
    [{ PASSWORD_MIN_LENGTH: '14' }, 15],
    [{ PASSWORD_MIN_LENGTH: '7', SIGN_IN_SECOND_FACTOR: 'yes' }, 8],
    [{ PASSWORD_MIN_LENGTH: '-20', PASSWORD_PROFILE: 'mlps3' }, 8],
  ])('T13 with %j do not make passwords shorter than the profile has them', (changes, least) => {
    expect(problems({ ...RIGHT, ...changes })).toEqual([expect.stringMatching(new RegExp(`^PASSWORD_MIN_LENGTH is .+ ${least}: .+\\.$`))])
    expect(problems({ ...RIGHT, ...changes, PASSWORD_MIN_LENGTH: '16' })).toEqual([])
  })

  test.each([
    ['http://dav.yunling.example/{mailbox}/', undefined, /must be https/],
    ['https://dav.yunling.example/', undefined, /must hold \{mailbox\} or \{user\}/],
  ])('with the address book at %s are refused', (CARDDAV_URL, CARDDAV_REMOTE_USER_HEADER, sentence) => {
    const carddav = { ...RIGHT, ADDRESS_BOOK: 'carddav', CARDDAV_USER: 'portal', CARDDAV_PASSWORD: 'x' }
    expect(problems({ ...carddav, CARDDAV_URL, CARDDAV_REMOTE_USER_HEADER })).toEqual([expect.stringMatching(sentence)])
    for (const right of ['https://dav.yunling.example/{mailbox}/', 'http://127.0.0.1:5232/{user}/'])
      expect(problems({ ...carddav, CARDDAV_URL: right })).toEqual([])
    expect(problems({ ...carddav, CARDDAV_URL: 'https://dav.yunling.example/', CARDDAV_REMOTE_USER_HEADER: 'X-Remote-User' })).toEqual([])
  })

  test('shows staff no example of a ticket that would be refused', () => {
    const own = { ...RIGHT, TICKET_PATTERN: '^INC\\d{7}$' }
    expect(problems(own)).toEqual([expect.stringMatching(/^TICKET_EXAMPLE is not what TICKET_PATTERN asks for/)])
    expect(problems({ ...own, TICKET_EXAMPLE: 'INC0048213' })).toEqual([])
  })

  test('that are wrong stop the start, with every sentence', () => {
    const start = () => readEnv({ ...RIGHT, PORT: 'x', AUDIT_KEY: undefined })
    expect(start).toThrow(ConfigurationError)
    expect(start).toThrow(/\n- PORT: .+\.\n- AUDIT_KEY is not set\.$/)
  })
})

describe('The demo', () => {
  test('starts on this machine', () => {
    for (const PUBLIC_URL of ['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000', 'http://127.1.2.3'])
      expect(problems({ ...RIGHT, ...DEMO, PUBLIC_URL })).toEqual([])
  })

  test.each([
    'https://mail.yunling.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://evil.example#localhost',
    'http://localhost@evil.example',
  ])('is refused at %s, with a sentence', (PUBLIC_URL) => {
    expect(problems({ ...RIGHT, ...DEMO, PUBLIC_URL })).toEqual([expect.stringMatching(/^DEMO is on but PUBLIC_URL is .+ Remove DEMO\.$/)])
  })

  test.each(['0.0.0.0', '::', '10.0.0.1', 'mail.yunling.example'])('is refused where other machines can reach it: HOST=%s', (HOST) => {
    expect(problems({ ...RIGHT, ...DEMO, HOST })).toEqual([expect.stringMatching(/^DEMO is on but HOST is .+\.$/)])
    expect(problems({ ...RIGHT, HOST })).toEqual([])
  })

  test('alone has texts that stay in the house', () => {
    expect(problems({ ...RIGHT, SMS: 'outbox' })).toEqual([expect.stringContaining('SMS is outbox')])
  })

  test('or loopback alone may speak plain http', () => {
    expect(problems({ ...RIGHT, PUBLIC_URL: 'http://mail.yunling.example' })).toEqual([expect.stringContaining('must be https')])
    expect(problems({ ...RIGHT, PUBLIC_URL: 'http://127.0.0.1:3000' })).toEqual([])
  })
})
