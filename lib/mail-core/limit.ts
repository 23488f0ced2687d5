import { MailCoreError } from './errors.ts'

const MOST_WAITING = 200

/** Lets so many calls run at once; the others wait their turn, and a crowd is turned away (F13). */
export function atMost(running: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = running
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free--
    else if (waiting.length >= MOST_WAITING) throw new MailCoreError('unreachable')
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
