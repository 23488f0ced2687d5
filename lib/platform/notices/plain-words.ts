const LONGEST = 80

/**
 * A name that somebody chose, fit for a subject line, a text message and a sentence: one line (T33), nothing invisible or
 * reordering, no more than 80 characters, and with an invisible break in whatever a mail client would turn into a link.
 */
export function plainWords(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').trim()
  const characters = [...visible]
  const short = characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : visible
  return short.replace(/[.:/@](?=\S)/g, '$&\u200b')
}
