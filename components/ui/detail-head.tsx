'use client'
import X from 'lucide-react/icons/x'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button.tsx'

interface Props {
  title: string
  /** One line below it. */
  sub?: ReactNode
  closeLabel: string
  /** Somebody opened it on this page, so that reading goes on here. */
  takesFocus: boolean
  onClose: () => void
}

/** Of the pane beside a list. Narrow screens have a way back instead of the cross. */
export function DetailHead({ title, sub, closeLabel, takesFocus, onClose }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return (
    <div className="mb-3 flex items-start gap-2">
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <h2 ref={heading} tabIndex={-1} className="outline-none">
          <bdi>{title}</bdi>
        </h2>
        {sub && <p className="text-ink-2 text-sm">{sub}</p>}
      </div>
      <span className="max-xl:hidden">
        <Button kind="icon" size="sm" label={closeLabel} onClick={onClose}>
          <X />
        </Button>
      </span>
    </div>
  )
}
