import { type Env, env } from '../env.ts'
import { isCommon } from './common-passwords.ts'
import { isPwned } from './pwned-passwords.ts'
import {
  checkRules,
  hasForbidden,
  LEAST_KINDS,
  leastLength,
  lengthOf,
  MOST_LENGTH,
  type PasswordPolicy,
  type Person,
  prepare,
  type RuleName,
  unknownPart,
} from './rules.ts'

export type PasswordFault =
  | 'password_characters'
  | 'password_too_long'
  | 'password_too_short'
  | 'password_kinds'
  | 'password_personal'
  | 'password_site_words'
  | 'password_common'

/** `values` are for the sentence: `least` and `now`, or `most`, in characters; for `password_kinds` the `least` kinds. */
export type PasswordJudgement = { ok: true } | { ok: false; code: PasswordFault; values?: Record<string, number> }

export const policyOf = (env: Env): PasswordPolicy => ({
  profile: env.PASSWORD_PROFILE,
  least: env.PASSWORD_MIN_LENGTH ?? leastLength(env.PASSWORD_PROFILE, env.SIGN_IN_SECOND_FACTOR),
  most: MOST_LENGTH,
  siteWords: env.PASSWORD_SITE_WORDS,
})

/** After how many days the embedded directory asks for a new password; null for never, as NIST has it. */
export const maxAgeDaysOf = (env: Env): number | null => env.PASSWORD_MAX_AGE_DAYS ?? (env.PASSWORD_PROFILE === 'mlps3' ? 90 : null)

function faultOf(rule: RuleName, policy: PasswordPolicy, password: string): PasswordJudgement {
  switch (rule) {
    case 'length':
      return { ok: false, code: 'password_too_short', values: { least: policy.least, now: lengthOf(password) } }
    case 'kinds':
      return { ok: false, code: 'password_kinds', values: { least: LEAST_KINDS } }
    case 'repeated':
      return { ok: false, code: 'password_common' }
    default:
      return { ok: false, code: `password_${rule}` }
  }
}

/**
 * Whether a person may have this password (T13): what the browser said while it was typed, again, and what only the server knows.
 * The caller stores `prepare(password)`. Without a person (`null`) personal words are not looked for.
 */
export async function judgePassword(policy: PasswordPolicy, person: Person | null, password: string): Promise<PasswordJudgement> {
  if (lengthOf(password) > policy.most) return { ok: false, code: 'password_too_long', values: { most: policy.most } }
  if (hasForbidden(password)) return { ok: false, code: 'password_characters' }
  const broken = checkRules(policy, person, password).find(({ met }) => !met)
  if (broken) return faultOf(broken.rule, policy, password)
  // `lin.yue:iloveyou` is as common as what is left without the name.
  const { rest } = unknownPart(policy, person, prepare(password))
  if ((await isCommon(password)) || (await isCommon(rest))) return { ok: false, code: 'password_common' }
  const { PASSWORD_HIBP_URL } = env()
  if (PASSWORD_HIBP_URL && (await isPwned(PASSWORD_HIBP_URL, prepare(password)))) return { ok: false, code: 'password_common' }
  return { ok: true }
}
