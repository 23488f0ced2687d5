import { readHead } from '../mail-head.ts'
import { heldMail, type QuarantineConfig } from './held-mail.ts'
import { readJudgement } from './judgement.ts'
import type { Quarantine } from './port.ts'
import { isQueueId } from './store.ts'

/** Mail that Rspamd judged and Postfix hands over by LMTP: XFORWARD names it, `X-Portal-Quarantine` says what Rspamd thinks of it. */
export function postfixQuarantine(config: Omit<QuarantineConfig, 'judge'>): Quarantine {
  return heldMail({
    ...config,
    async judge({ ident, client, raw }) {
      // A client's name with odd octets makes the listener refuse XFORWARD as a whole; Postfix's own Received has the id, too.
      const queueId = ident !== null && isQueueId(ident) ? ident : (await readHead(raw)).queueId
      if (queueId === null) {
        throw new Error('Postfix names no long queue id: "enable_long_queue_ids = yes" or "lmtp_send_xforward_command = yes" is missing')
      }
      const judgement = readJudgement(raw)
      if (!judgement) throw new Error(`mail ${queueId} came without the filter’s X-Portal-Quarantine header at its top`)
      return { queueId, ...judgement, facts: { client } }
    },
  })
}
