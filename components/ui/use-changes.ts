'use client'
import { useEffect, useEffectEvent } from 'react'
import { useVisible } from './use-visible.ts'

const AGAIN_MS = 20_000

/** Hears from the server, at this address, that something has changed. Not while nobody sees the page, nor when it is not `on`. */
export function useChanges(address: string, on: boolean, onChanged: () => void): void {
  const changed = useEffectEvent(onChanged)
  const visible = useVisible()
  const listening = on && visible
  useEffect(() => {
    if (!listening) return
    let source: EventSource
    let timer: ReturnType<typeof setTimeout>
    const listen = () => {
      source = new EventSource(address)
      source.addEventListener('changed', () => changed())
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
  }, [address, listening])
}
