import { marksFor, pathOf } from './plot-scale.ts'

export interface PlotPoint {
  key: string
  /** Under the axis; empty where there is no room for each. */
  mark: string
  /** Null: not yet. */
  value: number | null
  past: number
}

interface Props {
  /** What it shows, and where it stands, in words. */
  label: string
  points: PlotPoint[]
  number: (value: number) => string
  /** Beside the last known point, behind its number. */
  now: string
  /** At the dashed line of the period before. */
  past: string
}

/** The height of a word, in per cent of the plot. */
const WORD = 6

/** A line over time, and dashed the one before. SVG alone; what words say stands in it at a size that does not stretch. */
export function Plot({ label, points, number, now, past }: Props) {
  const marks = marksFor(Math.max(0, ...points.flatMap((point) => [point.value ?? 0, point.past])))
  const most = marks.at(-1) ?? 1
  const left = (index: number) => (100 * index) / Math.max(1, points.length - 1)
  const top = (value: number) => 100 - (100 * value) / most
  const last = points.findLastIndex(({ value }) => value !== null)
  const lastValue = points[last]?.value ?? null
  // Where both lines leave room: over what the dashed one reaches at the right.
  const pastTop = top(Math.max(0, ...points.slice(Math.floor(points.length * 0.6)).map((point) => Math.max(point.past, point.value ?? 0))))
  // Never in the line of the other words, which on a phone reach as far.
  const apart = lastValue !== null && Math.abs(pastTop - top(lastValue) + WORD) < 2 * WORD ? top(lastValue) - 3 * WORD : pastTop
  return (
    <svg className="ui-plot" role="img" aria-label={label}>
      <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" overflow="visible">
        {marks.map((mark) => (
          <line key={mark} x1="0" x2="100" y1={top(mark)} y2={top(mark)} />
        ))}
        <path
          className="ui-plot-past"
          d={pathOf(
            points.map((point) => point.past),
            most,
          )}
        />
        <path
          className="ui-plot-now"
          d={pathOf(
            points.map(({ value }) => value),
            most,
          )}
        />
      </svg>
      {marks.map((mark) => (
        <text key={mark} x="-8" y={`${top(mark)}%`} dy="4" textAnchor="end">
          {number(mark)}
        </text>
      ))}
      {points.map(({ key, mark }, index) => (
        <text
          key={key}
          x={`${left(index)}%`}
          y="100%"
          dy="17"
          textAnchor={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
        >
          {mark}
        </text>
      ))}
      <text className="ui-plot-word" x="100%" y={`${Math.max(WORD, apart)}%`} dy="-8" textAnchor="end">
        {past}
      </text>
      {lastValue !== null && (
        <>
          <rect x={`${left(last)}%`} y={`${top(lastValue)}%`} width="9" height="9" transform="translate(-4.5 -4.5)" />
          <text
            className="ui-plot-word"
            x={`${left(last)}%`}
            y={`${top(lastValue)}%`}
            dx={left(last) < 60 ? 12 : -12}
            dy={-14}
            textAnchor={left(last) < 60 ? 'start' : 'end'}
          >
            <tspan>{number(lastValue)}</tspan> {now}
          </text>
        </>
      )}
    </svg>
  )
}
