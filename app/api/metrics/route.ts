import { timingSafeEqual } from 'node:crypto'
import { connection } from 'next/server'
import { sha256 } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { metrics } from '#lib/platform/metrics.ts'
import { requestInfo } from '#lib/platform/request.ts'

/** Prometheus text. With METRICS_TOKEN as bearer token; without that setting closed, but in the demo. */
export async function GET(request: Request): Promise<Response> {
  await connection()
  if (!mayRead(request)) return new Response(null, { status: 404 })
  const { registry } = metrics()
  return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' } })
}

function mayRead(request: Request): boolean {
  const { DEMO, METRICS_TOKEN } = env()
  if (!METRICS_TOKEN) return DEMO && /^(127\.|::1$)/.test(requestInfo(request.headers).ip ?? '')
  return timingSafeEqual(sha256(`Bearer ${METRICS_TOKEN}`), sha256(request.headers.get('authorization') ?? ''))
}
