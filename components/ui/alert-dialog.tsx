'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'

const Panel = lazy(() => import('./alert-dialog-panel.tsx'))

export interface AlertDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The question, with the object named. */
  title: ReactNode
  /** What follows from it. */
  description: ReactNode
  /** What will happen: the word on the button. */
  confirm: ReactNode
  /** Nothing is lost by it: the button is not red. */
  harmless?: boolean
  /** Without it: "Cancel". */
  cancel?: ReactNode
  onConfirm: () => void
  busy?: boolean
  busyLabel: ReactNode
  /** What went wrong, as a banner. The dialog stays open. */
  error?: ReactNode
}

/** A question before something that cannot be undone, or that others are told of. It closes when the caller says so. */
export function AlertDialog(props: AlertDialogProps) {
  const [wanted, setWanted] = useState(props.open)
  if (props.open && !wanted) setWanted(true)
  if (!wanted) return null
  return (
    <Suspense>
      <Panel {...props} />
    </Suspense>
  )
}
