'use client'
import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'

interface Reading<Place> {
  placeOf: (address: URLSearchParams) => Place
  addressOf: (place: Place, page: string) => string
}

/** The address is where the state of a list lives: it can be reloaded, gone back to and shared. Moving asks no page of the server. */
export function usePlaceOf<Place>({ placeOf, addressOf }: Reading<Place>) {
  const page = usePathname()
  const address = useSearchParams().toString()
  return useMemo(() => {
    const place = placeOf(new URLSearchParams(address))
    const addressWith = (to: Partial<Place>) => addressOf({ ...place, ...to }, page)
    const go = (to: Partial<Place>, how: 'push' | 'replace' = 'push') => window.history[`${how}State`](null, '', addressWith(to))
    return { ...place, go, addressWith }
  }, [address, page, placeOf, addressOf])
}
