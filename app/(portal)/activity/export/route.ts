import { loadActivityExport } from '#lib/features/activity/loaders.ts'
import type { ActivityEntry } from '#lib/features/activity/schema.ts'
import { toCsv } from '#lib/platform/csv.ts'
import { env } from '#lib/platform/env.ts'
import type { ErrorCode } from '#lib/platform/errors.ts'
import { asDownload, asRefusedDownload } from '#lib/platform/faces/download.ts'
import { deviceOf, networkName, whatHappened, whoDidIt, whyItWasDone } from '#lib/platform/i18n/entry-words.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'

/** The newest 10,000 entries as a file, in the language of the person. */
export async function GET(request: Request): Promise<Response> {
  const result = await loadActivityExport()
  if (!result.ok) return asRefusedDownload(request, result)
  const [t, format] = await Promise.all([getTranslations('activity'), getFormat()])
  const name = `${t('csv.file')}-${format.date(new Date())}.csv`
  const content = toCsv(await table(result.data.entries))
  return asDownload({ content, mediaType: 'text/csv; charset=utf-8', name, plainName: 'activity.csv' })
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
