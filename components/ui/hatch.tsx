/** 1 solid, 2 and 4 hatched to either side, 3 dotted, 5 hollow. */
export type Series = 1 | 2 | 3 | 4 | 5

interface Props {
  /** Of its own in the page. */
  id: string
  series: Series
}

/** What a series is drawn with: `fill={`url(#${id})`}`, inside the class `ui-viz-<series>` that gives the colour. */
export function Hatch({ id, series }: Props) {
  const unit = { id, patternUnits: 'userSpaceOnUse' as const }
  if (series === 1)
    return (
      <pattern {...unit} width="4" height="4">
        <rect width="4" height="4" fill="currentColor" />
      </pattern>
    )
  if (series === 3)
    return (
      <pattern {...unit} width="5" height="5">
        <circle cx="2.5" cy="2.5" r="1.2" fill="currentColor" />
      </pattern>
    )
  if (series === 5) return <pattern {...unit} width="4" height="4" />
  const [period, width, turn] = series === 2 ? [5, 3, -45] : [4, 2, 45]
  return (
    <pattern {...unit} width={period} height={period} patternTransform={`rotate(${turn})`}>
      <rect width={width} height={period} fill="currentColor" />
    </pattern>
  )
}
