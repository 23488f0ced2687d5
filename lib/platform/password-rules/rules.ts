import { fold, type Person, personalWords, takeOut } from './known-words.ts'
import { tellingLength } from './runs.ts'

export { type Person, personalWords } from './known-words.ts'
export { tellingLength } from './runs.ts'

/**
 * `nist`: SP 800-63B-4 3.1.1.2, length and what is known count, no kinds of characters and no expiry.
 * `mlps3`: GB/T 22239-2019 8.1.4.1 a), complexity and regular change, as assessors of 等级保护三级 read it.
 */
export type PasswordProfile = 'nist' | 'mlps3'

/** Lengths are in code points. */
export interface PasswordPolicy {
  profile: PasswordProfile
  least: number
  most: number
  siteWords: string[]
}

/** What the browser can judge while a person types, in the order in which it is shown. `kinds` is there under `mlps3` alone. */
export type RuleName = 'length' | 'kinds' | 'personal' | 'site_words' | 'repeated'

/** What a profile asks for at least; a site may ask for more. */
export function leastLength(profile: PasswordProfile, secondFactor: boolean): number {
  return profile === 'nist' && !secondFactor ? 15 : 8
}

export const MOST_LENGTH = 128
export const LEAST_KINDS = 3
const KINDS = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u]

/**
 * NFC, as NIST and RFC 8265 4.2.2 ask. Not its other step, every space to U+0020: a sign-in page that leaves spaces as they are
 * would lock out whoever types the same again.
 */
export const prepare = (password: string): string => password.normalize('NFC')

export const lengthOf = (password: string): number => [...prepare(password)].length

/** Controls, line ends and halves of a character: no keyboard types them, and servers cut the password there. */
export const hasForbidden = (password: string): boolean => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(password)

/** The folded password without what whoever attacks this person or this site tries first, and what of that was there. */
export function unknownPart(policy: PasswordPolicy, person: Person | null, password: string) {
  const { rest, found } = takeOut(fold(password), [person ? personalWords(person) : [], policy.siteWords])
  return { rest, personal: found[0], site: found[1] }
}

/**
 * A known word is no fault by itself, it only does not count: a long passphrase may have one, and what is left must be long enough
 * alone. Repeats and sequences may make a third of the least length.
 */
export function checkRules(policy: PasswordPolicy, person: Person | null, password: string): { rule: RuleName; met: boolean }[] {
  const length = lengthOf(password)
  // What is too long anyway is not read to its end: that would take time.
  const { rest, personal, site } = unknownPart(policy, person, prepare(password).slice(0, 2 * policy.most))
  const left = [...rest].length
  const enough = left >= policy.least
  const kinds = KINDS.filter((kind) => kind.test(password)).length
  return [
    { rule: 'length', met: length >= policy.least && length <= policy.most },
    ...(policy.profile === 'mlps3' ? [{ rule: 'kinds' as const, met: kinds >= LEAST_KINDS }] : []),
    { rule: 'personal', met: !personal || enough },
    { rule: 'site_words', met: !site || enough },
    { rule: 'repeated', met: tellingLength(rest) * 3 >= Math.min(left, policy.least) * 2 },
  ]
}
