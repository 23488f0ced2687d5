import { type ReactNode, useId } from 'react'
import { Hatch, type Series } from './hatch.tsx'

export interface Part {
  key: string
  label: ReactNode
  value: number
  text: ReactNode
  series: Series
  /** Beside the number: that it is late. */
  note?: ReactNode
}

/** One bar of several parts, and under it each part with its hatch and its number. */
export function StackBar({ label, parts }: { label: string; parts: Part[] }) {
  const id = useId()
  const total = parts.reduce((sum, { value }) => sum + value, 0)
  let start = 0
  const placed = parts.map((part) => {
    const share = total > 0 ? (100 * part.value) / total : 0
    start += share
    return { ...part, x: start - share, share }
  })
  return (
    <>
      {total > 0 && (
        <svg className="ui-stack" aria-hidden="true">
          {placed.map(({ key, x, share, series }) => (
            <svg key={key} aria-hidden="true" x={`${x}%`} width={`${share}%`} className={`ui-viz-${series}`}>
              <Hatch id={`${id}${key}`} series={series} />
              <rect width="100%" height="100%" fill={`url(#${id}${key})`} stroke="currentColor" strokeWidth={series === 5 ? 4 : 2} />
              {x + share < 99.9 && <rect x="100%" width="3" height="100%" transform="translate(-2)" className="ui-stack-gap" />}
            </svg>
          ))}
        </svg>
      )}
      <ul className="ui-legend" aria-label={label}>
        {parts.map(({ key, label: name, text, note, series }) => (
          <li key={key}>
            <svg aria-hidden="true" className={`ui-viz-${series}`}>
              <rect width="100%" height="100%" fill={`url(#${id}${key}-sign)`} stroke="currentColor" strokeWidth={series === 5 ? 4 : 2} />
              <Hatch id={`${id}${key}-sign`} series={series} />
            </svg>
            <span>{name}</span>
            <span>{note}</span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
