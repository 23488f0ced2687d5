import { readdirSync, readFileSync } from 'node:fs'
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from '../errors.ts'
import { LOCALES } from './locale.ts'
import { NAMESPACES } from './namespaces.ts'

type Tree = { [key: string]: string | Tree }

const folder = (locale: string) => `${import.meta.dirname}/messages/${locale}`
const read = (locale: string, name: string): Tree => JSON.parse(readFileSync(`${folder(locale)}/${name}.json`, 'utf8'))

function flatten(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : flatten(value, `${path}${key}.`),
  )
}

/** What a message shows: its values and tags. A count that only chooses a form is not shown, and Chinese has no forms to choose from. */
function shown(elements: MessageFormatElement[], counted = ''): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
        return []
      case TYPE.pound:
        return [counted]
      case TYPE.tag:
        return [`<${element.value}>`, ...shown(element.children, counted)]
      case TYPE.plural:
        return Object.values(element.options).flatMap((option) => shown(option.value, element.value))
      case TYPE.select:
        return Object.values(element.options).flatMap((option) => shown(option.value, counted))
      default:
        return [element.value]
    }
  })
}

const texts = LOCALES.flatMap((locale) =>
  NAMESPACES.flatMap((name) => flatten(read(locale, name)).map(([key, text]) => ({ locale, key: `${name}.${key}`, text }))),
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
    expect([...(chinese as Map<string, string>).keys()].sort()).toEqual([...(english as Map<string, string>).keys()].sort())
  })

  test('both languages show the same values', () => {
    const values = (messages: Map<string, string>) =>
      [...messages].map(([key, text]) => [key, [...new Set(shown(parse(text)))].sort()]).sort()
    expect(values(chinese as Map<string, string>)).toEqual(values(english as Map<string, string>))
  })
})

describe('words', () => {
  test('no exclamation mark', () => expect(offences(/[!！]/)).toEqual([]))
  test('你, never the other one', () => expect(offences(/您/)).toEqual([]))
  test('no ceremony', () => expect(offences(/\b(please|successful(ly)?|sorry|oops)\b|成功|抱歉/i)).toEqual([]))
  test('no typed space between Han and Latin or digits', () => {
    expect(offences(/\p{Script=Han} +[\p{Script=Latin}\d{<]|[\p{Script=Latin}\d}>] +\p{Script=Han}/u, 'zh-CN')).toEqual([])
  })
  test('full-width punctuation after Han', () => expect(offences(/\p{Script=Han}[,.:?;()]/u, 'zh-CN')).toEqual([]))
  test('typographic quotation marks and apostrophes in English', () => expect(offences(/["']/, 'en')).toEqual([]))
  test('nothing is empty', () => expect(offences(/^\s*$/)).toEqual([]))
})

/** What the operations that are open to staff answer, beside what any answers. */
const AT_DESK: ErrorCode[] = [
  ...(['already_done', 'conflict', 'not_found', 'rate_limited', 'forbidden', 'invalid_input', 'unexpected'] as const),
  ...(['database_unavailable', 'mail_unreachable', 'mail_refused', 'mail_timeout', 'account_disabled'] as const),
  ...(['phone_required', 'phone_cooling_off', 'sms_limit', 'sms_budget', 'code_wrong', 'code_expired', 'code_exhausted'] as const),
  ...(['restore_gone', 'restore_running', 'restore_no_room', 'second_person_needed', 'other_phone_bound', 'no_office_phone'] as const),
  ...(['caller_not_verified', 'reason_needed', 'step_up_required'] as const),
]

test('every error code has its sentence', () => {
  for (const locale of LOCALES) expect(Object.keys(read(locale, 'errors')).sort()).toEqual(Object.keys(ERRORS).sort())
})

test('what staff read on a page of the owner stands in for words that are there, and shows no value more', () => {
  for (const locale of LOCALES) {
    const { words } = read(locale, 'on-behalf') as { words: Tree }
    for (const [name, others] of Object.entries(words)) {
      const own = new Map(flatten(read(locale, name)))
      for (const [key, text] of flatten(others as Tree)) {
        expect(own.has(key), `${locale} ${name}.${key}`).toBe(true)
        const known = shown(parse(own.get(key) as string))
        expect(
          shown(parse(text)).filter((value) => !known.includes(value)),
          `${locale} ${name}.${key}`,
        ).toEqual([])
      }
    }
  }
})

test('no refusal that staff meet at somebody else’s mailbox sends them to the helpdesk, or speaks of their own phone and account', () => {
  for (const locale of LOCALES) {
    const { words } = read(locale, 'on-behalf') as { words: { errors: Record<string, string> } }
    const errors = { ...(read(locale, 'errors') as Record<ErrorCode, string>), ...words.errors }
    const toOwner = AT_DESK.filter((code) => /helpdesk|hotline|this account is|bind a phone|服务台|热线|先绑定/i.test(errors[code]))
    expect(toOwner, locale).toEqual([])
  }
})
