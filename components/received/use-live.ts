'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useVisible } from '#components/ui/use-visible.ts'

const AGAIN_MS = 20_000

/** Hears from the server that something of the mailbox's mail has changed, and has what is shown read anew. */
export function useLive(on: boolean): void {
  const client = useQueryClient()
  const visible = useVisible()
  const listening = on && visible
  useEffect(() => {
    if (!listening) return
    let source: EventSource
    let timer: ReturnType<typeof setTimeout>
    const changed = () => {
      void client.invalidateQueries({ queryKey: ['received', 'list'] })
      void client.invalidateQueries({ queryKey: ['received', 'one'] })
    }
    const listen = () => {
      source = new EventSource('/received/live')
      source.addEventListener('changed', changed)
      source.onerror = () => {
        // A broken connection is taken up again by the browser; after a refusal it is over.
        if (source.readyState !== EventSource.CLOSED) return
        changed()
        timer = setTimeout(listen, AGAIN_MS)
      }
    }
    listen()
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [client, listening])
}
