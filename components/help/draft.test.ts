import { describe, expect, test } from 'vitest'
import * as schema from '#lib/features/help/schema.ts'
import { HELP_TOPICS } from '#lib/platform/help-topics.ts'
import { naughtyStrings } from '#lib/platform/testing/hostile.ts'
import { faultsOf, MOST_LETTERS, TOPICS, troubleIn } from './draft.ts'

const { about, page } = schema.WriteMessage.shape

test('What the form offers and limits is what the helpdesk’s operation takes', () => {
  expect(TOPICS).toEqual(HELP_TOPICS)
  expect(MOST_LETTERS).toBe(schema.MOST_LETTERS)
})

describe('What went wrong is read from the address of the page', () => {
  test('where it is a number and a page of ours', () => {
    const trouble = { reference: 'ph_abcdefgh23', from: '/contacts/import/0190a1b2-0000-7000-8000-000000000000' }
    expect(troubleIn(trouble)).toEqual(trouble)
  })

  test('T35 and nothing else that somebody put into a link stands in the form, or stops it', () => {
    const hostile = [
      ...naughtyStrings(),
      '/received?x=1',
      'call 138 7100 0000',
      '//evil.example/x',
      'https://evil.example/',
      '/x'.repeat(200),
    ]
    for (const text of hostile) {
      const { reference, from } = troubleIn({ reference: text, from: text })
      expect(from, text).not.toMatch(/^\/\/|[^\w\-./]/)
      if (from) expect(page.safeParse(from).success, text).toBe(true)
      if (reference) expect(about.safeParse(reference).success, text).toBe(true)
      expect(faultsOf({ topic: 'other', text: 'x', about: reference, browser: true, page: true, recent: true }), text).toEqual({})
    }
  })

  test('T39 the address of a link from a mail is passed on to nobody', () => {
    for (const from of [`/link/${'A'.repeat(43)}`, `/client-setup/profile/${'A'.repeat(43)}`]) {
      expect(troubleIn({ reference: '', from }).from).toBe('')
      expect(page.safeParse(from).success).toBe(false)
    }
  })
})
