import { Gauge, type Registry } from 'prom-client'
import { resources } from '../context.ts'
import { MEASURED } from './figures.ts'
import { countedAt, measuredNow, totals, waitingByAge } from './read.ts'

/** However many scrape, the database is asked once in so long. */
const KEPT_MS = 5_000
const AGES = ['under_1h', 'under_4h', 'under_24h', 'over_24h'] as const

async function read() {
  const { db } = resources()
  const [sums, waiting, counted, ...measured] = await Promise.all([
    totals(db),
    waitingByAge(db),
    countedAt(db),
    ...MEASURED.map((figure) => measuredNow(db, figure)),
  ])
  return { sums, waiting, counted, measured }
}

let latest: { at: number; found: ReturnType<typeof read> } | undefined
function latestFigures() {
  if (!latest || Date.now() - latest.at > KEPT_MS) latest = { at: Date.now(), found: read() }
  return latest.found
}

/**
 * What the service desk counts, from the aggregates. Gauges, though they grow: a text that failed and then arrived after all is taken back,
 * which in a counter would look like a new start. So `delta()`, not `increase()`.
 */
export function figureMetrics(registers: Registry[]): void {
  new Gauge({
    name: 'posthouse_figure',
    help: 'Since the beginning, by figure and its part (country, verdict, operation); money in millionths',
    labelNames: ['figure', 'dimension'],
    registers,
    async collect() {
      for (const { value, ...labels } of (await latestFigures()).sums) this.set(labels, value)
    },
  })
  new Gauge({
    name: 'posthouse_accounts',
    help: 'Accounts locked by wrong passwords, and idle for 90 days',
    labelNames: ['state'],
    registers,
    async collect() {
      const { measured } = await latestFigures()
      for (const [index, figure] of MEASURED.entries()) this.set({ state: figure.slice('accounts_'.length) }, measured[index] ?? 0)
    },
  })
  new Gauge({
    name: 'posthouse_requests_waiting',
    help: 'Requests that wait for staff, by age',
    labelNames: ['age'],
    registers,
    async collect() {
      const { waiting } = await latestFigures()
      for (const [index, age] of AGES.entries()) this.set({ age }, waiting[index] ?? 0)
    },
  })
  new Gauge({
    name: 'posthouse_figures_age_seconds',
    help: 'Since when the worker has not counted; it counts every five seconds',
    registers,
    async collect() {
      const { at, now } = (await latestFigures()).counted
      if (at) this.set((now.getTime() - at.getTime()) / 1_000)
    },
  })
}
