import { bigint, boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './platform.ts'

export const figuresHourly = pgTable(
  'figures_hourly',
  {
    hour: instant('hour').notNull(),
    figure: text('figure').notNull(),
    dimension: text('dimension').notNull().default(''),
    value: bigint('value', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.hour, table.figure, table.dimension] })],
)

export const figureTotals = pgTable(
  'figure_totals',
  {
    figure: text('figure').notNull(),
    dimension: text('dimension').notNull(),
    value: bigint('value', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.figure, table.dimension] })],
)

export const componentStates = pgTable('component_states', {
  name: text('name').primaryKey(),
  ok: boolean('ok').notNull(),
  milliseconds: integer('milliseconds'),
  at: instant('at').notNull().defaultNow(),
})
