/** The mail clients that have a guide, in the order in which they are offered. */
export const CLIENTS = ['foxmail', 'outlook-classic', 'outlook-new', 'apple-mail', 'ios', 'android', 'thunderbird'] as const
export type Client = (typeof CLIENTS)[number]

/** What stands in a field: of this person and site, or a word that is the same everywhere. */
export type Filling = 'address' | 'secret' | 'yourName' | 'ticked' | 'IMAP' | `${'imap' | 'smtp'}.${'host' | 'port' | 'security'}`

export interface Drawing {
  look: 'window' | 'phone'
  /** Its words stand under `drawings.<client>`. */
  title: string
  rows: [label: string, filling: Filling][]
  button: string
}

export interface Step {
  /** Under `guides.<client>`. */
  words: string
  drawing?: Drawing
  /** No step of its own: what to know before the first, or the way without them. */
  apart?: 'before' | 'after'
}

const serverRows = (side: 'imap' | 'smtp', labels: [host: string, port: string, security: string]): Drawing['rows'] => [
  [labels[0], `${side}.host`],
  [labels[1], `${side}.port`],
  [labels[2], `${side}.security`],
]

export const GUIDES: Record<Client, Step[]> = {
  foxmail: [
    { words: 'open' },
    { words: 'manual' },
    {
      words: 'fill',
      drawing: {
        look: 'window',
        title: 'title',
        rows: [
          ['type', 'IMAP'],
          ['account', 'address'],
          ['password', 'secret'],
          ...serverRows('imap', ['imap', 'port', 'ssl']),
          ...serverRows('smtp', ['smtp', 'port', 'ssl']),
        ],
        button: 'button',
      },
    },
    { words: 'done' },
  ],
  'outlook-classic': [
    { words: 'open' },
    {
      words: 'address',
      drawing: {
        look: 'window',
        title: 'start',
        rows: [
          ['email', 'address'],
          ['manual', 'ticked'],
        ],
        button: 'connect',
      },
    },
    { words: 'type' },
    {
      words: 'fill',
      drawing: {
        look: 'window',
        title: 'title',
        rows: [...serverRows('imap', ['incoming', 'port', 'encryption']), ...serverRows('smtp', ['outgoing', 'port', 'encryption'])],
        button: 'button',
      },
    },
    { words: 'password' },
  ],
  'outlook-new': [
    { words: 'cloud', apart: 'before' },
    { words: 'open' },
    { words: 'address' },
    {
      words: 'fill',
      drawing: {
        look: 'window',
        title: 'title',
        rows: [
          ['password', 'secret'],
          ...serverRows('imap', ['incoming', 'port', 'secure']),
          ['username', 'address'],
          ['smtpPassword', 'secret'],
          ...serverRows('smtp', ['outgoing', 'port', 'secure']),
        ],
        button: 'button',
      },
    },
  ],
  'apple-mail': [
    { words: 'profile' },
    { words: 'install' },
    {
      words: 'manual',
      apart: 'after',
      drawing: {
        look: 'window',
        title: 'title',
        rows: [
          ['email', 'address'],
          ['user', 'address'],
          ['password', 'secret'],
          ['type', 'IMAP'],
          ['incoming', 'imap.host'],
          ['outgoing', 'smtp.host'],
        ],
        button: 'button',
      },
    },
  ],
  ios: [
    { words: 'profile' },
    { words: 'install' },
    {
      words: 'manual',
      apart: 'after',
      drawing: {
        look: 'phone',
        title: 'title',
        rows: [
          ['name', 'yourName'],
          ['email', 'address'],
          ['incoming', 'imap.host'],
          ['user', 'address'],
          ['password', 'secret'],
          ['outgoing', 'smtp.host'],
          ['user', 'address'],
          ['password', 'secret'],
        ],
        button: 'button',
      },
    },
  ],
  android: [
    { words: 'open' },
    { words: 'address' },
    {
      words: 'incoming',
      drawing: {
        look: 'phone',
        title: 'title',
        rows: [['user', 'address'], ['password', 'secret'], ...serverRows('imap', ['server', 'port', 'security'])],
        button: 'button',
      },
    },
    {
      words: 'outgoing',
      drawing: {
        look: 'phone',
        title: 'out',
        rows: [...serverRows('smtp', ['smtp', 'port', 'security']), ['user', 'address'], ['password', 'secret']],
        button: 'button',
      },
    },
  ],
  thunderbird: [
    { words: 'open' },
    {
      words: 'fill',
      drawing: {
        look: 'window',
        title: 'title',
        rows: [
          ['name', 'yourName'],
          ['email', 'address'],
        ],
        button: 'button',
      },
    },
    { words: 'done' },
  ],
}

const BY_SYSTEM: Record<string, Client> = { iOS: 'ios', Android: 'android', HarmonyOS: 'android', macOS: 'apple-mail' }

/** The one that was asked for, else the likely one where the person sits. */
export const clientFor = (asked: unknown, system: string): Client =>
  CLIENTS.find((client) => client === asked) ?? BY_SYSTEM[system] ?? 'foxmail'
