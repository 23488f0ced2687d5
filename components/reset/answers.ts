/** Why a step was not taken, in words already: public pages carry no formatter. */
export interface Refused {
  /** What was not done. */
  title: string
  sentence: string
  /** When it makes sense to try again. */
  wait?: string
  reference: string
  /** The way on, where there is but one. */
  next?: { href: string; label: string }
}

export interface AccountAnswer {
  /** As it was typed. */
  account: string
  /** What is wrong with it. */
  wrong?: string
  refused?: Refused
}

/** `sent`: what is said of it beside what the page says; `wrong`: with the code. */
export type CodeAnswer = { sent: string } | { wrong: string } | { refused: Refused }

export interface Receipt {
  title: string
  time: string
  lines: string[]
  signIn: string
  reference: string
}

/** `fields`: what stands beside them. */
export type NewAnswer = { done: Receipt } | { refused: Refused } | { fields: { next?: string; again?: string } }
