import { loadSenderExport } from '#lib/features/sender-lists/loaders.ts'
import { toCsv } from '#lib/platform/csv.ts'
import { ERRORS } from '#lib/platform/errors.ts'
import { getFormat, getTranslations } from '#lib/platform/i18n/server.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** Both lists as a file that the import reads again, in the language of the person. */
export async function GET(request: Request): Promise<Response> {
  const [result, errors] = await Promise.all([loadSenderExport(), getTranslations('errors')])
  if (!result.ok) {
    const text = `${errors(result.code)}\n${result.reference || request.headers.get('x-request-id')}\n`
    return new Response(text, { status: ERRORS[result.code], headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
  }
  const [t, format] = await Promise.all([getTranslations('sender-lists'), getFormat()])
  const rows = result.data.items.map(({ sender, verdict, expiresAt, createdAt }) => [
    ...[sender, t(`verdict.${verdict}`), expiresAt ? format.date(expiresAt) : '', format.date(createdAt)],
  ])
  const head = [t('csv.sender'), t('csv.verdict'), t('csv.expires'), t('csv.created')]
  const name = `${t('csv.file')}-${format.date(new Date())}.csv`
  return new Response(toCsv([head, ...rows]), {
    headers: {
      ...HEADERS,
      'content-type': 'text/csv; charset=utf-8',
      // RFC 6266 with the encoding of RFC 8187; the plain name is for what knows neither.
      'content-disposition': `attachment; filename="senders.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
