'use client'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Facts } from './facts.tsx'
import { Secret } from './secret.tsx'

interface Props extends Omit<ComponentProps<typeof Secret>, 'children'> {
  title: string
  /** That it is shown this once. */
  help: ReactNode
  /** The button that says it has been kept. */
  saved: string
  onClose: () => void
  /** What belongs to it, as `Fact`s. */
  children: ReactNode
}

/** A secret, this once: it lives in the props of this dialog and nowhere else, and only its button closes it. */
export function SecretDialog({ title, help, saved, onClose, children, ...secret }: Props) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={() => button.current?.focus()}
      keepOpen
      wide
      title={title}
      help={help}
      footer={
        <Button ref={button} onClick={onClose}>
          {saved}
        </Button>
      }
    >
      <div className="mt-4">
        <Secret {...secret}>
          <div className="mt-5 border-line border-t">
            <Facts narrow>{children}</Facts>
          </div>
        </Secret>
      </div>
    </Dialog>
  )
}
