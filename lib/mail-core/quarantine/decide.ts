import type { SenderVerdict } from '../sender-rules/port.ts'
import type { Judgement } from './judgement.ts'
import type { HeldVerdict } from './port.ts'

export interface Decision {
  verdict: HeldVerdict
  /** Handed on at once; else it is held. */
  passing: boolean
  /** Set when the recipient's own list decided. */
  rule?: SenderVerdict
}

/** What happens to a mail for one recipient. A list never beats malware or phishing, an allowance no failed authentication (T27). */
export function decide({ verdict, auth }: Judgement, rule: SenderVerdict | null): Decision {
  if (verdict === 'malware' || verdict === 'phishing') return { verdict, passing: false }
  if (rule === 'block') return { verdict: 'blocked', passing: false, rule }
  if (rule === 'allow' && auth !== 'fail') return { verdict, passing: true, rule }
  return { verdict, passing: verdict === 'none' }
}
