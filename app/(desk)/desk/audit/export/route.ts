import { placeOf } from '#components/audit/place.ts'
import { rolesOf, textOf } from '#components/audit/words.ts'
import { loadAuditExport } from '#lib/features/audit/loaders.ts'
import type { AuditEntry } from '#lib/features/audit/schema.ts'
import { csvLine, toCsv } from '#lib/platform/csv.ts'
import { env } from '#lib/platform/env.ts'
import { asDownload, asRefusedDownload } from '#lib/platform/faces/download.ts'
import { deviceOf, networkName, whatHappened } from '#lib/platform/i18n/entry-words.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'

/** What the list shows, all of it, as a file that is written while it is read. */
export async function GET(request: Request): Promise<Response> {
  const result = await loadAuditExport(placeOf(Object.fromEntries(new URL(request.url).searchParams)))
  if (!result.ok) return asRefusedDownload(request, result.code === 'forbidden' ? { ...result, code: 'not_found' } : result)
  const [t, format, lineOf] = await Promise.all([getTranslations('audit'), getFormat(), lines()])
  const head = [
    ...[t('csv.row'), t('csv.time', { zone: env().TIME_ZONE }), t('csv.operation'), t('csv.what'), t('csv.outcome'), t('csv.code')],
    ...[t('csv.kind'), t('csv.actor'), t('csv.roles'), t('csv.account'), t('csv.reason'), t('csv.ticket')],
    ...[t('csv.ip'), t('csv.network'), t('csv.device'), t('csv.reference'), t('csv.details')],
  ]
  return asDownload({
    content: fileOf(toCsv([head]), result.data.pages, lineOf),
    mediaType: 'text/csv; charset=utf-8',
    name: `${t('csv.file')}-${format.date(new Date())}.csv`,
    plainName: 'audit.csv',
  })
}

function fileOf(head: string, pages: AsyncIterable<AuditEntry[]>, lineOf: (entry: AuditEntry) => string): ReadableStream<Uint8Array> {
  const reading = pages[Symbol.asyncIterator]()
  return new ReadableStream({
    start: (file) => file.enqueue(Buffer.from(head)),
    // Read on when the one before has gone out, so that a slow reader fills no memory.
    async pull(file) {
      const { value, done } = await reading.next()
      if (done) return file.close()
      file.enqueue(Buffer.from(value.map(lineOf).join('')))
    },
    cancel: () => void reading.return?.(),
  })
}

/** In the language of the person; details as they are stored. */
async function lines(): Promise<(entry: AuditEntry) => string> {
  const [t, did, format, locale] = await Promise.all([getTranslations('audit'), getTranslations('activity'), getFormat(), getLocale()])
  return (entry) => {
    const { id, at, operation, outcome, code, actor, mailbox, ip, reference, detail } = entry
    return csvLine([
      ...[String(id), `${format.date(at)} ${format.clock(at)}`, operation, whatHappened(did, entry), t(`outcomes.${outcome}`), code ?? ''],
      ...[t(`kinds.${actor.kind}`), actor.id, rolesOf(t, actor.roles), mailbox ?? ''],
      ...[textOf(entry, 'reason') ?? '', textOf(entry, 'ticket') ?? ''],
      ...[ip ?? '', networkName(entry, locale) ?? '', deviceOf(entry), reference, JSON.stringify(detail)],
    ])
  }
}
