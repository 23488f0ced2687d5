import { sql } from 'drizzle-orm'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { resources } from './context.ts'
import { figureMetrics } from './figures/metrics.ts'
import { latestComponents } from './health.ts'

interface Metrics {
  registry: Registry
  operations: Counter<'operation' | 'outcome'>
  seconds: Histogram<'operation'>
}

const held = globalThis as typeof globalThis & { posthouseMetrics?: Metrics }

function create(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  new Gauge({
    name: 'posthouse_component_up',
    help: '1 when the component answers',
    labelNames: ['component'],
    registers,
    async collect() {
      for (const { name, ok } of await latestComponents()) this.set({ component: name }, ok ? 1 : 0)
    },
  })
  new Gauge({
    name: 'posthouse_component_seconds',
    help: 'How long the answer of the component took; nothing when there was none',
    labelNames: ['component'],
    registers,
    async collect() {
      this.reset()
      for (const { name, milliseconds } of await latestComponents())
        if (milliseconds !== null) this.set({ component: name }, milliseconds / 1_000)
    },
  })
  figureMetrics(registers)
  new Gauge({
    name: 'posthouse_jobs_waiting',
    help: 'Jobs that are due and not taken',
    registers,
    async collect() {
      const [row] = await resources().db.execute<{ n: number }>(
        sql`select count(*)::int as n from graphile_worker.jobs where run_at <= now() and locked_at is null`,
      )
      this.set(row?.n ?? 0)
    },
  })
  return {
    registry,
    operations: new Counter({
      name: 'posthouse_operations_total',
      help: 'Operations by outcome',
      labelNames: ['operation', 'outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'posthouse_operation_seconds',
      help: 'Time of an operation',
      labelNames: ['operation'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
  }
}

export function metrics(): Metrics {
  held.posthouseMetrics ??= create()
  return held.posthouseMetrics
}
