'use client'
import { useEffect } from 'react'

const EVERY_MS = 30_000
const OVER = [401, 403]

/**
 * The page of an account does not outlive the session, which may have ended in another tab, by idling, or with the role (T15, T45): it is
 * loaded anew, and the door leads to the sign-in.
 */
export function useLeavesWithSession(): void {
  useEffect(() => {
    const ask = async () => {
      const answer = await fetch('/desk/signed-in', { cache: 'no-store' }).catch(() => null)
      if (answer && OVER.includes(answer.status)) window.location.reload()
    }
    const seen = () => document.visibilityState === 'visible' && void ask()
    const timer = setInterval(ask, EVERY_MS)
    document.addEventListener('visibilitychange', seen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [])
}
