import { describe, expect, test } from 'vitest'
import { destinationOf, isDeceptive } from './links.ts'

describe('T36 where a link leads', () => {
  test.each([
    ['https://yunling.example/a b', 'https://yunling.example/a%20b'],
    [' ht\ntps://yunling.example\t', 'https://yunling.example/'],
    ['//yunling.example/x', 'https://yunling.example/x'],
    ['https://云岭.example/', 'https://xn--9kqv75a.example/'],
    ['https://bank.example@evil.example/x', 'https://evil.example/x'],
    ['https://bank.example\u202e@evil.example/x', 'https://evil.example/x'],
    ['mailto:lin.yue@yunling.example', 'mailto:lin.yue@yunling.example'],
    ['java\u0000script:alert(1)', 'javascript:…'],
    ['JAVA\nSCRIPT:alert(1)', 'javascript:…'],
    ['data:text/html,x', 'data:…'],
    ['invoices/1', 'invoices/1'],
    ['#top', undefined],
    ['  ', undefined],
  ])('%j is shown as %j', (href, shown) => {
    expect(destinationOf(href)).toBe(shown)
  })

  test('is cut at its end, so that the host stays', () => {
    const shown = destinationOf(`https://evil.example/${'x'.repeat(5_000)}`)
    expect(shown).toMatch(/^https:\/\/evil\.example\/x+…$/)
    expect(shown).toHaveLength(300)
  })
})

describe('A link is deceptive', () => {
  test.each([
    ['bank.example', 'https://evil.example/'],
    ['https://bank.example/login', 'https://bank.example.evil.example/'],
    ['Sign in at www.bank.example now', 'https://evil.example/'],
    ['ｂａｎｋ．example', 'https://evil.example/'],
    ['bank。example', 'https://evil.example/'],
    ['help@bank.example', 'mailto:help@evil.example'],
    ['bank.example', 'tel:+15550100'],
    ['https://bank.example@evil.example/', 'https://evil.example/'],
    ['click', 'javascript:…'],
  ])('when %j leads to %j', (text, to) => {
    expect(isDeceptive(text, to)).toBe(true)
  })

  test.each([
    ['bank.example', 'https://www.bank.example/login'],
    ['www.bank.example', 'https://bank.example/'],
    ['https://云岭.example', 'https://xn--9kqv75a.example/'],
    ['Read more…', 'https://bank.example/'],
    ['invoice.pdf', 'https://files.example/1'],
    ['3.5 stars', 'https://shop.example/'],
    ['help@bank.example', 'mailto:help@bank.example?subject=x'],
    ['https://user@bank.example/', 'https://bank.example/'],
    ['', 'https://bank.example/'],
    ['call us', 'tel:+15550100'],
    ['x'.repeat(100_000), 'https://bank.example/'],
  ])('but not when %j leads to %j', (text, to) => {
    expect(isDeceptive(text, to)).toBe(false)
  })
})
