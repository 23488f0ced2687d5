/** Seconds in the largest unit that says enough, for the words `common.wait`. */
export function spanOf(seconds: number): { unit: 'seconds' | 'minutes' | 'hours'; count: number } {
  if (seconds < 100) return { unit: 'seconds', count: seconds }
  if (seconds < 100 * 60) return { unit: 'minutes', count: Math.ceil(seconds / 60) }
  return { unit: 'hours', count: Math.ceil(seconds / 3600) }
}
