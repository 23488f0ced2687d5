import PostalMime from 'postal-mime'
import { arrivalOf } from './queue-id.ts'

/** What lists show of a mail, and what it is found by. */
export interface Head {
  from: { name: string; address: string } | null
  subject: string
  /** With its angle brackets. */
  messageId: string | null
  /** Postfix's long queue id in the first Received, which the last server wrote. */
  queueId: string | null
}

// Real headers stay under 64 KB; what is cut off is shown nowhere.
const LONGEST_HEADER = 2 ** 17

/** A header may decode to line ends, and a text column takes no NUL. */
const oneLine = (text: string | undefined) => (text ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()

/** Never throws: what cannot be read is left out. */
export async function readHead(raw: Uint8Array): Promise<Head> {
  try {
    const { from, subject, messageId, headers } = await PostalMime.parse(headerOf(raw))
    return {
      from: from && 'address' in from && from.address ? { name: oneLine(from.name), address: oneLine(from.address) } : null,
      subject: oneLine(subject),
      messageId: oneLine(messageId) || null,
      queueId: queueIdIn(headers.find(({ key }) => key === 'received')?.value),
    }
  } catch {
    return { from: null, subject: '', messageId: null, queueId: null }
  }
}

/** The header and the empty line behind it, as far as they are read. */
export function headerOf(raw: Uint8Array): Buffer {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, LONGEST_HEADER))
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'))
  return start.subarray(0, end ? end.index + end[0].length : start.length)
}

/** RFC 5321 4.4: `from … by … with … id …`. */
function queueIdIn(received = ''): string | null {
  const id = /\sid ([0-9A-Za-z]{10,40})\b/.exec(received)?.[1] ?? ''
  return arrivalOf(id) === null ? null : id
}
