import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { median, quantile } from '#e2e/bench-numbers.ts'
import { safePreview } from '#lib/platform/safe-preview/safe-preview.ts'
import { horrors } from '#lib/platform/safe-preview/testing/horrors.ts'

/**
 * How long the portal's process takes to answer others while people open mail bombs without a pause (T38), against the same
 * process at rest. Prints the 99th percentiles, and says whether their ratio is within its limit.
 */
const ANSWERS = 3_000
const ROUNDS = 3
const READERS = 4
const MOST_RATIO = 5

// Asks from a thread of its own, so that a busy process cannot hide from its clock.
const ASKER = `
  const { parentPort, workerData: { url, answers } } = require('node:worker_threads')
  void (async () => {
    const took = []
    for (let i = 0; i < answers; i++) {
      const start = performance.now()
      await (await fetch(url)).text()
      took.push(performance.now() - start)
    }
    parentPort.postMessage(took)
  })()`

async function ask(url: string): Promise<number> {
  const asker = new Worker(ASKER, { eval: true, workerData: { url, answers: ANSWERS } })
  const [took] = (await once(asker, 'message')) as [number[]]
  return quantile(took, 0.99)
}

async function whileBombsAreOpened(url: string): Promise<{ p99: number; opened: number }> {
  const bombs = horrors().map(({ raw }) => raw)
  let going = true
  let opened = 0
  const readers = Array.from({ length: READERS }, async (_, reader) => {
    for (let next = reader; going; next += READERS) {
      await safePreview(bombs[next % bombs.length] as Buffer).catch(() => {})
      opened += 1
    }
  })
  const p99 = await ask(url)
  going = false
  await Promise.all(readers)
  return { p99, opened }
}

const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
const rounds: { rest: number; bombs: number; opened: number }[] = []
for (let round = 0; round < ROUNDS; round++) {
  const rest = await ask(url)
  const { p99, opened } = await whileBombsAreOpened(url)
  rounds.push({ rest, bombs: p99, opened })
}
server.close()
const rest = median(rounds.map(({ rest }) => rest))
const bombs = median(rounds.map(({ bombs }) => bombs))
const ratio = bombs / rest
const opened = rounds.reduce((sum, { opened }) => sum + opened, 0)
console.log(`safe preview, ${READERS} readers, ${opened} bombs; 99th percentile of other answers`)
console.log(`  at rest ${rest.toFixed(1)} ms, while bombs are opened ${bombs.toFixed(1)} ms; ratio ${ratio.toFixed(1)}`)
process.exit(ratio <= MOST_RATIO ? 0 : 1)
