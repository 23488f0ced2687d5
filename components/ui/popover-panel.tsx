'use client'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { PopoverButton, type PopoverProps } from './popover.tsx'

export default function PopoverPanel({ label, button, on, children }: PopoverProps) {
  const [open, setOpen] = useState(true)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <PopoverButton on={on}>{button}</PopoverButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="start" sideOffset={4} collisionPadding={16} aria-label={label} className="ui-popover">
          {children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
