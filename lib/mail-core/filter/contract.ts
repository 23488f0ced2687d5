import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from './port.ts'

export interface FilterHarness {
  filter: Filter
  close?(): Promise<void>
}

/** Enough different words to learn from. */
export const wordyMail = () => {
  const words = Array.from({ length: 200 }, () => randomUUID().replaceAll('-', ' ').slice(0, 12))
  return Buffer.from(`From: zhao@partner.example\r\nSubject: Report\r\nMessage-ID: <${randomUUID()}@x>\r\n\r\n${words.join('\r\n')}\r\n`)
}

/** What every filter adapter keeps. */
export function describeFilter(name: string, makeHarness: () => Promise<FilterHarness>): void {
  describe(`filter: ${name}`, () => {
    let harness: FilterHarness
    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(() => harness.close?.())

    test.each(['wanted', 'unwanted'] as const)('It learns what is %s, and being told twice is no error', async (as) => {
      const raw = wordyMail()
      for (let time = 0; time < 2; time++) await expect(harness.filter.learn(raw, as)).resolves.toBeUndefined()
    })

    test('It may be told otherwise', async () => {
      const raw = wordyMail()
      await harness.filter.learn(raw, 'unwanted')
      await expect(harness.filter.learn(raw, 'wanted')).resolves.toBeUndefined()
    })

    test.each([
      ['nothing', ''],
      ['hardly a word', 'Subject: x\r\n\r\ny\r\n'],
      ['8-bit octets and NUL', Buffer.from([0xff, 0x00, 0xca, 0xb5, 0x0d, 0x0a])],
      ['five megabytes', `Subject: x\r\n\r\n${'0123456789abcdef\r\n'.repeat(280_000)}`],
    ])('Mail with little to learn from is no error: %s', async (_, raw) => {
      await expect(harness.filter.learn(Buffer.from(raw), 'wanted')).resolves.toBeUndefined()
    })

    test('It can be checked', async () => {
      await expect(harness.filter.check()).resolves.toBeUndefined()
    })
  })
}
