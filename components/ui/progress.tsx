interface Props {
  label: string
  value: number
  max: number
}

/** Work under way. Say the count beside it; the value is announced in steps of ten per cent. */
export function Progress({ label, value, max }: Props) {
  const percent = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.floor(percent / 10) * 10}>
      <svg aria-hidden="true" className="block h-1.5 w-full rounded-1 bg-line">
        <rect height="100%" width={`${percent}%`} className="ui-bar fill-accent" />
      </svg>
    </div>
  )
}
