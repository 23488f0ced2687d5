import type { ReactNode } from 'react'
import { Seal } from './seal.tsx'

/** The receipt: what is finished, when, how many. */
export function Stamp({ title, time, children }: { title: ReactNode; time: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex items-start gap-4">
      <Seal className="mt-0.5 size-10" />
      <div>
        <h2>{title}</h2>
        <p className="text-ink-2 tabular-nums">{time}</p>
        {children}
      </div>
    </div>
  )
}
