import type { ReactNode } from 'react'

/** The road and its post stations, oldest first. */
export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="ui-road">
      {children}
    </ol>
  )
}

interface StationProps {
  time: ReactNode
  /** For machines, ISO 8601. */
  dateTime?: string
  /** Filled, waiting for a decision, or still to come. */
  state: 'done' | 'hold' | 'next'
  /** From here on the road is only planned. */
  lastDone?: boolean
  title: ReactNode
  children?: ReactNode
}

export function Station({ time, dateTime, state, lastDone, title, children }: StationProps) {
  return (
    <li data-state={state} data-last-done={lastDone || undefined}>
      <time dateTime={dateTime}>{time}</time>
      <div>
        <b>{title}</b>
        {children && <div className="text-ink-2">{children}</div>}
      </div>
    </li>
  )
}
