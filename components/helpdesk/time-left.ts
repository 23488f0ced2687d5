'use client'
import { useSyncExternalStore } from 'react'

/** A verification as a page shows it. */
export interface Shown {
  address: string
  at: Date
  /** Seen from when the page was read. */
  endsInSeconds: number
}

const ends = new Map<string, number>()
const ended = new Map<string, number>()

/**
 * Whole seconds. The way back shows a page as it was read, perhaps an hour ago or before the call was ended: its time is reckoned from
 * when it was shown first, so that it is masked again all the same (T45).
 */
export function secondsLeft({ address, at, endsInSeconds }: Shown, now = Date.now()): number {
  if (at.getTime() <= (ended.get(address) ?? 0)) return 0
  const reading = `${address} ${at.toISOString()} ${endsInSeconds}`
  const end = ends.get(reading) ?? now + endsInSeconds * 1000
  ends.set(reading, end)
  return Math.max(0, Math.ceil((end - now) / 1000))
}

/** The call is over: no page of it is shown again, nor of an earlier verification of the same caller. */
export const endShown = ({ address, at }: Pick<Shown, 'address' | 'at'>): void => void ended.set(address, at.getTime())

function subscribe(listener: () => void) {
  const timer = setInterval(listener, 250)
  return () => clearInterval(timer)
}

/** Null: nobody is verified. */
export const useSecondsLeft = (shown: Shown | null): number | null =>
  useSyncExternalStore(
    subscribe,
    () => shown && secondsLeft(shown),
    () => shown?.endsInSeconds ?? null,
  )
