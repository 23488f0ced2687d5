'use client'
import { useEffect, useState } from 'react'

const IN_USE = 5 * 60_000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'scroll'] as const

/**
 * Whether somebody has been at the page within the last five minutes. Each read counts as use of the session: without this an open
 * page that reads by itself would keep it alive for ever (T15).
 */
export function useInUse(): boolean {
  const [inUse, setInUse] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const used = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setInUse(false), IN_USE)
      setInUse(true)
    }
    used()
    for (const sign of SIGNS) window.addEventListener(sign, used, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of SIGNS) window.removeEventListener(sign, used)
    }
  }, [])
  return inUse
}
