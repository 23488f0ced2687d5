/** The spelling alphabet of radio (ITU-R M.1172). */
const WORDS =
  'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu'.split(
    ' ',
  )
const GROUP = 4

/** How a secret is read out over the phone, in groups as it is shown: `k4tq` is `k Kilo · 4 · t Tango · q Quebec`; a letter stays with its word. */
export const spelled = (secret: string): string[] =>
  (secret.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).map((group) => [...group].map(said).join(' · '))

function said(character: string): string {
  const word = WORDS.find((one) => one.startsWith(character.toUpperCase()))
  return word ? `${character}\u00a0${word}` : character
}
