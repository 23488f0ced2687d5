/** Of these numbers, the one that `share` of them (0 to 1) are below. */
export const quantile = (numbers: number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] as number

export const median = (numbers: number[]): number => quantile(numbers, 0.5)
