/** What a message to the helpdesk is about. */
export const HELP_TOPICS = [
  ...['signIn', 'password', 'phone', 'appPasswords', 'received', 'sent', 'restore', 'contacts', 'client', 'security', 'other'],
] as const
export type HelpTopic = (typeof HELP_TOPICS)[number]
