// Parts of what programs call themselves (RFC 2971), where that is not the name that people know.
const KNOWN: [RegExp, string][] = [
  [/thunderbird/i, 'Thunderbird'],
  [/^ipad mail/i, 'iPad Mail'],
  [/^(iphone mail|com\.apple\.email\.maild)/i, 'iPhone Mail'],
  [/^(mac os x mail|com\.apple\.mail)/i, 'Apple Mail'],
  [/outlook/i, 'Outlook'],
  [/foxmail/i, 'Foxmail'],
  [/roundcube/i, 'Roundcube'],
]
const LONGEST = 40

/** What a mail program calls itself, in words for people; null when it does not say. */
export function clientName(said: string): string | null {
  // Also what turns the direction of writing, or cannot be seen.
  const text = said.replace(/[\p{C}\p{Z}\ufffd]+/gu, ' ').trim()
  if (text === '' || text === 'NIL') return null
  const known = KNOWN.find(([part]) => part.test(text))?.[1]
  return known ?? [...text].slice(0, LONGEST).join('').trim()
}
