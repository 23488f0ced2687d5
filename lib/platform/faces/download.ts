import { ERRORS } from '../errors.ts'
import { getTranslations } from '../i18n/server.ts'
import type { Result } from '../operation.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

interface File {
  content: BodyInit
  mediaType: string
  /** With its ending. */
  name: string
  /** The same in ASCII, for what knows no other. */
  plainName: string
}

/** A file that a browser saves. RFC 6266 with the encoding of RFC 8187. */
export function asDownload({ content, mediaType, name, plainName }: File): Response {
  const disposition = `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(name)}`
  return new Response(content, { headers: { ...HEADERS, 'content-type': mediaType, 'content-disposition': disposition } })
}

/** In its place: why there is none, and the reference. */
export async function asRefusedDownload(
  request: Request,
  { code, reference, values }: Extract<Result<unknown>, { ok: false }>,
): Promise<Response> {
  const errors = await getTranslations('errors')
  const text = `${errors(code, values)}\n${reference || request.headers.get('x-request-id')}\n`
  return new Response(text, { status: ERRORS[code], headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
}
