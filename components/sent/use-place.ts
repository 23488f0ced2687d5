'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { addressOf, type Place, placeOf } from './place.ts'

/** The address is where the state lives: it can be reloaded, gone back to and shared. Moving asks no page of the server. */
export function usePlace() {
  const page = usePathname()
  const address = useSearchParams().toString()
  return useMemo(() => {
    const place = placeOf(new URLSearchParams(address))
    const addressWith = (to: Partial<Place>) => addressOf({ ...place, ...to }, page)
    const go = (to: Partial<Place>, how: 'push' | 'replace' = 'push') => window.history[`${how}State`](null, '', addressWith(to))
    return { ...place, go, addressWith }
  }, [address, page])
}
