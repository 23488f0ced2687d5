import { dovecotRecord } from './dovecot-lines.ts'
import { stampReader } from './log-time.ts'
import type { OpenSessions } from './open-sessions.ts'
import { postfixRecords } from './postfix-lines.ts'
import type { TraceRecord } from './record.ts'

// Postfix and Dovecot cut theirs far sooner.
const LONGEST_LINE = 16_384

/** Reads lines of Postfix's and Dovecot's logs, in one file or in several; all that tells nothing of a mail is passed over. */
export function lineReader(timeZone: string): (text: string, sessions: OpenSessions, now?: number) => TraceRecord[] {
  const stamped = stampReader(timeZone)
  return (text, sessions, now = Date.now()) => {
    const records: TraceRecord[] = []
    for (const line of text.split('\n')) {
      if (line.length > LONGEST_LINE) continue
      const found = stamped(line, now)
      if (!found) continue
      const { at, rest } = found
      const told = postfixRecords(rest, at, sessions)
      if (told) records.push(...told)
      else {
        const record = dovecotRecord(rest, at, sessions)
        if (record) records.push(record)
      }
    }
    return records
  }
}
