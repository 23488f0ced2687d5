import { partName } from '#components/dashboard/words.ts'
import { loadFigureExport } from '#lib/features/dashboard/loaders.ts'
import { toCsv } from '#lib/platform/csv.ts'
import { env } from '#lib/platform/env.ts'
import { ERRORS } from '#lib/platform/errors.ts'
import { getFormat, getLocale, getTranslations } from '#lib/platform/i18n/server.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** The figures of each hour of a period as a file: each by its own name, for a spreadsheet, and its part in words. */
export async function GET(request: Request): Promise<Response> {
  const [result, errors] = await Promise.all([
    loadFigureExport(Object.fromEntries(new URL(request.url).searchParams)),
    getTranslations('errors'),
  ])
  if (!result.ok) {
    const status = result.code === 'forbidden' ? 404 : ERRORS[result.code]
    return new Response(`${errors(result.code)}\n`, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
  }
  const [t, format, locale] = await Promise.all([getTranslations('dashboard'), getFormat(), getLocale()])
  const head = [t('csvHead.hour', { zone: env().TIME_ZONE }), t('csvHead.figure'), t('csvHead.dimension'), t('csvHead.value')]
  const rows = result.data.rows.map(({ hour, figure, dimension, value }) => [
    ...[`${format.date(hour)} ${format.time(hour)}`, figure],
    ...[dimension && partName(t, locale, figure, dimension), String(value)],
  ])
  const name = `${t('csvHead.file')}-${format.date(result.data.from)}.csv`
  return new Response(toCsv([head, ...rows]), {
    headers: {
      ...HEADERS,
      'content-type': 'text/csv; charset=utf-8',
      // RFC 6266 with the encoding of RFC 8187; the plain name is for what knows neither.
      'content-disposition': `attachment; filename="dashboard.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
