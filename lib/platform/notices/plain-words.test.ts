import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainWords } from './plain-words.ts'

test('a name that people use stays as it is', () => {
  for (const name of ['iPhone', '林的手机', 'Foxmail 7', '👩‍💻'.slice(0, 2), 'Büro-PC']) expect(plainWords(name)).toBe(name)
})

test('T33 a name becomes one visible line of at most 80 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const words = plainWords(name).replaceAll('\u200b', '')
      return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(words) && [...words].length <= 80
    }),
  )
  expect(plainWords('a\r\nBcc: b')).toBe('a Bcc: b')
  expect(plainWords('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`)
  expect(plainWords('\u202egnp.exe')).not.toContain('\u202e')
})

test.each(['https://evil.example/x', 'www.evil.example', 'me@evil.example', '云.中国/密码'])('%s is no link', (name) => {
  expect(plainWords(name)).not.toMatch(/\w[.:/@][\p{L}\p{N}/]/u)
})
