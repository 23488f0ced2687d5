import { randomInt } from 'node:crypto'
import { insertTraced } from '#db/factories.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'
import type { Resources } from '../context.ts'

export interface Sent {
  /** Whose login handed it in. */
  login: string
  /** Each with what became of it; where it was delivered, a copy lies in the inbox when the mailbox is one of ours. */
  to: { mailbox: string; outcome?: string; seen?: boolean }[]
  subject?: string
  /** Milliseconds. */
  ago?: number
}

export const messageIdOf = (id: string) => `<${id}@elsewhere.example>`

/** The octets of a mail as it came under this queue id. */
export const octetsOf = ({ id, messageId = messageIdOf(id), subject = 'A letter' }: { id: string; messageId?: string; subject?: string }) =>
  Buffer.from(
    `Received: from client by mail.yunling.example (Postfix) with ESMTPSA id ${id}; Wed, 25 Nov 2026 08:00:00 +0800\r\n` +
      `From: <sender@yunling.example>\r\nSubject: ${subject}\r\nMessage-ID: ${messageId}\r\n\r\nHello\r\n`,
  )

/** A mail that somebody sent, as the trace and the mailboxes have it. Returns its id. */
export async function sendMail({ db, mail }: Resources, { login, to, subject, ago = 60_000 }: Sent): Promise<string> {
  const arrival = (Date.now() - ago) * 1_000
  const id = queueIdOf(arrival, BigInt(randomInt(2 ** 47)))
  for (const { mailbox, outcome = 'delivered', seen } of to) {
    await insertTraced(db, { mailbox, id, arrival, subject, from: login, outcome, login })
    const isOurs = mailbox.endsWith('@yunling.example') && ['delivered', 'junk'].includes(outcome)
    if (isOurs) await mail.mailbox.append(mailbox, outcome === 'junk' ? 'Junk' : 'INBOX', octetsOf({ id, subject }), { seen })
  }
  return id
}
