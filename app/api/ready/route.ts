import { latestComponents } from '#lib/platform/health.ts'

export const dynamic = 'force-dynamic'

/** 200 when people can be served, 503 when not; each component by name. */
export async function GET(): Promise<Response> {
  const found = await latestComponents()
  const ready = found.every(({ ok, essential }) => ok || !essential)
  const body = {
    status: ready ? 'ready' : 'not_ready',
    components: Object.fromEntries(found.map(({ name, ok }) => [name, ok ? 'ok' : 'down'])),
  }
  return Response.json(body, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
