import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { z } from 'zod'
import { MailCoreError } from '../errors.ts'
import type { FollowConfig } from './log-file.ts'
import { lineReader } from './log-lines.ts'
import { advance, positionOf } from './positions.ts'

const SOURCE = /^[a-z0-9._-]{1,64}$/
const LINE_END = 0x0a
const AT_ONCE = 2 ** 19
// Between two tries, while another call has the source.
const PAUSE_MS = 20
const Stored = z.object({ offset: z.number(), first: z.string().nullable(), sessions: z.record(z.string(), z.string()) })
type Stored = z.infer<typeof Stored>

/** As the port's `takeLines` says. Several thousand lines at a time, so that none of the transactions is long. */
export function pushedLines({ sql, timeZone, onProblem }: FollowConfig) {
  return async (source: string, offset: number, sent: Uint8Array): Promise<number> => {
    if (!SOURCE.test(source) || !Number.isSafeInteger(offset) || offset < 0) throw new MailCoreError('refused')
    const octets = Buffer.from(sent)
    // How long the first line is cannot be known: it may be another file's.
    if (offset === 0 && !octets.includes(LINE_END)) return 0
    for (;;) {
      const step = await take(sql, `push:${source}`, offset, octets, timeZone)
      if (!step) {
        await pause(PAUSE_MS)
        continue
      }
      if (step.leftOut) onProblem?.(new Error(`${step.leftOut} records are of days that the trace does not keep`))
      if (!step.more) return step.next
    }
  }
}

/** The next lines that are not known yet. Null when the same source is being taken in at this moment. */
async function take(sql: Sql, source: string, offset: number, octets: Buffer, timeZone: string) {
  const from = await positionOf(sql, source)
  const first = offset === 0 ? digestOfFirstLine(octets) : null
  const stored = placeIn(Stored.safeParse(JSON.parse(from.json)).data, offset, first)
  const known = stored.offset - offset
  const fresh = known < 0 ? octets.subarray(0, 0) : octets.subarray(known)
  const lines = fresh.subarray(0, endOfLines(fresh))
  if (lines.length === 0) return { more: false, leftOut: 0, next: stored.offset }
  const sessions = { ...stored.sessions }
  const records = lineReader(timeZone)(lines.toString(), sessions)
  const next = stored.offset + lines.length
  const leftOut = await advance(sql, from, { offset: next, first: stored.first ?? first, sessions } satisfies Stored, records)
  return leftOut === null ? null : { more: fresh.includes(LINE_END, lines.length), leftOut, next }
}

/** Behind the last line end within a step, or behind the first of all. */
function endOfLines(octets: Buffer): number {
  return octets.lastIndexOf(LINE_END, AT_ONCE - 1) + 1 || octets.indexOf(LINE_END) + 1
}

function placeIn(stored: Stored | undefined, offset: number, first: string | null): Stored {
  if (!stored) return { offset, first, sessions: {} }
  // The file was rotated.
  if (first !== null && first !== stored.first) return { offset: 0, first, sessions: stored.sessions }
  return stored
}

function digestOfFirstLine(octets: Buffer): string | null {
  const end = octets.indexOf(LINE_END)
  return end < 0 ? null : createHash('sha256').update(octets.subarray(0, end)).digest('hex')
}
