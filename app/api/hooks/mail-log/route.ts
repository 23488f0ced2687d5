import { timingSafeEqual } from 'node:crypto'
import { resources } from '#lib/platform/context.ts'
import { sha256 } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { ERRORS, toAppError } from '#lib/platform/errors.ts'
import { octetsUpTo } from '#lib/platform/limited-body.ts'
import { log } from '#lib/platform/log.ts'

/** Octets of lines in one call. */
const MOST = 4 * 2 ** 20
const SOURCE = /^[a-z0-9][a-z0-9._-]{0,63}$/

/**
 * Lines of a mail server's log on another host, by a log shipper that holds MAIL_LOG_TOKEN. `?source=mx1&offset=8192` says which file
 * and from which octet on; the answer says from where to go on, whatever was sent twice or left out.
 */
export async function POST(request: Request): Promise<Response> {
  const { MAIL_LOG_TOKEN } = env()
  if (!MAIL_LOG_TOKEN) return new Response(null, { status: 404 })
  const sent = request.headers.get('authorization') ?? ''
  if (!timingSafeEqual(sha256(`Bearer ${MAIL_LOG_TOKEN}`), sha256(sent))) return new Response(null, { status: 401 })
  const { searchParams } = new URL(request.url)
  const source = searchParams.get('source') ?? ''
  const offset = Number(searchParams.get('offset') ?? Number.NaN)
  if (!SOURCE.test(source) || !Number.isSafeInteger(offset) || offset < 0) return new Response(null, { status: 400 })
  const octets = await octetsUpTo(request, MOST)
  if (octets === null) return new Response(null, { status: 413 })
  try {
    return Response.json({ offset: await resources().mail.trace.takeLines(source, offset, octets) })
  } catch (error) {
    log.error({ error, source }, 'pushed log lines were not taken')
    return new Response(null, { status: ERRORS[toAppError(error).code] })
  }
}
