import { eventOf } from '#lib/platform/event-stream.ts'
import type { PeriodUnit } from '#lib/platform/figures/periods.ts'
import { log } from '#lib/platform/log.ts'

type Send = (event: Uint8Array) => void

interface Room {
  viewers: Set<Send>
  latest?: Uint8Array
  reading?: Promise<void>
  again: boolean
}

/**
 * Reads the present hour, day or week once for all who watch it, whenever something was counted, and tells each of them.
 * @param listen begins to call back with each count, and returns what ends it
 */
export function figureHub(read: (period: PeriodUnit) => Promise<unknown>, listen: (listener: () => void) => Promise<() => void>) {
  const rooms = new Map<PeriodUnit, Room>()
  let listening: Promise<unknown> | undefined

  const readOnce = async (period: PeriodUnit, room: Room) => {
    do {
      room.again = false
      room.latest = eventOf('figures', JSON.stringify(await read(period)))
      for (const send of room.viewers) send(room.latest)
    } while (room.again && room.viewers.size > 0)
  }

  /** What is counted while it reads is read after that, once. */
  const refresh = (period: PeriodUnit, room: Room) => {
    room.again = room.reading !== undefined
    room.reading ??= readOnce(period, room)
      .catch((error) => log.warn({ error }, 'figures were not read'))
      .finally(() => {
        room.reading = undefined
      })
  }

  const counted = () => {
    for (const [period, room] of rooms) if (room.viewers.size > 0) refresh(period, room)
  }

  /** Sends the figures of this period now, and whenever they change. Returns the end. */
  return async function watch(period: PeriodUnit, send: Send): Promise<() => void> {
    listening ??= listen(counted)
    await listening.catch((error) => {
      listening = undefined
      throw error
    })
    const room = rooms.get(period) ?? { viewers: new Set<Send>(), again: false }
    rooms.set(period, room)
    // While somebody watches, the latest is the present.
    if (room.latest && room.viewers.size > 0) send(room.latest)
    else if (!room.reading) refresh(period, room)
    room.viewers.add(send)
    return () => {
      room.viewers.delete(send)
    }
  }
}
