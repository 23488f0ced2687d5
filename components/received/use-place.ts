'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { addressOf, type Place, placeOf } from './place.ts'

export type Go = (to: Partial<Place>, how?: 'push' | 'replace') => void

/** The address is where the state lives: it can be reloaded, gone back to and shared. Moving asks no page of the server. */
export function usePlace(): Place & { go: Go; addressWith: (to: Partial<Place>) => string } {
  const page = usePathname()
  const address = useSearchParams().toString()
  return useMemo(() => {
    const place = placeOf(new URLSearchParams(address))
    const addressWith = (to: Partial<Place>) => addressOf({ ...place, ...to }, page)
    const go: Go = (to, how = 'push') => window.history[`${how}State`](null, '', addressWith(to))
    return { ...place, go, addressWith }
  }, [address, page])
}
