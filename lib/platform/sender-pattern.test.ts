import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { barOf, readSender, SenderPattern } from './sender-pattern.ts'
import { naughtyStrings } from './testing/hostile.ts'

describe('a sender is read', () => {
  test.each([
    ['zhao@elsewhere.example', 'zhao@elsewhere.example'],
    ['  Zhao.Wei+list@Elsewhere.Example ', 'zhao.wei+list@elsewhere.example'],
    ['@elsewhere.example', '@elsewhere.example'],
    ['elsewhere.example', '@elsewhere.example'],
    ['lab.elsewhere.co.uk', '@lab.elsewhere.co.uk'],
    ["o'brien@elsewhere.example", "o'brien@elsewhere.example"],
    ['bounce-12_3=lin=yunling@elsewhere.example', 'bounce-12_3=lin=yunling@elsewhere.example'],
    ['赵@例子.example'.replace('赵', 'zhao'), 'zhao@xn--fsqu00a.example'],
    ['中国.中国', '@xn--fiqs8s.xn--fiqs8s'],
  ])('%s', (text, sender) => {
    expect(readSender(text)).toEqual({ sender })
  })

  test.each([
    ['of full width', 'ｚｈａｏ＠ｅｌｓｅｗｈｅｒｅ．ｅｘａｍｐｌｅ', 'zhao@elsewhere.example'],
    ['with the full stop of Chinese', 'zhao@elsewhere。example', 'zhao@elsewhere.example'],
    ['in a ligature', 'oﬃce@elsewhere.example', 'office@elsewhere.example'],
    ['in another script, which shows', 'info@аpple.example', 'info@xn--pple-43d.example'],
    ['with a sharp s', 'straße.example', '@xn--strae-oqa.example'],
  ])('T30 %s', (_, text, sender) => {
    expect(readSender(text)).toEqual({ sender })
  })

  test.each([
    ['a look-alike before the @', 'аdmin@elsewhere.example'],
    ['a name in Chinese before the @', '赵@elsewhere.example'],
    ['a mark that turns the reading direction', 'zhao@elsewhere.exa\u202emple'],
    ['a space of no width', 'zh\u200bao@elsewhere.example'],
    ['a soft hyphen', 'zhao@else\u00adwhere.example'],
    ['a line end', 'zhao@elsewhere.example\r\nbcc: x@y.example'],
    ['a NUL', 'zhao\0@elsewhere.example'],
  ])('T30 not with %s', (_, text) => {
    expect(readSender(text)).toEqual({ fault: 'letters' })
  })

  test.each(['*', '@*', '*@*', '*@elsewhere.example', '@*.example', 'zhao@*', '＊@elsewhere.example'])('T27 %s is no sender', (text) => {
    expect(readSender(text)).toEqual({ fault: 'wildcard' })
  })

  test.each(['@com', '@cn', '@com.cn', 'edu.cn', 'ac.uk', '@CO.JP'])('T27 nor is %s, under which strangers register', (text) => {
    expect(readSender(text)).toEqual({ fault: 'suffix' })
  })

  test.each([
    ['', '@', '@@', 'zhao', 'zhao@', 'zhao@localhost', 'a@b@c.example', 'zhao wei@elsewhere.example', '"zhao"@elsewhere.example'],
    ['zhao@elsewhere..example', 'zhao@.example', 'zhao@elsewhere.example.', '@-elsewhere.example', 'zhao@else_where.example'],
    ['zhao@127.0.0.1', '@127.0.0.1', 'zhao@0x7f.1', 'zhao@[::1]', 'zhao@[10.0.0.1]', 'elsewhere.example:25', 'elsewhere%2eexample.cn'],
    ['https://elsewhere.example/', 'zhao@elsewhere.example/x', `${'x'.repeat(65)}@elsewhere.example`, `@${'x'.repeat(64)}.example`],
    [`zhao@${'elsewhere.'.repeat(25)}example`],
  ])('nor are %s, %s, %s', (...texts) => {
    for (const text of texts) expect(readSender(text), text).toEqual({ fault: 'shape' })
  })

  test('T28 T30 whatever comes, a sender is lower-case ASCII with one @ and reads as itself', () => {
    const one = (text: string) => {
      const read = readSender(text)
      if (!('sender' in read)) return
      expect(read.sender, text).toMatch(/^[a-z0-9.!#$%&'+/=?^_`{|}~-]{0,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      expect(readSender(read.sender), text).toEqual(read)
    }
    for (const text of naughtyStrings()) one(text)
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.emailAddress(),
      fc.domain(),
      fc.constantFrom('@', '.', '。', '＠', '*', ' '),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => one(parts.join(''))),
      { numRuns: 2_000 },
    )
    fc.assert(fc.property(fc.domain(), (domain) => SenderPattern.safeParse(`zhao@${domain}`).success))
  })
})

describe('a sender may stand on a person’s list', () => {
  const lin = { mailbox: 'lin@yunling.example', notices: 'no-reply@yunling.example' }

  test('T27 nobody of one’s own domain or below it is allowed', () => {
    for (const sender of ['wang@yunling.example', '@yunling.example', 'wang@lab.yunling.example', '@lab.yunling.example'])
      expect(barOf(sender, 'allow', lin)).toBe('own_domain')
    for (const sender of ['wang@notyunling.example', '@yunling.example.cn', '@elsewhere.example'])
      expect(barOf(sender, 'allow', lin)).toBeNull()
  })

  test('a colleague may be blocked, oneself not', () => {
    expect(barOf('wang@yunling.example', 'block', lin)).toBeNull()
    expect(barOf('lin@yunling.example', 'block', lin)).toBe('self')
    expect(barOf('lin@yunling.example', 'allow', lin)).toBe('self')
  })

  test('T27 where security notices come from cannot be blocked', () => {
    for (const sender of ['no-reply@yunling.example', '@yunling.example']) expect(barOf(sender, 'block', lin)).toBe('notices')
    const elsewhere = { ...lin, notices: 'portal@notices.example' }
    expect(barOf('@notices.example', 'block', elsewhere)).toBe('notices')
    expect(barOf('@yunling.example', 'block', elsewhere)).toBeNull()
  })
})
