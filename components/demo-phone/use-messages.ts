import { useEffect, useState } from 'react'
import type { DemoMessage, MessageList } from '#lib/features/demo-phone/schema.ts'

const EVERY = 2_000

/** The texts, read again every two seconds while the page is seen; `stale` when that did not work. `first` is null when the page itself could not read them. */
export function useMessages(first: DemoMessage[] | null): { messages: DemoMessage[]; stale: boolean } {
  const [state, setState] = useState({ messages: first ?? [], stale: first === null })
  useEffect(() => {
    const read = async () => {
      if (document.hidden) return
      try {
        const response = await fetch('/demo/phone/messages')
        if (!response.ok) throw new Error(response.statusText)
        const { messages }: MessageList = await response.json()
        setState({ messages: messages.map((message) => ({ ...message, at: new Date(message.at) })), stale: false })
      } catch {
        setState((before) => ({ ...before, stale: true }))
      }
    }
    const timer = setInterval(read, EVERY)
    return () => clearInterval(timer)
  }, [])
  return state
}
