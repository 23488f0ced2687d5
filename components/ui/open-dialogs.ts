'use client'
import { createContext, useContext, useEffect } from 'react'

/** Of a page that is taken away at a given time, though not under a dialog that is open. */
interface Page {
  /** A dialog has opened; what comes back closes it. */
  opened: () => () => void
  /** The server says that the time is over. */
  over: () => void
}

export const OpenDialogs = createContext<Page | null>(null)

/** The dialog stands until it is closed. */
export function useStands(open: boolean): void {
  const page = useContext(OpenDialogs)
  useEffect(() => (open ? page?.opened() : undefined), [open, page])
}
