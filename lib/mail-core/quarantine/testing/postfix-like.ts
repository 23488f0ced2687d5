import { LmtpClient } from './lmtp-client.ts'

export interface QueuedMail {
  id: string
  raw: Buffer
  /** Who has not been answered for yet. */
  recipients: string[]
}

/**
 * Delivers as Postfix does: whoever got no 250 stays in the queue and is tried again, with a new connection where the old one broke.
 * `endpoint` resolves as soon as somebody listens.
 */
export async function drain(
  queue: QueuedMail[],
  endpoint: () => Promise<{ host: string; port: number }>,
  delivered: (mail: QueuedMail) => void,
): Promise<void> {
  let client: LmtpClient | null = null
  for (let mail = queue.shift(); mail; mail = queue.shift()) {
    try {
      client ??= await LmtpClient.connect(await endpoint())
      const answers = await client.deliver({ forward: { IDENT: mail.id }, recipients: mail.recipients }, mail.raw)
      mail.recipients = mail.recipients.filter((_, index) => !answers[index]?.startsWith('250 '))
    } catch {
      client?.close()
      client = null
    }
    if (mail.recipients.length > 0) queue.push(mail)
    else delivered(mail)
  }
  client?.close()
}
