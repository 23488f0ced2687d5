import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { atMost } from '#lib/mail-core/limit.ts'
import { LIMITS, PreviewRefused, type SafePreview } from './preview.ts'
import type { Answer } from './worker.ts'

export interface ThreadLimits {
  /** Of the processor, so that a busy machine refuses no honest mail: one of 25 MB needs 500. */
  processorMs: number
  /** By the clock, for a thread that gets no processor, or does not say how much it had. */
  patienceMs: number
  /** Of objects and strings; the octets of the mail come on top, several times over. */
  heapMb: number
}

const THREAD: ThreadLimits = { processorMs: 2_000, patienceMs: 20_000, heapMb: 256 }

/** From the root, where every process of the portal starts: a bundle has no folder of its own to look into. */
const WORKER = join(process.cwd(), 'lib/platform/safe-preview/worker.ts')

/** Two at once leave the portal a processor, however many bombs arrive together (T38). */
const inTurn = atMost(2)

/** A thread that has read a mail and stands ready, since starting one costs more than most mails. */
let warm: Worker | undefined

/**
 * Turns a mail into something that can be shown without danger, in a thread of its own that is ended at its limits (T38).
 * @param raw the mail as it was received (RFC 5322)
 * @throws PreviewRefused
 */
export async function safePreview(raw: Uint8Array, limits: Partial<ThreadLimits> = {}): Promise<SafePreview> {
  if (raw.byteLength > LIMITS.bytes) throw new PreviewRefused('too_large')
  const answer = await inTurn(() => readInThread(raw, { ...THREAD, ...limits })).catch((error: unknown) => {
    // The queue is full.
    throw error instanceof PreviewRefused ? error : new PreviewRefused('too_slow')
  })
  if ('refusal' in answer) throw new PreviewRefused(answer.refusal)
  return answer.preview
}

async function readInThread(raw: Uint8Array, limits: ThreadLimits): Promise<Answer> {
  const worker = takeThread(limits.heapMb)
  const spentBefore = await processorMsOf(worker)
  const spent = new AbortController()
  const answered = once(worker, 'message', { signal: AbortSignal.any([spent.signal, AbortSignal.timeout(limits.patienceMs)]) })
  // A copy of these octets alone: what is posted brings along the whole buffer that it is a part of.
  const octets = new Uint8Array(raw)
  worker.postMessage(octets, [octets.buffer])
  void abortWhenSpent(worker, spentBefore + limits.processorMs, spent)
  try {
    const [answer] = await answered
    await giveBack(worker, limits.heapMb)
    return answer
  } catch (error) {
    await worker.terminate()
    const { name, code } = error as NodeJS.ErrnoException
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') throw new PreviewRefused('too_much_memory')
    throw new PreviewRefused(name === 'AbortError' ? 'too_slow' : 'unreadable')
  } finally {
    spent.abort()
  }
}

/** Asks again only when the rest could be used up. */
async function abortWhenSpent(worker: Worker, mostMs: number, spent: AbortController): Promise<void> {
  while (!spent.signal.aborted) {
    const left = mostMs - (await processorMsOf(worker))
    if (left <= 0) spent.abort()
    else await sleep(left, undefined, { signal: spent.signal }).catch(() => undefined)
  }
}

/** Nothing while the thread is starting, or is no more. */
const processorMsOf = (worker: Worker): Promise<number> =>
  worker.cpuUsage().then(
    ({ user, system }) => (user + system) / 1_000,
    () => 0,
  )

function takeThread(heapMb: number): Worker {
  if (heapMb !== THREAD.heapMb || !warm) return startThread(heapMb)
  const worker = warm
  warm = undefined
  worker.ref()
  return worker
}

/** It has no environment and writes nowhere. */
function startThread(heapMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 }
  const worker = new Worker(WORKER, { name: 'safe-preview', env: {}, execArgv: [], stdout: true, stderr: true, resourceLimits })
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    if (warm === worker) warm = undefined
  })
  return worker
}

async function giveBack(worker: Worker, heapMb: number): Promise<void> {
  if (heapMb !== THREAD.heapMb || warm) return void (await worker.terminate())
  warm = worker
  worker.unref()
}
