import { hash, verify } from '@node-rs/argon2'
import { passwordText } from './password-text.ts'

/** OWASP Password Storage: Argon2id, 19 MiB, 2 passes, 1 lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(passwordText(password), ARGON2ID)

/** Some accounts have a mark in place of a hash, which no password matches. */
export const matchesHash = async (digest: string, password: string): Promise<boolean> =>
  digest.startsWith('$argon2') && (await verify(digest, passwordText(password)))
