/**
 * Controls, what sets the direction of the text around it (Trojan Source, CVE-2021-42574), and what takes no room. The joiners
 * stay: they hold emoji and Persian words together.
 */
const UNSEEN =
  /(?![\n\t])(?:\p{Cc}|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}])/gu

/** More marks on one letter than any script needs would be drawn over the lines above and below. */
const PILE_OF_MARKS = /(\p{M}{6})\p{M}+/gu

/** Text that stays where it is put: line ends are \n, nothing is hidden or reordered. */
export const plainText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSEEN, '')
    .replace(PILE_OF_MARKS, '$1')

/** One line, cut at so many characters. */
export function oneLine(text: string, longest: number): string {
  const line = plainText(text.slice(0, longest * 20))
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...line]
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line
}

const LONGEST_NAME = 120
const ENDING = 20

/** A file's name on one line; a long one is cut in the middle, because its ending tells what it is. */
export function fileName(name: string): string {
  const characters = [...plainText(name).replace(/\s+/g, ' ').trim()]
  if (characters.length <= LONGEST_NAME) return characters.join('')
  return `${characters.slice(0, LONGEST_NAME - ENDING - 1).join('')}…${characters.slice(-ENDING).join('')}`
}
