import { randomInt } from 'node:crypto'
import { queueIdOf } from '../queue-id.ts'
import { heldMail, type QuarantineConfig } from './held-mail.ts'
import type { Judgement } from './judgement.ts'
import type { Quarantine } from './port.ts'
import { isQueueId } from './store.ts'

// The test strings of filters and of virus scanners, in two parts: whole, this file would be one.
const GTUBE = Buffer.from(['XJS*C4JDBQADN1.NSBN3*2IDNEN*', 'GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'].join(''))
const EICAR = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''))
// As an attachment: its lines are 76 characters long (RFC 2045 6.8).
const EICAR_ATTACHED = Buffer.from(EICAR.subarray(0, 54).toString('base64'))

/** Mail as it comes, where there is no filter: of all spam and malware it knows the strings that test for them. */
export function embeddedQuarantine({
  listen = { host: '127.0.0.1', port: 0 },
  ...config
}: Omit<QuarantineConfig, 'judge' | 'listen'> & Partial<Pick<QuarantineConfig, 'listen'>>): Quarantine {
  return heldMail({
    ...config,
    listen,
    async judge({ ident, client, raw }) {
      const judgement = judge(raw)
      const { verdict, auth, score } = judgement
      const symbols = verdict === 'none' ? [] : [{ name: verdict === 'spam' ? 'GTUBE' : 'EICAR', score }]
      return {
        ...judgement,
        queueId: ident !== null && isQueueId(ident) ? ident : newQueueId(),
        arrived: true,
        facts: {
          client: { ...client, tls: null },
          size: raw.length,
          scan: { score, required: 8, junk: 5, verdict, auth, symbols, attachments: [] },
        },
      }
    },
  })
}

function judge(raw: Buffer): Judgement & { score: number } {
  if (raw.includes(EICAR) || raw.includes(EICAR_ATTACHED)) return { verdict: 'malware', score: 0, auth: 'none' }
  if (raw.includes(GTUBE)) return { verdict: 'spam', score: 1_000, auth: 'none' }
  return { verdict: 'none', score: 0, auth: 'none' }
}

const newQueueId = () => queueIdOf(Date.now() * 1_000 + randomInt(1_000), BigInt(randomInt(2 ** 47)))
