'use client'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button, type ButtonProps } from './button.tsx'

const Panel = lazy(() => import('./popover-panel.tsx'))

export interface PopoverProps {
  /** What is in it, for screen readers. */
  label: string
  /** The words on the button. */
  button: ReactNode
  /** Something is chosen in it: the button has the accent edge. */
  on?: boolean
  /** Gets what closes it. */
  children: (close: () => void) => ReactNode
}

/** A button that opens a small form beside it. Its code is fetched when it first opens. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false)
  const closed = (
    <PopoverButton on={props.on} aria-haspopup="dialog" aria-expanded={false} onClick={() => setWanted(true)} children={props.button} />
  )
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <Panel {...props} />
    </Suspense>
  )
}

export function PopoverButton({ on, ...rest }: Pick<PopoverProps, 'on'> & ButtonProps) {
  return <Button kind={on ? 'chosen' : 'plain'} {...rest} />
}
