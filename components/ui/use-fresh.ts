'use client'
import { useCallback, useState } from 'react'

/** Time enough to fill in a form. */
const MARGIN = 60_000

/**
 * Whether the last sign-in will still count as recent when a form has been filled in. `seconds`: for how long it counts, seen
 * from when the page was made. Only a guess, to ask in time; the server decides.
 */
export function useFresh(seconds: number): () => boolean {
  const [until] = useState(() => performance.now() + seconds * 1000 - MARGIN)
  return useCallback(() => performance.now() < until, [until])
}
