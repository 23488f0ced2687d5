'use client'
import { useEffect, useState } from 'react'

/**
 * Moves the focus to the first of these ids that is on the page, after the next commit: when the dialog that held the focus,
 * or the row that had it, is gone.
 */
export function useFocusOn(): (...ids: string[]) => void {
  const [wanted, setWanted] = useState<string[]>([])
  useEffect(() => {
    if (wanted.length === 0) return
    // A frame later a closed dialog has let go of the focus.
    const frame = requestAnimationFrame(() => {
      wanted
        .map((id) => document.getElementById(id))
        .find((element) => element !== null)
        ?.focus()
    })
    return () => cancelAnimationFrame(frame)
  }, [wanted])
  return (...ids) => setWanted(ids)
}
