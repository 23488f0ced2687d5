'use client'
import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  /** `status` where it is also read out by who has the focus elsewhere. */
  role?: 'status'
  className?: string
  children: ReactNode
}

/** What has just come about: it takes the focus when it appears. */
export function Focused({ role, className = '', children }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} role={role} className={`outline-none ${className}`}>
      {children}
    </div>
  )
}
