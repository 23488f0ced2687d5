import { loadSenderExport } from '#lib/features/sender-lists/loaders.ts'
import { toCsv } from '#lib/platform/csv.ts'
import { asDownload, asRefusedDownload } from '#lib/platform/faces/download.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'

/** Both lists as a file that the import reads again, in the language of the person. */
export async function GET(request: Request): Promise<Response> {
  const result = await loadSenderExport()
  if (!result.ok) return asRefusedDownload(request, result)
  const [t, format] = await Promise.all([getTranslations('sender-lists'), getFormat()])
  const rows = result.data.items.map(({ sender, verdict, expiresAt, createdAt }) => [
    ...[sender, t(`verdict.${verdict}`), expiresAt ? format.date(expiresAt) : '', format.date(createdAt)],
  ])
  const head = [t('csv.sender'), t('csv.verdict'), t('csv.expires'), t('csv.created')]
  const name = `${t('csv.file')}-${format.date(new Date())}.csv`
  const content = toCsv([head, ...rows])
  return asDownload({ content, mediaType: 'text/csv; charset=utf-8', name, plainName: 'senders.csv' })
}
