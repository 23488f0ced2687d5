'use client'
import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'

const AGAIN_MS = 30_000
/** Pages that tell it in full. */
const IN_FULL = ['/overview', '/help']

interface Props {
  /** Of what the page shows. */
  known: string
  children: ReactNode
}

/** What is out of order, over every page; when something begins or ends, the page is read anew, and keeps what is being typed. */
export function Incidents({ known, children }: Props) {
  const path = usePathname()
  const router = useRouter()
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== 'visible') return
      // Without the session, which would never grow idle (T15).
      const response = await fetch('/api/v1/help/incidents', { credentials: 'omit' }).catch(() => null)
      if (response?.ok && (await response.json()).version !== known) router.refresh()
    }
    const timer = setInterval(look, AGAIN_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [known, router])
  return IN_FULL.includes(path) ? null : children
}
