import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRules, hasForbidden, leastLength, lengthOf, type PasswordPolicy, type Person, prepare, type RuleName } from './rules.ts'

const NIST: PasswordPolicy = { profile: 'nist', least: 15, most: 128, siteWords: ['云岭', '云岭大学', 'yunling', 'posthouse', '驿站'] }
const SHORT: PasswordPolicy = { ...NIST, least: 8 }
const MLPS: PasswordPolicy = { ...SHORT, profile: 'mlps3' }
const LIN: Person = { name: '林悦', nameEn: 'Lin Yue', login: '20211106012', address: 'lin.yue@yunling.example' }
const EMILY: Person = { name: 'Emily Carter', nameEn: 'Emily Carter', login: 'emily.carter', address: 'emily.carter@yunling.example' }

const broken = (policy: PasswordPolicy, password: string, person: Person | null = LIN): RuleName[] =>
  checkRules(policy, person, password)
    .filter(({ met }) => !met)
    .map(({ rule }) => rule)

describe('A password', () => {
  test('is as long as its characters are many, however they are written', () => {
    expect(lengthOf('滇池的海鸥十一月回来')).toBe(10)
    expect(lengthOf('🐦🐦')).toBe(2)
    expect(prepare('e\u0301')).toBe('\u00e9')
    expect(lengthOf('e\u0301')).toBe(1)
  })

  test('is never changed but for its composition, so that whoever types it again gets in', () => {
    expect(prepare(' Ａ\u3000① ')).toBe(' Ａ\u3000① ')
  })

  test.each(['\0', 'a\tb', 'a\nb', '\x7f', '\x85', '\ud800', '\u2028'])('may not have %j in it', (text) => {
    expect(hasForbidden(text)).toBe(true)
  })

  test.each(['滇池 的 海鸥', '👩‍👩‍👧‍👦', 'Ünïcödé', '\'"\\;--', '\u3000'])('may have %j in it', (text) => {
    expect(hasForbidden(text)).toBe(false)
  })
})

describe('T13 the profile', () => {
  test('asks for 15 characters alone and for 8 beside a second factor', () => {
    expect(leastLength('nist', false)).toBe(15)
    expect(leastLength('nist', true)).toBe(8)
    expect(leastLength('mlps3', false)).toBe(8)
    expect(broken(NIST, 'vq7-kestrel-au')).toEqual(['length'])
    expect(broken(NIST, 'vq7-kestrel-aum')).toEqual([])
    expect(broken(SHORT, 'kestrelv')).toEqual([])
  })

  test('takes 64 Chinese characters, and up to 128', () => {
    const text = [...'滇池的海鸥十一月回来翠湖边上有人卖豆子和面包'].join('')
    expect(broken(NIST, text.repeat(6).slice(0, 64).replace(/来/g, 'q'))).not.toContain('length')
    expect(broken(NIST, Array.from({ length: 128 }, (_, index) => String.fromCodePoint(0x4e00 + index * 37)).join(''))).toEqual([])
    expect(broken(NIST, Array.from({ length: 129 }, (_, index) => String.fromCodePoint(0x4e00 + index * 37)).join(''))).toEqual(['length'])
  })

  test('mlps3 alone asks for three of four kinds, of which Chinese is one', () => {
    expect(checkRules(MLPS, null, '').map(({ rule }) => rule)).toEqual(['length', 'kinds', 'personal', 'site_words', 'repeated'])
    expect(checkRules(NIST, null, '').map(({ rule }) => rule)).toEqual(['length', 'personal', 'site_words', 'repeated'])
    for (const password of ['kestrelvq', 'Kestrelvq', 'kestrel47', '滇池的海鸥十一月回来', '滇池的海鸥十一月ab'])
      expect(broken(MLPS, password)).toEqual(['kinds'])
    for (const password of ['Kestrel47', 'kestrel-47', 'KESTREL-47', '滇池的海鸥十一月a7']) expect(broken(MLPS, password)).toEqual([])
  })
})

describe('T13 what is known of a person', () => {
  test.each([
    'linyue2026',
    'LinYue#2026',
    'lin.yue!26',
    'l i n y u e 26',
    'YueLin-2026',
    'euynil2026',
    '1inyue2026',
    'ｌｉｎｙｕｅ2026',
    '林悦2026ab',
    '悦林我的密码',
    '林 悦 2026ab',
    'ab20211106012',
    'qv106012',
    'qv-21060111202',
    'lin.yue@yunling2026',
  ])('does not count in %s', (password) => {
    expect(broken(SHORT, password)).toContain('personal')
  })

  test.each(['linyue kestrel-vq', '林悦喜欢在翠湖边上喂海鸥', 'Emily takes the night train'])(
    'may stand in %s, which is long enough without',
    (password) => {
      expect(broken(SHORT, password)).toEqual([])
      expect(broken(SHORT, password, EMILY)).toEqual([])
    },
  )

  test('is not looked for in parts that honest words have too', () => {
    const xu: Person = { name: '李', nameEn: 'Xu Li', login: 'xl', address: 'x.l7@yunling.example' }
    expect(broken(SHORT, 'xu7kvlie', xu)).toEqual([])
    expect(broken(SHORT, 'xuli77ab', xu)).toEqual(['personal'])
    expect(broken(SHORT, 'xuli77ab', null)).toEqual([])
  })

  test('may have any letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, password) => {
        const person = { name, nameEn: name, login: name, address: `${name}@yunling.example` }
        expect(checkRules({ ...NIST, siteWords: [name] }, person, password)).toHaveLength(4)
      }),
    )
  })
})

describe('T13 the words of the site', () => {
  test.each([
    'yunling2026',
    'YunLing@26',
    'yun1ing2026',
    'Yùnling2026'.normalize('NFC').replace('ù', 'u'),
    'gnilnuy2026',
    'p0$th0use26',
    '云岭大学2026',
    '我在驿站12',
  ])('do not count in %s', (password) => {
    expect(broken(SHORT, password, null)).toContain('site_words')
  })

  test('may stand in a password that is long enough without', () => {
    expect(broken(NIST, 'the gulls of yunling fly in november', null)).toEqual([])
    expect(broken(SHORT, '云岭的海鸥十一月飞回来', null)).toEqual([])
    expect(broken(NIST, 'yunling20261125', null)).toEqual(['site_words'])
    // The lin in yunling is not the name of Lin.
    expect(broken(NIST, 'yunling20261125', LIN)).toEqual(['site_words'])
  })
})

describe('T13 what only repeats or counts on', () => {
  test.each([
    'aaaaaaaaaaaaaaaa',
    '1234567890123456',
    '9876543210987654',
    'qwertyuiopasdfghjkl',
    'abcabcabcabcabcabc',
    'passwordpassword',
    '一二三四五六七八九十一二三四五',
    'ＱＷＥＲＴＹＵＩＯＰ１２３４５６',
    '1qaz2wsx3edc4rfv',
    '我我我我我我我我我我我我我我我',
    '                ',
  ])('does not make %s long enough', (password) => {
    expect(broken(NIST, password, null)).toContain('repeated')
  })

  test.each(['mississippi river 1234', 'my dog is 12345678 days old', 'kestrels-au-1234', '天天向上的海鸥在滇池边上吃面包'])(
    'may stand in %s',
    (password) => {
      expect(broken(NIST, password, null)).toEqual([])
    },
  )
})

test('T13 a hostile password is judged as soon as any other', () => {
  const varied = Array.from({ length: 100_000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index ** 3 % 1_000_003) % 20_000))).join('')
  // Each would take a pattern that goes back, or a comparison of all with all, minutes.
  for (const password of [varied, ...['@$', 'a', 'ab', '!|1l', 'ﷺ', 's$s$'].map((unit) => unit.repeat(5_000))])
    expect(broken(NIST, password, { ...LIN, name: 'sasasasasasasb', nameEn: 'iiliiliiliilb' })).toContain('length')
})
