/** The articles in their order, by what they are about. A new one is named here, and written in both languages. */
export const CONTENTS = {
  account: [
    ...['sign-in', 'sessions', 'overview', 'forgotten-password', 'change-password', 'bind-phone', 'change-phone', 'lost-phone', 'activity'],
  ],
  mail: ['did-it-arrive', 'release-held-mail', 'digest', 'allow-and-block', 'restore-deleted', 'recall-sent'],
  contacts: ['contacts', 'import-contacts', 'export-contacts', 'merge-contacts'],
  clients: [
    ...['app-passwords', 'revoke-app-password', 'expired-app-password', 'check-app-password', 'set-up-client', 'set-up-foxmail'],
    ...['set-up-outlook', 'set-up-apple-mail', 'set-up-iphone', 'set-up-android', 'set-up-thunderbird'],
  ],
  safety: ['suspicious-sign-in', 'suspicious-mail', 'real-helpdesk', 'ask-helpdesk'],
} as const satisfies Record<string, string[]>

export type ArticleGroup = keyof typeof CONTENTS
export const ARTICLE_GROUPS = Object.keys(CONTENTS) as [ArticleGroup, ...ArticleGroup[]]
