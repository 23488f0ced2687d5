import type { Locale } from './locale.ts'

/** What stands in messages/<locale>/, one file a capability; the English file gives the type. */
export interface Messages {
  common: typeof import('./messages/en/common.json')
  shell: typeof import('./messages/en/shell.json')
  crash: typeof import('./messages/en/crash.json')
  errors: typeof import('./messages/en/errors.json')
  sso: typeof import('./messages/en/sso.json')
  overview: typeof import('./messages/en/overview.json')
  phone: typeof import('./messages/en/phone.json')
  password: typeof import('./messages/en/password.json')
  reset: typeof import('./messages/en/reset.json')
  'new-password': typeof import('./messages/en/new-password.json')
  'app-passwords': typeof import('./messages/en/app-passwords.json')
  'client-setup': typeof import('./messages/en/client-setup.json')
  received: typeof import('./messages/en/received.json')
  restore: typeof import('./messages/en/restore.json')
  sent: typeof import('./messages/en/sent.json')
  'filter-reasons': typeof import('./messages/en/filter-reasons.json')
  digest: typeof import('./messages/en/digest.json')
  'digest-mail': typeof import('./messages/en/digest-mail.json')
  'sender-lists': typeof import('./messages/en/sender-lists.json')
  contacts: typeof import('./messages/en/contacts.json')
  'contacts-import': typeof import('./messages/en/contacts-import.json')
  'contact-file': typeof import('./messages/en/contact-file.json')
  activity: typeof import('./messages/en/activity.json')
  audit: typeof import('./messages/en/audit.json')
  help: typeof import('./messages/en/help.json')
  'help-mail': typeof import('./messages/en/help-mail.json')
  link: typeof import('./messages/en/link.json')
  settings: typeof import('./messages/en/settings.json')
  dashboard: typeof import('./messages/en/dashboard.json')
  requests: typeof import('./messages/en/requests.json')
  'on-behalf': typeof import('./messages/en/on-behalf.json')
  helpdesk: typeof import('./messages/en/helpdesk.json')
  warrant: typeof import('./messages/en/warrant.json')
  tokens: typeof import('./messages/en/tokens.json')
  webhooks: typeof import('./messages/en/webhooks.json')
  demo: typeof import('./messages/en/demo.json')
  sms: typeof import('./messages/en/sms.json')
  notices: typeof import('./messages/en/notices.json')
}

export type Namespace = keyof Messages

export const NAMESPACES = [
  'common',
  'shell',
  'crash',
  'errors',
  'sso',
  'overview',
  'phone',
  'password',
  'reset',
  'new-password',
  'app-passwords',
  'client-setup',
  'received',
  'restore',
  'sent',
  'filter-reasons',
  'digest',
  'digest-mail',
  'sender-lists',
  'contacts',
  'contacts-import',
  'contact-file',
  'activity',
  'audit',
  'help',
  'help-mail',
  'link',
  'settings',
  'dashboard',
  'requests',
  'on-behalf',
  'helpdesk',
  'warrant',
  'tokens',
  'webhooks',
  'demo',
  'sms',
  'notices',
] as const satisfies Namespace[]

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
