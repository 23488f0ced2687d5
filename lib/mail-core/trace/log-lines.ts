import { dovecotRecord } from './dovecot-lines.ts'
import { stampReader } from './log-time.ts'
import { type OpenSessions, postfixRecords } from './postfix-lines.ts'
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
        const folder = dovecotRecord(rest, at)
        if (folder) records.push(folder)
      }
    }
    return records
  }
}
