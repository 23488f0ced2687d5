import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { type Person, personalWords, tellingLength } from '#lib/platform/password-rules/rules.ts'

/** From 0, guessed at once, to 4, guessed by nobody. */
export type Strength = 0 | 1 | 2 | 3 | 4

/** What comes after is not read: the time grows with the square, and who made so many characters hard to guess is at the top. */
const MOST_READ = 48

let judge: Promise<ZxcvbnFactory> | undefined

/** 240 KB on the wire, so it comes when somebody types. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/**
 * What zxcvbn does not know it takes for one of ten characters. A Chinese character is one of thousands, though few follow another:
 * it counts as two, 1 in 100.
 */
const spread = (text: string) => text.replace(/\p{Script=Han}/gu, '$&\u{e000}')

/** How well a password stands against guessing by who knows this person. Fails where the judge cannot be loaded. */
export async function strengthOf(password: string, person: Person | null): Promise<Strength> {
  judge ??= load().catch((error) => {
    judge = undefined
    throw error
  })
  const { score } = (await judge).check(spread(password).slice(0, MOST_READ), person ? personalWords(person).map(spread) : [])
  // zxcvbn cannot count in Chinese.
  const counted = tellingLength(password.slice(0, MOST_READ)) * 2 < Math.min([...password].length, MOST_READ)
  return counted ? (Math.min(score, 1) as Strength) : score
}
