import { MailCoreError } from './errors.ts'

const MOST_WAITING = 200

interface Waiting {
  /** For how long a call waits for its turn, in ms; left out, as long as it takes. */
  patienceMs?: number
}

/**
 * Lets so many calls run at once; the others wait their turn. A crowd is turned away at once, and who has waited too long, so that
 * those who ask for what does not answer are kept for a short time only (F13).
 */
export function atMost(running: number, { patienceMs }: Waiting = {}): <T>(work: () => Promise<T>) => Promise<T> {
  let free = running
  const waiting = new Set<() => void>()

  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const next = () => {
        clearTimeout(timer)
        waiting.delete(next)
        resolve()
      }
      const leave = () => {
        waiting.delete(next)
        reject(new MailCoreError('unreachable'))
      }
      const timer = patienceMs === undefined ? undefined : setTimeout(leave, patienceMs)
      waiting.add(next)
    })

  return async (work) => {
    if (free > 0) free--
    else if (waiting.size >= MOST_WAITING) throw new MailCoreError('unreachable')
    else await turn()
    try {
      return await work()
    } finally {
      const [next] = waiting
      if (next) next()
      else free++
    }
  }
}
