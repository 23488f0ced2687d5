import { loadWatched } from '#lib/features/dashboard/loaders.ts'
import { showFiguresOperation } from '#lib/features/dashboard/operations.ts'
import { NO_REQUEST, resources } from '#lib/platform/context.ts'
import { AppError } from '#lib/platform/errors.ts'
import { EVENT_STREAM_HEADERS, eventStream } from '#lib/platform/event-stream.ts'
import { onFigures } from '#lib/platform/figures/live.ts'
import { PERIODS } from '#lib/platform/figures/periods.ts'
import { figureHub } from './figure-hub.ts'

const FOR_ALL = { actor: { kind: 'system', job: 'dashboard.live' }, request: NO_REQUEST, ownOrigin: true } as const

const watch = figureHub(
  async (period) => {
    const result = await showFiguresOperation.execute(FOR_ALL, { period })
    if (!result.ok) throw new AppError(result.code)
    return result.data
  },
  (listener) => onFigures(resources().db, listener),
)

/** The figures of the present hour, day or week to those who watch it, as server-sent events. */
export async function GET({ signal, url }: Request): Promise<Response> {
  const watched = await loadWatched()
  if (!watched.ok) return new Response(null, { status: watched.code === 'forbidden' ? 404 : 401, headers: { 'cache-control': 'no-store' } })
  const asked = new URL(url).searchParams.get('period')
  const period = PERIODS.find((one) => one === asked) ?? 'day'
  const stream = eventStream(`figures:${watched.data.viewer}`, (send) => watch(period, send), signal)
  return new Response(stream, { headers: EVENT_STREAM_HEADERS })
}
