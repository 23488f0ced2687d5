/** What a site may set while the portal runs, as the page shows it. Forms and bounds of the values are those of env.ts. */
export type SettingKind =
  | { kind: 'text' }
  | { kind: 'words' }
  | { kind: 'countries' }
  | { kind: 'pattern' }
  | { kind: 'number'; min: number; max: number; unit?: 'characters' | 'days' | 'hours' | 'texts' | 'mailboxes' | 'oClock' }
  | { kind: 'choice'; choices: readonly string[] }

/**
 * Nothing that could lock everybody out, no secret, no address of a server, and nothing that only a new start can change.
 * What depends on each other stands in one group.
 */
export const SITE_SETTINGS = {
  names: {
    SITE_NAME_ZH: { kind: 'text' },
    SITE_NAME_EN: { kind: 'text' },
  },
  passwords: {
    PASSWORD_PROFILE: { kind: 'choice', choices: ['nist', 'mlps3'] },
    PASSWORD_MIN_LENGTH: { kind: 'number', min: 8, max: 64, unit: 'characters' },
    PASSWORD_SITE_WORDS: { kind: 'words' },
    PASSWORD_HISTORY: { kind: 'number', min: 0, max: 24 },
    PASSWORD_MAX_AGE_DAYS: { kind: 'number', min: 1, max: 3_650, unit: 'days' },
    RESET_PROOFS: { kind: 'choice', choices: ['1', '2'] },
    APP_PASSWORDS_AFTER_RESET: { kind: 'choice', choices: ['keep', 'revoke'] },
    APP_PASSWORD_MOST_DAYS: { kind: 'number', min: 90, max: 365, unit: 'days' },
  },
  phones: {
    PHONE_COOLING_HOURS: { kind: 'number', min: 24, max: 336, unit: 'hours' },
    SMS_COUNTRIES: { kind: 'countries' },
    SMS_CODES_PER_DAY: { kind: 'number', min: 3, max: 20, unit: 'texts' },
    SMS_CODES_PER_ADDRESS: { kind: 'number', min: 5, max: 1_000, unit: 'texts' },
    SMS_CODES_PER_CAMPUS_ADDRESS: { kind: 'number', min: 10, max: 10_000, unit: 'texts' },
    SMS_DAILY_BUDGET: { kind: 'number', min: 1, max: 1_000_000, unit: 'texts' },
  },
  mail: {
    DIGEST_FREQUENCY: { kind: 'choice', choices: ['never', 'immediate', 'daily', 'weekly'] },
    DIGEST_HOUR: { kind: 'number', min: 0, max: 23, unit: 'oClock' },
    RECALL_DAYS: { kind: 'number', min: 1, max: 30, unit: 'days' },
    RECALL_READ: { kind: 'choice', choices: ['false', 'true'] },
    RECALL_NOTICE: { kind: 'choice', choices: ['nobody', 'recipients'] },
    RECALL_APPROVAL_OVER: { kind: 'number', min: 0, max: 1_000_000, unit: 'mailboxes' },
  },
  desk: {
    TICKET_PATTERN: { kind: 'pattern' },
    TICKET_EXAMPLE: { kind: 'text' },
  },
} as const satisfies Record<string, Record<string, SettingKind>>

export type SettingGroup = keyof typeof SITE_SETTINGS
export type SiteSetting = { [Group in SettingGroup]: keyof (typeof SITE_SETTINGS)[Group] }[SettingGroup]

export const SETTING_GROUPS = Object.keys(SITE_SETTINGS) as SettingGroup[]

export const GROUP_OF = Object.fromEntries(
  Object.entries(SITE_SETTINGS).flatMap(([group, settings]) => Object.keys(settings).map((name) => [name, group])),
) as Record<SiteSetting, SettingGroup>

export const SITE_SETTING_NAMES = Object.keys(GROUP_OF) as [SiteSetting, ...SiteSetting[]]

export const kindOf = (name: SiteSetting): SettingKind =>
  (SITE_SETTINGS[GROUP_OF[name]] as Record<string, SettingKind>)[name] as SettingKind
