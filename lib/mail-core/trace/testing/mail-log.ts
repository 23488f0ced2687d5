import { randomInt, randomUUID } from 'node:crypto'
import { queueIdOf } from '../../queue-id.ts'

/** What happens to one mail, for one recipient, in this order. */
export type Step = { what: 'delivered'; folder: string } | { what: 'deferred' | 'bounced' | 'rejected'; status: string; text: string }

/** A mail, told in the words of no technology. */
export interface Mail {
  arrivedAt?: Date
  sender?: string
  login?: string
  subject?: string
  size?: number
  recipients: { mailbox: string; steps: Step[] /** An alias, for one. */; writtenAs?: string }[]
}

export interface ToldMail extends Required<Omit<Mail, 'login'>> {
  id: string
  login: string | undefined
  messageId: string
}

export const newMailbox = () => `${randomUUID()}@yunling.example`

export function complete(mail: Mail): ToldMail {
  const arrivedAt = mail.arrivedAt ?? new Date(Date.now() - 10_000)
  return {
    ...{ sender: 'zhao@elsewhere.example', subject: 'Hello', size: 2_048, login: undefined, arrivedAt },
    ...mail,
    id: queueIdOf(arrivedAt.getTime() * 1_000 + randomInt(1_000), BigInt(randomInt(2 ** 47))),
    messageId: `<${randomUUID()}@elsewhere.example>`,
  }
}

/** The lines that Postfix and Dovecot write of it. */
export function linesOf({ id, arrivedAt, sender, login, subject, size, messageId, recipients }: ToldMail): string[] {
  const stamp = (seconds: number) => new Date(arrivedAt.getTime() + seconds * 1_000).toISOString()
  const client = 'mx.elsewhere.example[203.0.113.9]'
  const says = (process: string, text: string, seconds = 0) => `${stamp(seconds)} mail postfix/${process}: ${id}: ${text}`
  const end = `from ${client}; from=<${sender}> to=<${recipients[0]?.mailbox}> proto=ESMTP helo=<mx>`
  const lines = [
    says('smtpd[7]', `client=${client}${login ? `, sasl_method=PLAIN, sasl_username=${login}` : ''}`),
    says('cleanup[8]', `info: header Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?= ${end}`),
    says('cleanup[8]', `message-id=${messageId}`),
    says('qmgr[9]', `from=<${sender}>, size=${size}, nrcpt=${recipients.length} (queue active)`),
  ]
  for (const { mailbox, steps, writtenAs } of recipients) {
    for (const [index, step] of steps.entries()) {
      const [seconds, session] = [index + 1, randomUUID()]
      const delivery = (dsn: string, status: string, text: string) =>
        says(
          'lmtp[10]',
          `to=<${mailbox}>, ${writtenAs ? `orig_to=<${writtenAs}>, ` : ''}relay=127.0.0.1[127.0.0.1]:24, delay=1, delays=1/0/0/0, dsn=${dsn}, status=${status} (${text})`,
          seconds,
        )
      if (step.what === 'delivered') {
        lines.push(
          `${stamp(seconds)} lmtp(${mailbox})<11><${session}>: Info: save: box=${step.folder}, uid=1, msgid=${messageId}, size=${size}`,
        )
        lines.push(delivery('2.0.0', 'sent', `250 2.0.0 <${mailbox}> ${session} Saved`))
      } else if (step.what === 'rejected') {
        const refusal = `milter-reject: END-OF-MESSAGE from ${client}: ${step.status} ${step.text}`
        lines.push(says('cleanup[8]', `${refusal}; from=<${sender}> to=<${mailbox}> proto=ESMTP helo=<mx>`, seconds))
      } else lines.push(delivery(step.status, step.what, step.text))
    }
  }
  return lines
}

/** Mails that a client takes out of a mailbox, in one session. */
export interface Removal {
  mailbox: string
  protocol?: 'imap' | 'pop3'
  /** As it says itself. */
  client?: string
  ip?: string
  mails: { messageId: string | null; size: number; at: Date }[]
}

/** The lines that Dovecot writes of it, where it keeps deleted mail. */
export function linesOfRemoval({ mailbox, protocol = 'imap', client, ip = '203.0.113.9', mails }: Removal): string[] {
  const session = randomUUID()
  const stamp = (at = new Date()) => at.toISOString()
  const [first, last] = [mails[0]?.at, mails.at(-1)?.at]
  const inside = `${protocol}(${mailbox})<12><${session}>: Info:`
  return [
    `${stamp(first)} ${protocol}-login: Info: Login: user=<${mailbox}>, method=PLAIN, rip=${ip}, lip=192.0.2.1, app=<>, mpid=12, TLS, session=<${session}>`,
    ...(client ? [`${stamp(first)} ${inside} ID sent: name=${client}`] : []),
    ...mails.flatMap(({ messageId, size, at }, index) => {
      const mail = `uid=${index + 1}, msgid=${loggedMessageId(messageId)}, size=${size - 2}, vsize=${size}`
      return [`${stamp(at)} ${inside} copy from INBOX: box=.EXPUNGED/INBOX, ${mail}`, `${stamp(at)} ${inside} expunge: box=INBOX, ${mail}`]
    }),
    `${stamp(last)} ${inside} Disconnected: Logged out in=1 out=1`,
  ]
}

/** As Dovecot writes it: 80 octets at most. */
const loggedMessageId = (id: string | null) => (id === null ? '' : id.length > 80 ? `${id.slice(0, 77)}...` : id)
