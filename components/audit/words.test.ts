import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { exampleInput } from '#lib/platform/faces/openapi.ts'
import type { Locale } from '#lib/platform/i18n/locale.ts'
import en from '#lib/platform/i18n/messages/en/audit.json'
import zh from '#lib/platform/i18n/messages/zh-CN/audit.json'
import { fieldsOf, rolesOf, textOf, type Words } from './words.ts'

const words = (locale: Locale, audit: typeof en) =>
  createTranslator({ locale, namespace: 'audit', messages: { audit } }) as unknown as Words
const [chinese, english] = [words('zh-CN', zh), words('en', en)]

test('What was written down is told under its name, yes and no in words, and what is newer under its own', () => {
  const detail = { on: true, unusual: false, names: ['a', 'b'], ids: [], why: null, brandNew: 7, reason: 'x', ticket: 'y' }
  const told = (t: Words) => fieldsOf(t, detail).map(({ label, value }) => [label, value])
  expect(told(english)).toEqual([
    ['On', 'yes'],
    ['Unusual', 'no'],
    ['Names', 'a · b'],
    ['Which', 'none'],
    ['Why', 'none'],
    ['brandNew', '7'],
  ])
  expect(told(chinese).slice(0, 2)).toEqual([
    ['开启', '是'],
    ['异常', '否'],
  ])
})

test('Reason and ticket stand apart, roles have their names', () => {
  expect(textOf({ detail: { ticket: 'ITS-1' } }, 'ticket')).toBe('ITS-1')
  expect(textOf({ detail: { ticket: 7 } }, 'ticket')).toBeNull()
  expect(rolesOf(english, ['agent', 'admin', 'gone'])).toBe('agent · administrator · gone')
})

const fieldOf = (audit: typeof en, name: string) => (audit.fields as Record<string, string>)[name]

test('What an administrator’s change writes down has a name in both languages', () => {
  const changed = OPERATIONS.filter(({ name }) => /^(settings|tokens|webhooks)\./.test(name))
  const written = changed.flatMap((operation) => Object.keys(operation.audit(operation.input.parse(exampleInput(operation)))))
  // Besides what was asked: what the services find.
  for (const name of new Set([...written, 'before', 'after', 'askedBy']))
    if (name !== 'reason') expect([name, fieldOf(en, name), fieldOf(zh, name)]).toEqual([name, expect.any(String), expect.any(String)])
})
