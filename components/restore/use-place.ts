'use client'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { addressOf, type Place, placeOf } from './place.ts'

export type Go = (to: Partial<Place>, how?: 'push' | 'replace') => void

/** The address is where the state lives: it can be reloaded, gone back to and shared. */
export function usePlace(): Place & { go: Go } {
  const address = useSearchParams().toString()
  return useMemo(() => {
    const place = placeOf(new URLSearchParams(address))
    const go: Go = (to, how = 'push') => window.history[`${how}State`](null, '', addressOf({ ...place, ...to }))
    return { ...place, go }
  }, [address])
}
