import { watch } from 'node:fs'
import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { z } from 'zod'
import { openAt, type Place, printOf, wholeLines } from './log-family.ts'
import { lineReader } from './log-lines.ts'
import { advance, positionOf } from './positions.ts'

export interface FollowConfig {
  sql: Sql
  timeZone: string
  onProblem?: (error: unknown) => void
}

const POLL_MS = 500
// Lines that come one by one are taken in together.
const GATHER_MS = 100

/** The same path on another machine is another file. */
export const sourceOf = (path: string) => `file:${hostname()}:${path}`

const Stored = z.object({ offset: z.number(), print: z.string(), sessions: z.record(z.string(), z.string()) })

/** Takes in a log file as it grows, until told to stop; any number may do so at once. Throws what goes wrong. */
export async function followFile(path: string, config: FollowConfig, signal: AbortSignal): Promise<void> {
  const changes = changesOf(path, signal)
  const read = lineReader(config.timeZone)
  let finished = ''
  while (!signal.aborted) {
    const seen = await signatureOf(path)
    if (seen === '' || seen !== finished) {
      const step = await takeNext(path, config, read)
      if (step === 'more') continue
      finished = step === 'finished' ? seen : ''
    }
    await changes.next(POLL_MS)
    await pause(GATHER_MS, undefined, { signal }).catch(() => {})
  }
}

/** `finished`: all of the newest file is read. `idle`: nothing new now, or somebody else is at it. */
async function takeNext(
  path: string,
  { sql, onProblem }: FollowConfig,
  read: ReturnType<typeof lineReader>,
): Promise<'more' | 'finished' | 'idle'> {
  const from = await positionOf(sql, sourceOf(path))
  const stored = Stored.safeParse(JSON.parse(from.json)).data
  const file = await openAt(path, stored ?? null)
  if (!file) return 'idle'
  const { handle, offset } = file
  try {
    const lines = await wholeLines(handle, offset)
    if (lines.length === 0) return (await handle.stat()).ino === (await stat(path).catch(() => null))?.ino ? 'finished' : 'idle'
    const sessions = { ...stored?.sessions }
    const records = read(lines.toString(), sessions)
    const place: Place = { offset: offset + lines.length, print: await printOf(handle, offset + lines.length) }
    const leftOut = await advance(sql, from, { ...place, sessions }, records)
    if (leftOut) onProblem?.(new Error(`${leftOut} records are of days that the trace does not keep`))
    return leftOut === null ? 'idle' : 'more'
  } finally {
    await handle.close()
  }
}

const signatureOf = async (path: string) => {
  const found = await stat(path).catch(() => null)
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : ''
}

/** Waits for the next change of the file, or for so many milliseconds: not every file system tells of changes. */
function changesOf(path: string, signal: AbortSignal) {
  let wake = () => {}
  let changed = false
  const change = () => {
    changed = true
    wake()
  }
  try {
    const watcher = watch(dirname(path), { signal }, (_, name) => {
      if (name === null || name === basename(path)) change()
    })
    watcher.on('error', () => {})
  } catch {
    // A folder that is not there yet is looked for again and again.
  }
  signal.addEventListener('abort', change, { once: true })
  return {
    async next(ms: number): Promise<void> {
      if (!changed) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      changed = signal.aborted
    },
  }
}
