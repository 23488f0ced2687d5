'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useStands } from './open-dialogs.ts'

const Panel = lazy(() => import('./dialog-panel.tsx'))

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  help?: ReactNode
  /** 640 px instead of 480. */
  wide?: boolean
  /** Escape and a click beside it do not close it: for a secret that is shown once. */
  keepOpen?: boolean
  /** Buttons; what stands left of them goes into `footerStart`. */
  footer?: ReactNode
  footerStart?: ReactNode
  children?: ReactNode
}

/** A dialog, or a sheet from below on a phone. Its code is fetched when it first opens. */
export function Dialog(props: DialogProps) {
  useStands(props.open)
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)
  if (!wanted) return null
  return (
    <Suspense>
      <Panel {...props} />
    </Suspense>
  )
}
