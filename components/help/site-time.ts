/** What a clock on the wall of the site shows: `2026-11-30T08:30`, as a field for times has it. */
export function wallTime(zone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  })
  return parts.format(instant).replace(' ', 'T')
}

/**
 * The instant at which the wall of the site shows this. In the hour that a clock change skips, the one after it; in the hour that comes
 * twice, the first. Undefined when it is no time.
 */
export function instantOf(zone: string, wall: string): Date | undefined {
  const asUtc = Date.parse(`${wall}Z`)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(asUtc)) return undefined
  const offsetAt = (instant: number) => Date.parse(`${wallTime(zone, new Date(instant))}Z`) - instant
  const day = 86_400_000
  const offsets = [offsetAt(asUtc - day), offsetAt(asUtc + day)]
  const possible = offsets.map((offset) => asUtc - offset)
  const right = possible.filter((instant) => instant + offsetAt(instant) === asUtc)
  return new Date(right.length > 0 ? Math.min(...right) : (possible[0] as number))
}
