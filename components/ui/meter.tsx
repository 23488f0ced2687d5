interface Props {
  label: string
  value: number
  max: number
  /** `hold` when it is nearly full. */
  tone?: 'plain' | 'hold'
}

/** How full something is; the figures stand beside it. SVG, because a width that comes from data must not be a style. */
export function Meter({ label, value, max, tone = 'plain' }: Props) {
  const percent = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0
  return (
    <svg role="img" aria-label={label} className="mt-1.5 block h-1 w-full rounded-1 bg-line">
      <rect height="100%" width={`${percent}%`} className={`ui-bar ${tone === 'hold' ? 'fill-hold' : 'fill-ink-2'}`} />
    </svg>
  )
}
