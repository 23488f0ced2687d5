import { arrivalOf } from '../queue-id.ts'
import type { MailIdentity } from './port.ts'

/** Only these characters are put into a search. Whatever has others was not found by the trace, or cannot be told apart safely (T28). */
export const isSafeIdentity = ({ messageId, queueId }: MailIdentity): boolean =>
  (messageId === null || /^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@:[\]-]{1,250}>$/.test(messageId)) && arrivalOf(queueId) !== null
