import { readdirSync, readFileSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import { ERRORS } from '../errors.ts'
import { LOCALES } from './locale.ts'
import { NAMESPACES } from './namespaces.ts'
import { translator } from './translator.ts'

type Tree = { [key: string]: string | Tree }

const folder = (locale: string) => `${import.meta.dirname}/messages/${locale}`
const read = (locale: string, name: string): Tree =>
  JSON.parse(readFileSync(`${folder(locale)}/${name}.json`, 'utf8'))

function flatten(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : flatten(value, `${path}${key}.`),
  )
}

/** The names a message asks for, with their kind: `count:number`, `link:tag`. */
function parameters(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return []
      case TYPE.tag:
        return [`<${element.value}>`, ...parameters(element.children)]
      case TYPE.plural:
      case TYPE.select:
        return [
          element.value,
          ...Object.values(element.options).flatMap((option) => parameters(option.value)),
        ]
      default:
        return [element.value]
    }
  })
}

const texts = LOCALES.flatMap((locale) =>
  NAMESPACES.flatMap((name) =>
    flatten(read(locale, name)).map(([key, text]) => ({ locale, key: `${name}.${key}`, text })),
  ),
)
const offences = (pattern: RegExp, locale?: string) =>
  texts
    .filter((entry) => (!locale || entry.locale === locale) && pattern.test(entry.text))
    .map(({ locale, key, text }) => `${locale} ${key}: ${text}`)

test('every file of messages is listed, in both languages', () => {
  for (const locale of LOCALES) {
    expect(readdirSync(folder(locale)).sort()).toEqual(NAMESPACES.map((name) => `${name}.json`).sort())
  }
})

describe.each(NAMESPACES)('%s', (name) => {
  const [chinese, english] = LOCALES.map((locale) => new Map(flatten(read(locale, name))))

  test('both languages have the same keys', () => {
    expect([...(chinese as Map<string, string>).keys()].sort()).toEqual(
      [...(english as Map<string, string>).keys()].sort(),
    )
  })

  test('both languages ask for the same values', () => {
    const asked = (messages: Map<string, string>) =>
      [...messages].map(([key, text]) => [key, [...new Set(parameters(parse(text)))].sort()]).sort()
    expect(asked(chinese as Map<string, string>)).toEqual(asked(english as Map<string, string>))
  })
})

describe('words', () => {
  test('no exclamation mark', () => expect(offences(/[!！]/)).toEqual([]))
  test('你, never the other one', () => expect(offences(/您/)).toEqual([]))
  test('no ceremony', () =>
    expect(offences(/\b(please|successful(ly)?|sorry|oops)\b|成功|抱歉/i)).toEqual([]))
  test('no typed space between Han and Latin or digits', () => {
    expect(
      offences(/\p{Script=Han} +[\p{Script=Latin}\d{<]|[\p{Script=Latin}\d}>] +\p{Script=Han}/u, 'zh-CN'),
    ).toEqual([])
  })
  test('full-width punctuation after Han', () =>
    expect(offences(/\p{Script=Han}[,.:?;()]/u, 'zh-CN')).toEqual([]))
  test('typographic quotation marks and apostrophes in English', () =>
    expect(offences(/["']/, 'en')).toEqual([]))
  test('nothing is empty', () => expect(offences(/^\s*$/)).toEqual([]))
})

test('every error code has its sentence', () => {
  for (const locale of LOCALES)
    expect(Object.keys(read(locale, 'errors')).sort()).toEqual(Object.keys(ERRORS).sort())
})

describe('translator, for mails and SMS', () => {
  test('speaks both languages', () => {
    expect(translator('zh-CN', 'common')('toFix', { count: 2 })).toBe('有2处要改')
    expect(translator('en', 'common')('toFix', { count: 1 })).toBe('1 thing to fix')
  })

  test('a value that is not given is an error, not a hole in a text', () => {
    // @ts-expect-error: a key that does not exist is refused by the types as well
    expect(() => translator('en', 'common')('absent')).toThrow()
    expect(() => translator('en', 'common')('toFix', {})).toThrow()
  })
})
