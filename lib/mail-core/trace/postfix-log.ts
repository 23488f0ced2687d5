import { setTimeout as pause } from 'node:timers/promises'
import { unreachableUnless } from '../sql-errors.ts'
import { type FollowConfig, followFile } from './log-file.ts'
import type { Trace } from './port.ts'
import { pushedLines } from './pushed-lines.ts'
import { storedTrace } from './read.ts'
import { followScans } from './rspamd-scans.ts'

export interface PostfixTraceConfig extends FollowConfig {
  /** Logs of Postfix and Dovecot on this machine; one may hold both. */
  files: readonly string[]
  /** Of the stream in which the filter writes what it found. */
  redisUrl?: string
}

const PAUSE_MS = 1_000

/** What Postfix, Dovecot and Rspamd write as they go along. */
export function postfixTrace(config: PostfixTraceConfig): Trace {
  const { sql, files, redisUrl, onProblem } = config
  const take = pushedLines(config)
  const sources: ((signal: AbortSignal) => Promise<void>)[] = files.map((path) => (signal) => followFile(path, config, signal))
  if (redisUrl) sources.push((signal) => followScans(redisUrl, config, signal))
  return {
    ...storedTrace(sql),
    follow: async (signal) => {
      await Promise.all(sources.map((follow) => again(follow, signal, onProblem)))
    },
    takeLines: (source, offset, text) => unreachableUnless(() => take(source, offset, text)),
  }
}

/** A database or a file that cannot be read now is read later, from the same place on. */
async function again(follow: (signal: AbortSignal) => Promise<void>, signal: AbortSignal, onProblem?: (error: unknown) => void) {
  while (!signal.aborted) {
    const round = new AbortController()
    try {
      await follow(AbortSignal.any([signal, round.signal]))
    } catch (error) {
      if (signal.aborted) return
      onProblem?.(error)
      await pause(PAUSE_MS, undefined, { signal }).catch(() => {})
    } finally {
      round.abort()
    }
  }
}
