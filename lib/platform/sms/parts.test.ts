import { expect, test } from 'vitest'
import { partsOf } from './parts.ts'

test.each([
  ['160 letters', 'a'.repeat(160), 1],
  ['161 letters', 'a'.repeat(161), 2],
  ['307 letters', 'a'.repeat(307), 3],
  ['70 characters', '验'.repeat(70), 1],
  ['71 characters', '验'.repeat(71), 2],
  ['135 characters', '验'.repeat(135), 3],
  ['letters with one character among them', `${'a'.repeat(70)}驿`, 2],
])('A text of %s is charged by its parts', (_, body, parts) => {
  expect(partsOf(body)).toBe(parts)
})
