/** What hands type without thinking, and what people count by. */
const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  '!@#$%^&*()',
  '零一二三四五六七八九十',
  '甲乙丙丁戊己庚辛壬癸',
  '子丑寅卯辰巳午未申酉戌亥',
]

type Step = (char: string) => string | undefined

const along = (row: string): Step => {
  const next = new Map([...row].map((char, index, chars) => [char, chars[index + 1]]))
  return (char) => next.get(char)
}

const byCodePoint =
  (distance: number): Step =>
  (char) => {
    const point = (char.codePointAt(0) ?? 0) + distance
    return point < 0 || point > 0x10ffff ? undefined : String.fromCodePoint(point)
  }

const STEPS: Step[] = [...[0, 1, -1].map(byCodePoint), ...ROWS.flatMap((row) => [along(row), along([...row].reverse().join(''))])]

function runFrom(chars: string[], start: number): number {
  const lengths = STEPS.map((step) => {
    let end = start + 1
    while (end < chars.length && step(chars[end - 1] as string) === chars[end]) end++
    return end - start
  })
  return Math.max(...lengths)
}

/**
 * In how many characters a folded text can be told: what is repeated counts once, and a run of three or more (`aaaa`, `4321`,
 * `qwert`, `一二三`) counts as one character.
 */
export function tellingLength(text: string): number {
  const chars = [...text.replace(/(.{2,}?)\1+/gsu, '$1')]
  let count = 0
  for (let at = 0; at < chars.length; count++) {
    const run = runFrom(chars, at)
    at += run >= 3 ? run : 1
  }
  return count
}
