import { headerOf } from '../mail-head.ts'
import type { Authentication, Verdict } from '../trace/port.ts'

export interface Judgement {
  verdict: Verdict
  score: number | null
  auth: Authentication
}

const VERDICTS = new Set<string>(['none', 'spam', 'phishing', 'malware'])
const AUTHENTICATIONS = new Set<string>(['pass', 'fail', 'none'])

/**
 * What the filter says in `X-Portal-Quarantine: verdict=spam; score=9.10; required=8.00; auth=fail`. It counts above everything that
 * came from outside: in a first block of `X-Portal-` headers, in which our Postfix's own Received may stand. Further down it is the
 * sender's, whatever it says, and so is a folded line behind it: ours has one line. Null when it is not there or not to be understood.
 */
export function readJudgement(raw: Uint8Array): Judgement | null {
  let received = 0
  for (const line of headerOf(raw)
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    if (name === 'x-portal-quarantine') return toJudgement(line.slice(colon + 1))
    if (name === 'received' ? ++received > 1 : !name.startsWith('x-portal-')) return null
  }
  return null
}

function toJudgement(value: string): Judgement | null {
  const [written = ''] = value.split(/\r?\n/, 1)
  const fields = new Map(written.split(';').map((field) => field.trim().split('=', 2) as [string, string]))
  const [verdict, auth] = [fields.get('verdict') ?? '', fields.get('auth') ?? 'none']
  if (!VERDICTS.has(verdict) || !AUTHENTICATIONS.has(auth)) return null
  const score = Number.parseFloat(fields.get('score') ?? '')
  return { verdict: verdict as Verdict, auth: auth as Authentication, score: Number.isFinite(score) ? score : null }
}
