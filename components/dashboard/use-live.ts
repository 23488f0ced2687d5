'use client'
import { useEffect, useState } from 'react'
import { useVisible } from '#components/ui/use-visible.ts'
import { readFigures } from '#lib/features/dashboard/queries.ts'
import type { Figures } from '#lib/features/dashboard/schema.ts'

const AGAIN_MS = 20_000
/** The worker counts every five seconds. */
const SILENT_MS = 45_000

export interface Live {
  figures: Figures
  /** Seconds since something was heard; null before the page is alive. */
  age: number | null
  /** Nothing has been heard, or counted, for too long. */
  stale: boolean
}

/** The figures of a period, and while it runs each count of it. `on`: nobody has paused it. */
export function useLive(first: Figures, on: boolean): Live {
  const [figures, setFigures] = useState(first)
  const [heard, setHeard] = useState<number | null>(null)
  const [now, setNow] = useState(0)
  const visible = useVisible()
  const listening = on && visible && first.running

  useEffect(() => {
    if (!listening) return
    let source: EventSource
    let timer: ReturnType<typeof setTimeout>
    const listen = () => {
      source = new EventSource(`/desk/dashboard/live?period=${first.period}`)
      source.addEventListener('figures', ({ data }) => {
        setFigures(readFigures(data))
        setHeard(Date.now())
        setNow(Date.now())
      })
      source.onerror = () => {
        // A broken connection is taken up again by the browser; after a refusal it is over.
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(listen, AGAIN_MS)
      }
    }
    listen()
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [listening, first.period])

  useEffect(() => {
    if (!listening) return
    setHeard(Date.now())
    setNow(Date.now())
    const tick = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(tick)
  }, [listening])

  const silent = heard === null ? 0 : now - heard
  return { figures, age: heard === null ? null : Math.max(0, Math.round(silent / 1_000)), stale: figures.stale || silent > SILENT_MS }
}
