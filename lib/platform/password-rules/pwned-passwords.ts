import { hash } from 'node:crypto'
import { textUpTo } from '../limited-body.ts'
import { log } from '../log.ts'

const PATIENCE_MS = 2_000
/** A padded range has at most some 2,000 lines of 50 octets. */
const MOST_OCTETS = 1_000_000

/**
 * Asks a range service in the manner of Have I Been Pwned whether a password was in a breach. Only the first 5 of 40 hex digits of
 * its SHA-1 go out, and the answer is padded, so that neither the service nor whoever watches learns which it was. No answer in time
 * is a no: the offline list has had its say.
 */
export async function isPwned(url: string, password: string): Promise<boolean> {
  const digest = hash('sha1', password).toUpperCase()
  try {
    const response = await fetch(`${url}/range/${digest.slice(0, 5)}`, {
      headers: { 'Add-Padding': 'true' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const range = response.ok ? await textUpTo(response, MOST_OCTETS) : null
    if (range === null) log.warn({ status: response.status }, 'the service of breached passwords gave no range')
    // A count of 0 is padding.
    return new RegExp(`^${digest.slice(5)}:0*[1-9]`, 'im').test(range ?? '')
  } catch (error) {
    log.warn({ error }, 'the service of breached passwords did not answer')
    return false
  }
}
