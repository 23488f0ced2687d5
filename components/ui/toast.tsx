'use client'
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react'

const Panel = lazy(() => import('./toast-panel.tsx'))

export interface Toast {
  text: ReactNode
  icon?: ReactNode
  /** Shown 10 s instead of 5. */
  undo?: { label: string; onUndo: () => void }
}

export type ShownToast = Toast & { id: number }

let shown: ShownToast[] = []
let last = 0
const listeners = new Set<() => void>()

function change(next: ShownToast[]) {
  shown = next
  for (const listener of listeners) listener()
}

/** Confirms what was just done. Never for an error, never for what must be read. */
export function toast(toast: Toast) {
  last += 1
  change([...shown, { ...toast, id: last }])
}

export function dismiss(id: number) {
  change(shown.filter((toast) => toast.id !== id))
}

const none: ShownToast[] = []
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Once, in the layout. Its code is fetched with the first toast. */
export function Toaster() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => none,
  )
  if (last === 0) return null
  return (
    <Suspense>
      <Panel toasts={toasts} />
    </Suspense>
  )
}
