import { expect } from 'vitest'
import { queueIdOf } from '../../queue-id.ts'
import type { DeletedQuery, Mailbox } from '../port.ts'

export interface MailboxHarness {
  mailbox: Mailbox
  /** The same adapter in another process, as it were. */
  another: Mailbox
  /** The same adapter, where no server is. */
  unreachable: Mailbox
  /** A new, empty mailbox. */
  putMailbox(): Promise<string>
  /** As a mail client does with all mail of a folder: marks it as deleted, and expunges. */
  expunge(address: string, folder: string): Promise<void>
  /** As most mail clients do first. */
  moveToTrash(address: string, folder: string): Promise<void>
  /** Removes the folder with what is in it. */
  removeFolder(address: string, folder: string): Promise<void>
  /** All of a folder, in the order of arrival there. */
  read(address: string, folder: string): Promise<StoredMail[]>
  /** Resolves as soon as what is deleted next has a later time of deletion. */
  nextMoment(): Promise<void>
  close?(): Promise<void>
}

export interface StoredMail {
  raw: Buffer
  seen: boolean
  receivedAt: Date
}

let serial = 0n
export const newQueueId = () => queueIdOf(Date.now() * 1_000, ++serial)

/** As it lies in a mailbox after Postfix has handed it over. */
export const received = (queueId: string, messageId: string | null, subject = 'Moved') =>
  Buffer.from(
    `Received: from a.example by mail.yunling.example (Postfix) with ESMTP id ${queueId}\r\n\tfor <lin@yunling.example>; now\r\n` +
      `From: zhao@elsewhere.example\r\nSubject: ${subject}\r\n${messageId === null ? '' : `Message-ID: ${messageId}\r\n`}\r\nHello\r\n`,
  )

export const letter = (subject: string, from = 'Zhao <zhao@elsewhere.example>') =>
  Buffer.from(`From: ${from}\r\nTo: lin@yunling.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject.length}@x>\r\n\r\nHello\r\n`)

/** Resolves when the clock shows the next of its units (ms). */
export async function later(unit: number): Promise<void> {
  const now = () => Math.floor(Date.now() / unit)
  const start = now()
  await expect.poll(now, { interval: 5, timeout: 10_000 }).toBeGreaterThan(start)
}

/** All that a query finds. */
export async function allDeleted(mailbox: Mailbox, address: string, query: DeletedQuery) {
  const found: { id: string; folder: string; size: number }[] = []
  for await (const batch of mailbox.deletedIds(address, query)) found.push(...batch)
  return found
}
