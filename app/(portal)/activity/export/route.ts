import { deviceOf, networkName, whatHappened, whoDidIt, whyItWasDone } from '#components/activity/describe.ts'
import { loadActivityExport } from '#lib/features/activity/loaders.ts'
import type { ActivityEntry } from '#lib/features/activity/schema.ts'
import { toCsv } from '#lib/platform/csv.ts'
import { env } from '#lib/platform/env.ts'
import { ERRORS, type ErrorCode } from '#lib/platform/errors.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** The newest 10,000 entries as a file, in the language of the person. */
export async function GET(request: Request): Promise<Response> {
  const [result, errors] = await Promise.all([loadActivityExport(), getTranslations('errors')])
  if (!result.ok) {
    const text = `${errors(result.code)}\n${result.reference || request.headers.get('x-request-id')}\n`
    return new Response(text, { status: ERRORS[result.code], headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
  }
  const [t, format] = await Promise.all([getTranslations('activity'), getFormat()])
  const name = `${t('csv.file')}-${format.date(new Date())}.csv`
  return new Response(toCsv(await table(result.data.entries)), {
    headers: {
      ...HEADERS,
      'content-type': 'text/csv; charset=utf-8',
      // RFC 6266 with the encoding of RFC 8187; the plain name is for what knows neither.
      'content-disposition': `attachment; filename="activity.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}

async function table(entries: ActivityEntry[]): Promise<string[][]> {
  const [t, errors, format, locale] = await Promise.all([getTranslations('activity'), getTranslations('errors'), getFormat(), getLocale()])
  const seconds = (at: Date) => String(at.getUTCSeconds()).padStart(2, '0')
  const reason = (code: string | null) => (code && errors.has(code as ErrorCode) ? errors(code as ErrorCode) : '')
  const head = [
    t('csv.time', { zone: env().TIME_ZONE }),
    ...[t('columns.what'), t('csv.outcome'), t('csv.reason'), t('columns.who')],
    ...[t('csv.network'), t('csv.ip'), t('csv.device'), t('columns.reference'), t('csv.operation')],
  ]
  const rows = entries.map((entry) => [
    `${format.date(entry.at)} ${format.time(entry.at)}:${seconds(entry.at)}`,
    ...[
      [whatHappened(t, entry), whyItWasDone(t, entry)].filter(Boolean).join(' · '),
      t(`outcome.${entry.outcome}`),
      reason(entry.code),
      whoDidIt(t, entry),
    ],
    ...[networkName(entry, locale) ?? '', entry.ip ?? '', deviceOf(entry), entry.reference, entry.operation],
  ])
  return [head, ...rows]
}
