const LEAST = 2
const MOST = 100

/** Fewer characters would find everybody; controls are in nobody's name (T28). */
export const isSearchable = (text: string): boolean => {
  const length = [...text.trim()].length
  return length >= LEAST && length <= MOST && !/[\p{Cc}\p{Cs}]/u.test(text)
}
