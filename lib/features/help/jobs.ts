import { z } from 'zod'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { composeNotice } from '#lib/platform/notices/compose.ts'
import { renderHelpMessage } from '#lib/platform/notices/help-message.ts'
import { noticeSending } from '#lib/platform/notices/sender.ts'
import * as store from './store.ts'

/**
 * Sends a queued message to the helpdesk. Repeated after a crash it is the same mail, octet for octet, under the same Message-ID (F3).
 * @throws MailCoreError when the job shall run again
 */
async function sendMessage(on: Resources, id: string): Promise<void> {
  const message = await store.queuedMessage(on.db, id)
  if (!message) return
  const { deliver, site, from } = await noticeSending(on)
  const { mailbox, recipient, locale, createdAt: at } = message
  const sender = { address: from.address, name: from.name || site.name[locale] }
  // A person wrote it: a ticket system shall answer, and not take it for the word of a machine (RFC 3834, 5.1).
  const headers = { 'Auto-Submitted': 'no' }
  const envelope = { id, kind: 'help', at, from: sender, to: recipient, replyTo: mailbox, headers } as const
  const raw = await composeNotice(envelope, renderHelpMessage(site, message))
  try {
    await deliver({ from: from.address, to: recipient, raw })
  } catch (error) {
    if (!(error instanceof MailCoreError && error.code === 'not_found')) throw error
    log.warn({ messageId: id, error }, 'a message to the helpdesk was refused for good')
    return store.settleMessage(on.db, id, 'failed')
  }
  await store.settleMessage(on.db, id, 'sent')
}

const Send = z.object({ messageId: z.guid() })

export const helpJobs: Jobs = {
  tasks: { 'help.send': (payload, on) => sendMessage(on, Send.parse(payload).messageId) },
}
