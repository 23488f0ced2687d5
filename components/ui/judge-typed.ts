import { checkRules, lengthOf, type PasswordPolicy, type Person } from '#lib/platform/password-rules/rules.ts'

export interface PasswordRules {
  policy: PasswordPolicy
  person: Person
}

/** The lines that a person reads; `plain`: not one of the patterns and names that are tried first. */
export type Line = 'length' | 'kinds' | 'personal' | 'plain'

/** What the browser can say of a password while it is typed, in the order shown. */
export function judgeTyped({ policy, person }: PasswordRules, password: string): { now: number; lines: { line: Line; met: boolean }[] } {
  const checked = checkRules(policy, person, password)
  const lineOf = (rule: (typeof checked)[number]['rule']): Line => (rule === 'site_words' || rule === 'repeated' ? 'plain' : rule)
  const lines = [...new Set(checked.map(({ rule }) => lineOf(rule)))].map((line) => ({
    line,
    // Nothing is typed, so nothing is kept yet.
    met: password !== '' && checked.every(({ rule, met }) => lineOf(rule) !== line || met),
  }))
  return { now: lengthOf(password), lines }
}
