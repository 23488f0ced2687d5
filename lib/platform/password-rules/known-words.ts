export interface Person {
  name: string
  nameEn: string | null
  login: string
  address: string
}

/** As words are compared: one width and one case. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

const ALIKE = ['o0', 'il1!|', 'e3', 'a4@', 's5$', 't7']
// None of the signs that stand for a letter: so each character of the password matches in one way, and no pattern goes back (ReDoS).
const BETWEEN = '[^\\p{L}\\p{M}\\p{N}@$!|]*'

const patternOf = (chars: string[]) => chars.map((char) => `[${ALIKE.find((alike) => alike.includes(char)) ?? char}]`).join(BETWEEN)

/** Matches a word forwards and backwards, whatever stands between its letters, with the usual digits for letters (`yun1ing`). */
function matcherOf(word: string): RegExp {
  const chars = [...word]
  return new RegExp(`${patternOf(chars)}|${patternOf(chars.reverse())}`, 'gu')
}

/** What is too short would be found in honest words: one or two Latin letters, one Chinese character, three digits. */
const counts = (word: string): boolean => [...word].length >= (/^\d+$/.test(word) ? 4 : /^[\x00-\x7f]*$/.test(word) ? 3 : 2)

const partsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []

/** The parts of a name and the whole, in both orders; of a long number also its end, which people use. */
function wordsOf(text: string): string[] {
  const parts = partsOf(text)
  const numbers = parts.filter((part) => /^\d+$/.test(part))
  return [...parts, parts.join(''), parts.toReversed().join(''), ...numbers.flatMap((number) => [number.slice(-6), number.slice(-4)])]
}

export function personalWords({ name, nameEn, login, address }: Person): string[] {
  return [name, nameEn ?? '', login, address.slice(0, address.lastIndexOf('@'))].flatMap(wordsOf)
}

/**
 * A folded text without the words of all lists, and of which lists a word was there. The longest goes first, wherever it stands:
 * 云岭大学 before 云岭, and yunling before the lin in it.
 */
export function takeOut(text: string, lists: string[][]): { rest: string; found: boolean[] } {
  const known = lists.map((words) => new Set(words.map((word) => partsOf(word).join('')).filter(counts)))
  const words = [...new Set(known.flatMap((list) => [...list]))].sort((one, other) => other.length - one.length)
  const taken: string[] = []
  const rest = words.reduce((left, word) => {
    const without = left.replace(matcherOf(word), '')
    if (without !== left) taken.push(word)
    return without
  }, text)
  return { rest, found: known.map((list) => taken.some((word) => list.has(word))) }
}
