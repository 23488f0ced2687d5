'use client'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { addressOf, type Place, placeOf } from './place.ts'

/** The address is where the state lives: it can be reloaded, gone back to and shared. Moving asks no page of the server. */
export function usePlace() {
  const address = useSearchParams().toString()
  return useMemo(() => {
    const place = placeOf(new URLSearchParams(address))
    const addressWith = (to: Partial<Place>) => addressOf({ ...place, ...to })
    const go = (to: Partial<Place>, how: 'push' | 'replace' = 'push') => window.history[`${how}State`](null, '', addressWith(to))
    return { ...place, go, addressWith }
  }, [address])
}
