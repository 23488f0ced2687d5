import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { naughtyStrings } from '#lib/mail-core/naughty-strings.ts'
import { LIMITS, PreviewRefused, type SafePreview } from './preview.ts'
import { safePreview } from './safe-preview.ts'
import { corpus } from './testing/corpus.ts'
import { horrors, htmlMail, mail } from './testing/horrors.ts'
import { inspectHtml } from './testing/inspect-html.ts'

const TAGS = new Set(
  (
    'html head meta title style body a abbr b big blockquote br center cite code dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd ' +
    'li ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul'
  ).split(' '),
)
const ATTRIBUTES = new Set(
  (
    'charset align alt bgcolor border cellpadding cellspacing color colspan dir face height lang rowspan size src start style title type ' +
    'valign width'
  ).split(' '),
)
const RASTER = /^data:image\/(png|jpeg|gif|webp);base64,[\w+/=]+$/
/** In an attribute that could be one: a source, a style. */
const ADDRESS = /url|expression|\/\/|\\|[a-z]script|data:|@/i
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** What every preview must be, whatever the mail was. */
function expectSafe(preview: SafePreview): void {
  const names = preview.attachments.map(({ name }) => name)
  for (const line of [preview.subject, preview.from, preview.to, ...names]) {
    expect(line).not.toMatch(/\n/)
    expect(line.length).toBeLessThan(20_000)
  }
  expect(preview.attachments.length).toBeLessThanOrEqual(LIMITS.attachments)
  const runs = preview.blocks.flatMap(({ runs }) => runs)
  for (const text of [preview.subject, preview.from, preview.to, ...names, ...runs.map(({ text }) => text)]) {
    expect(text).not.toMatch(UNSEEN)
    expect(text.isWellFormed()).toBe(true)
  }
  expect(runs.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(LIMITS.text)
  if (preview.html) {
    const { tags, attributes, values } = inspectHtml(preview.html)
    expect(tags.difference(TAGS)).toEqual(new Set())
    expect(attributes.difference(ATTRIBUTES)).toEqual(new Set())
    expect(values.filter((value) => !RASTER.test(value) && ADDRESS.test(value))).toEqual([])
  }
}

const outcomeOf = (raw: Uint8Array): Promise<SafePreview | PreviewRefused> =>
  safePreview(raw).catch((error: unknown) => {
    if (error instanceof PreviewRefused) return error
    throw error
  })

test.each(horrors())('T36 T37 T38 $name: a safe preview or a closed refusal', async ({ raw, refusal }) => {
  const outcome = await outcomeOf(raw)
  if (outcome instanceof PreviewRefused || refusal) expect(outcome).toMatchObject({ code: refusal })
  else expectSafe(outcome)
})

test('T36 every mail of the corpus has a safe preview', async () => {
  for (const { raw } of corpus()) expectSafe(await safePreview(raw))
})

test('T35 naughty strings in headers, names, links and text come out as text', async () => {
  for (const text of naughtyStrings()) {
    const word = `=?utf-8?B?${Buffer.from(text.slice(0, 400).toWellFormed()).toString('base64')}?=`
    const quoted = text.slice(0, 400).replace(/["\\\r\n\u0000]/g, '')
    const body = `--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p title="${text}">${text}<a href="${text}">${text}</a>\r\n`
    const attached = `--b\r\nContent-Disposition: attachment; filename="${quoted}"\r\n\r\nx\r\n--b--`
    expectSafe(
      await safePreview(
        mail(
          [`From: ${word} <a@b.example>`, `To: ${quoted}`, `Subject: ${word}`, 'Content-Type: multipart/mixed; boundary=b'],
          body + attached,
        ),
      ),
    )
  }
})

test('T38 octets of any kind are shown or refused, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (raw) => {
      const outcome = await outcomeOf(raw)
      if (!(outcome instanceof PreviewRefused)) expectSafe(outcome)
    }),
    { numRuns: 200 },
  )
})

test('T38 a mail with any octets changed, doubled or left out is shown or refused', async () => {
  const whole = [...corpus(), ...horrors()].map(({ raw }) => raw).filter(({ length }) => length < 5_000)
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(40), put: fc.uint8Array({ maxLength: 8 }) })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...whole), fc.array(change, { minLength: 1, maxLength: 6 }), async (raw, changes) => {
      const mutated = changes.reduce((mail, { at, drop, put }) => {
        const from = Math.floor(at * mail.length)
        return Buffer.concat([mail.subarray(0, from), put, mail.subarray(from + drop)])
      }, raw)
      const outcome = await outcomeOf(mutated)
      if (!(outcome instanceof PreviewRefused)) expectSafe(outcome)
    }),
    { numRuns: 300 },
  )
})

describe('T38 the thread', () => {
  const honest = mail(['Subject: honest', 'Content-Type: text/plain'], 'hello')

  test('is ended when its processor time is used up, and the next mail opens', async () => {
    await expect(safePreview(htmlMail('<b>'.repeat(300_000)), { processorMs: 50 })).rejects.toMatchObject({ code: 'too_slow' })
    expect(await safePreview(honest)).toMatchObject({ subject: 'honest' })
  })

  test('is ended when patience is at its end, whatever the processor says', async () => {
    await expect(safePreview(htmlMail('<b>'.repeat(300_000)), { patienceMs: 1 })).rejects.toMatchObject({ code: 'too_slow' })
    expect(await safePreview(honest)).toMatchObject({ subject: 'honest' })
  })

  test('is ended when its memory is used up, and the process lives', async () => {
    await expect(safePreview(mail([], '\n'.repeat(1_900_000)), { heapMb: 16 })).rejects.toMatchObject({ code: 'too_much_memory' })
    expect(await safePreview(honest)).toMatchObject({ subject: 'honest' })
  })

  test('ten bombs at once are refused, and an honest mail behind them opens', async () => {
    const bombs = Array.from({ length: 10 }, () => safePreview(htmlMail('<b>'.repeat(300_000)), { processorMs: 50 }))
    const opened = safePreview(honest)
    const outcomes = await Promise.allSettled(bombs)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual(Array(10).fill('too_slow'))
    expect(await opened).toMatchObject({ subject: 'honest' })
  })

  test('turns a crowd away with the same closed code', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 210 }, () => safePreview(honest)))
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(refused).toHaveLength(8)
    for (const reason of refused) expect(reason).toBeInstanceOf(PreviewRefused)
  })

  test('leaves the octets of the caller as they are', async () => {
    const before = Buffer.from(honest)
    await safePreview(honest)
    expect(honest).toEqual(before)
  })
})
