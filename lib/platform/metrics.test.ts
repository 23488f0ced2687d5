import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { FIGURES } from './figures/figures.ts'
import { rollUp } from './figures/roll-up.ts'
import { metrics } from './metrics.ts'
import { type House, testHouse } from './testing/house.ts'

let house: House
let text: string
beforeAll(async () => {
  house = await testHouse()
  Object.assign(globalThis, { posthouse: { db: house.db, mail: house.mail } })
  await house.person('lin')
  await house.owner`
    insert into sms_messages (mailbox, purpose, phone_cipher, country, state) values ('a@yunling.example', 'code', ''::bytea, 'HK', 'delivered')`
  await house.owner`
    insert into staff_requests (mailbox, kind, about, words, created_at)
    values ('a@yunling.example', 'message', '{}', 'words', now() - interval '5 hours')`
  await rollUp(house.db, 'UTC')
  text = await metrics().registry.metrics()
})

test('What the service desk counts stands among the metrics', () => {
  expect(text).toContain('posthouse_figure{figure="sign_ins",dimension=""} 1\n')
  expect(text).toContain('posthouse_figure{figure="texts_delivered",dimension="HK"} 1\n')
  expect(text).toContain('posthouse_requests_waiting{age="under_24h"} 1\n')
  expect(text).toMatch(/posthouse_accounts\{state="locked"\} 0\n/)
  expect(text).toMatch(/posthouse_figures_age_seconds \d/)
  expect(text).toMatch(/posthouse_component_seconds\{component="database"\} [\d.]+\n/)
})

interface Panel {
  title: string
  type: string
  targets?: { expr: string }[]
  gridPos: { x: number; y: number; w: number; h: number }
}

const dashboard: { panels: Panel[]; templating: { list: { name: string }[] } } = JSON.parse(
  readFileSync(new URL('../../deploy/grafana/posthouse.json', import.meta.url), 'utf8'),
)
const queries = dashboard.panels.flatMap(({ targets = [], title }) => targets.map(({ expr }) => [title, expr] as const))

test.each(queries)('The Grafana dashboard asks for what there is: %s', (_, query) => {
  const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name as string))
  const asked = query.match(/posthouse_\w+/g) ?? []
  expect(asked.length).toBeGreaterThan(0)
  for (const name of asked) expect(known, name).toContain(name.replace(/_bucket$/, ''))
  for (const [, figure] of query.matchAll(/figure="(\w+)"/g)) expect(FIGURES).toContain(figure)
  const depth = [...query].reduce((open, letter) => open + (letter === '(' ? 1 : letter === ')' ? -1 : 0), 0)
  expect(depth).toBe(0)
})

test('Its panels have a place each, and every one asks something', () => {
  const cells = new Set<string>()
  for (const { title, type, targets = [], gridPos } of dashboard.panels) {
    if (type !== 'row') expect(targets.length, title).toBeGreaterThan(0)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(cells, title).not.toContain(`${x} ${y}`)
        cells.add(`${x} ${y}`)
      }
    }
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
  }
})
