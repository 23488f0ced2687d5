import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base32, blindIndex, codeDigest, numericCode, open, randomToken, sameBytes, seal, sealedWith } from './crypto.ts'
import { env } from './env.ts'

describe('T23 a sealed text', () => {
  test('opens again, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        const wellFormed = text.toWellFormed()
        expect(open(seal(wellFormed, context), context)).toBe(wellFormed)
      }),
    )
  })

  test('is never the same twice, and holds nothing of the text', () => {
    const [a, b] = [seal('+8613800138000', 'x'), seal('+8613800138000', 'x')]
    expect(a).not.toEqual(b)
    expect(Buffer.from(a).toString('latin1')).not.toContain('138')
  })

  test('does not open in another row or column', () => {
    expect(() => open(seal('+8613800138000', 'phone:lin'), 'phone:wang')).toThrow()
  })

  test('does not open when a single bit of it was changed', () => {
    const sealed = Buffer.from(seal('+8613800138000', 'x'))
    for (let n = 0; n < sealed.length; n++) {
      const changed = Buffer.from(sealed)
      changed[n] = (changed[n] as number) ^ 1
      expect(() => open(changed, 'x'), `byte ${n}`).toThrow()
    }
    for (const length of [0, 1, 5, sealed.length - 1]) expect(() => open(sealed.subarray(0, length), 'x')).toThrow()
  })

  test('opens with the key that it names, after another became the current one', () => {
    const sealed = seal('text', 'x')
    const keys = env().PHONE_KEYS
    expect(sealedWith(sealed)).toBe('k1')
    keys.unshift({ id: 'a-newer-key', key: randomBytes(32).toString('base64') })
    expect(open(sealed, 'x')).toBe('text')
    expect(sealedWith(seal('text', 'x'))).toBe('a-newer-key')
    keys.pop()
    expect(() => open(sealed, 'x')).toThrow('no key k1')
  })
})

test('A blind index finds a number and tells it to nobody without the key', () => {
  expect(blindIndex('+8613800138000')).toEqual(blindIndex('+8613800138000'))
  expect(blindIndex('+8613800138000')).not.toEqual(blindIndex('+8613800138001'))
  expect(blindIndex('+8613800138000')).toHaveLength(32)
})

test('T5 a code’s digest is bound to its flow', () => {
  expect(sameBytes(codeDigest('123456', 'a:new'), codeDigest('123456', 'a:new'))).toBe(true)
  for (const other of [codeDigest('123456', 'b:new'), codeDigest('123456', 'a:old'), codeDigest('123457', 'a:new'), new Uint8Array()])
    expect(sameBytes(codeDigest('123456', 'a:new'), other)).toBe(false)
})

test('T2 a code has its digits, and every digit in every place', () => {
  const codes = Array.from({ length: 2_000 }, () => numericCode(6))
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  for (let place = 0; place < 6; place++) expect(new Set(codes.map((code) => code[place])).size).toBe(10)
  expect(numericCode(8)).toMatch(/^\d{8}$/)
})

test('T23 a secret’s letters are all equally likely, and a token has 256 bits', () => {
  const letters = base32(32_000)
  expect(letters).toMatch(/^[a-z2-7]{32000}$/)
  const counts = new Map<string, number>()
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  // 1,000 each; six standard deviations are 190.
  for (const [letter, count] of counts) expect(Math.abs(count - 1_000), letter).toBeLessThan(190)
  expect(counts.size).toBe(32)
  expect(Buffer.from(randomToken(), 'base64url')).toHaveLength(32)
})
