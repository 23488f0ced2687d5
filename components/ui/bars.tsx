import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { Hatch } from './hatch.tsx'

export interface Bar {
  key: string
  label: ReactNode
  value: number
  /** Hatched, behind the bar: what was lost on the way to it. */
  lost?: number
  /** The value as it is written. */
  text: ReactNode
  /** In the last column. */
  note?: ReactNode
}

interface Props {
  label?: string
  labelledBy?: string
  /** The value of a full bar. */
  max: number
  bars: Bar[]
  /** Long names. */
  wide?: boolean
}

/** Bars below each other with their numbers: the list reads without the bars. */
export function Bars({ label, labelledBy, max, bars, wide }: Props) {
  const id = useId()
  const percent = (value: number) => (max > 0 ? Math.min(100, Math.max(0, (100 * value) / max)) : 0)
  return (
    <ol className={cx('ui-bars', wide && 'ui-bars-wide')} aria-label={label} aria-labelledby={labelledBy}>
      {bars.map(({ key, label: name, value, lost = 0, text, note }) => (
        <li key={key}>
          <span>{name}</span>
          <svg aria-hidden="true">
            <rect height="100%" width={`${percent(value)}%`} />
            {lost > 0 && (
              <svg aria-hidden="true" x={`${percent(value)}%`} width={`${percent(lost)}%`} className="ui-viz-3">
                <Hatch id={`${id}${key}`} series={4} />
                <rect x="2" width="100%" height="100%" fill={`url(#${id}${key})`} stroke="currentColor" strokeWidth="2" />
              </svg>
            )}
          </svg>
          <span className="ui-bars-number">{text}</span>
          <span className="ui-bars-number">{note}</span>
        </li>
      ))}
    </ol>
  )
}
