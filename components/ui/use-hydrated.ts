'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False on the server and where no script runs: what only works with script is shown when this is true. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
