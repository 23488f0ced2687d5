import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientName } from './client-name.ts'

test.each([
  ['Mozilla Thunderbird', 'Thunderbird'],
  ['com.apple.email.maild', 'iPhone Mail'],
  ['iPhone Mail', 'iPhone Mail'],
  ['iPad Mail', 'iPad Mail'],
  ['Mac OS X Mail', 'Apple Mail'],
  ['Microsoft Outlook', 'Outlook'],
  ['Microsoft.Outlook.Android', 'Outlook'],
  ['foxmail', 'Foxmail'],
  ['Roundcube Webmail', 'Roundcube'],
  ['网易邮箱大师', '网易邮箱大师'],
  ['K-9 Mail', 'K-9 Mail'],
])('%s is %s', (said, name) => {
  expect(clientName(said)).toBe(name)
})

test.each(['', ' ', 'NIL', '\u0000', '\u202e\u200b', '\ufffd'])('A client that says %j has no name', (said) => {
  expect(clientName(said)).toBeNull()
})

test('T28 a name loses what cannot be seen, and ends after forty characters', () => {
  expect(clientName('a\u202eb\r\nc\u0000d')).toBe('a b c d')
  expect(clientName('滇'.repeat(100))).toBe('滇'.repeat(40))
  expect(clientName(`${'x'.repeat(39)}📮📮`)).toBe(`${'x'.repeat(39)}📮`)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (said) => !/[\p{Cc}\p{Cf}]/u.test(clientName(said) ?? '')))
})
