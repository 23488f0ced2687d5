import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SETTING_NAMES } from './env.ts'

it('Every setting stands in the one table', () => {
  const table = readFileSync(new URL('../../deploy/settings.md', import.meta.url), 'utf8')
  const missing = SETTING_NAMES.filter((name) => !table.includes(`\`${name}\``))
  expect(missing).toEqual([])
})
