import { expect, test } from 'vitest'
import english from '#lib/platform/i18n/messages/en/client-setup.json'
import { CLIENTS, clientFor, GUIDES } from './guides.ts'

type Words = Record<string, Record<string, string>>

test.each(CLIENTS)('The guide for %s has words for each step and each field of its drawings, and none besides', (client) => {
  const steps = GUIDES[client]
  expect(steps.map(({ words }) => words).sort()).toEqual(Object.keys((english.guides as Words)[client] ?? {}).sort())
  const drawn = steps.flatMap(({ drawing }) => (drawing ? [drawing.title, drawing.button, ...drawing.rows.map(([label]) => label)] : []))
  expect([...new Set(drawn)].sort()).toEqual(Object.keys((english.drawings as Words)[client] ?? {}).sort())
})

test('Every client has a name, and no other thing has', () => {
  expect(Object.keys(english.clients)).toEqual([...CLIENTS])
})

test('The guide that opens is the one asked for, else that of the device', () => {
  expect(clientFor('thunderbird', 'iOS')).toBe('thunderbird')
  expect(clientFor('toString', 'iOS')).toBe('ios')
  expect(clientFor(['ios'], 'macOS')).toBe('apple-mail')
  expect(clientFor(undefined, 'HarmonyOS')).toBe('android')
  expect(clientFor(undefined, 'Windows')).toBe('foxmail')
})
