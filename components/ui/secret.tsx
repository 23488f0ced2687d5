'use client'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

interface Props {
  /** As it is typed, without spaces. */
  value: string
  /** Shown in groups of this many characters. */
  group?: number
  /** A QR code as SVG, drawn in black. */
  qr?: ReactNode
  qrNote?: ReactNode
  /** Under the button: what belongs to it. */
  children?: ReactNode
}

/** A secret shown once. */
export function Secret({ value, group = 4, qr, qrNote, children }: Props) {
  const groups = value.match(new RegExp(`.{1,${group}}`, 'gs')) ?? []
  return (
    <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_auto]">
      <div>
        <p className="ui-secret">
          {groups.map((part, index) => (
            <span key={index}>{part}</span>
          ))}
        </p>
        <div className="mt-4">
          <CopyButton value={value} kind="primary" />
        </div>
        {children}
      </div>
      {qr && (
        <figure>
          <div className="ui-qr">{qr}</div>
          {qrNote && <figcaption className="mt-1.5 max-w-36 text-ink-3 text-xs">{qrNote}</figcaption>}
        </figure>
      )}
    </div>
  )
}
