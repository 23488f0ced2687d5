/** What is to be typed: the digits of a text, or the letters and digits of a one-time pass or recovery code. */
export type CodeKind = 'text' | 'pass'

export const CODE_LENGTH: Record<CodeKind, number> = { text: 8, pass: 12 }

/** How many letters and digits are missing; spaces and hyphens may be typed between them. */
export const missingSigns = (kind: CodeKind, typed: string): number =>
  Math.max(0, CODE_LENGTH[kind] - typed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '').length)
