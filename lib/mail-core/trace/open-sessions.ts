/**
 * What one line says of a connection, for those that follow: the TLS version, by host and process of Postfix, and what a mail program
 * calls itself before it logs in, by session of Dovecot. It is stored with the place in the log, so that it outlives a restart.
 */
export type OpenSessions = Record<string, string>

const MOST_SESSIONS = 2_000

/** The oldest give way: connections without a login may be opened by anybody, in any number. */
export function remember(sessions: OpenSessions, key: string, value: string): void {
  if (Object.keys(sessions).length >= MOST_SESSIONS) for (const oldest in sessions) if (delete sessions[oldest]) break
  sessions[key] = value
}
