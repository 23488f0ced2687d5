import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivate } from '#deploy/mail-stack/state.ts'

/** What outlives a stop. */
export interface State {
  address: string
  /** Password of the domain's administrator. */
  administrator: string
  /** Password of the portal's account. */
  portal: string
  /** The domain has its rules and accounts, and not only its tables. */
  furnished: boolean
}

const fileOf = (home: string) => join(home, 'state.json')

export const loadState = (home: string): State | null => (existsSync(fileOf(home)) ? JSON.parse(readFileSync(fileOf(home), 'utf8')) : null)

export const saveState = (home: string, state: State): void => writePrivate(fileOf(home), `${JSON.stringify(state, null, 2)}\n`)

// The domain's first rule asks for letters of both kinds and digits.
const secret = () => `Aa1-${randomBytes(15).toString('base64url')}`

export const newState = (): State => ({ address: '127.0.0.10', administrator: secret(), portal: secret(), furnished: false })
