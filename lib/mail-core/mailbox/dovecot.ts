import { setTimeout as delay } from 'node:timers/promises'
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { doveadmApi } from '../doveadm.ts'
import type { Endpoint } from '../endpoint.ts'
import { MailCoreError } from '../errors.ts'
import { imapError, withImap } from '../imap.ts'
import { atMost } from '../limit.ts'
import { LineConnection } from '../line-connection.ts'
import { guids, newestUids } from './dovecot-imap.ts'
import { isSafeIdentity } from './identity.ts'
import type { Mailbox, MessageSummary } from './port.ts'

export interface DovecotMailboxConfig {
  imap: Endpoint
  /** Dovecot's master user of the portal. */
  master: { user: string; password: string }
  doveadm: { url: string; key: string }
  /** For a whole call; 10 s. */
  timeoutMs?: number
}

// A login takes 7 ms: a connection a call, and no more at once than leave room for people.
const CONNECTIONS = 8
const MOST_MESSAGES = 500

/** Dovecot 2.3, by IMAP as master user and by its administration API. */
export function dovecotMailbox(config: DovecotMailboxConfig): Mailbox {
  const timeoutMs = config.timeoutMs ?? 10_000
  const doveadm = doveadmApi({ ...config.doveadm, timeoutMs })
  const limited = atMost(CONNECTIONS)

  const asOwner = <T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> =>
    limited(async () => {
      const { user, password } = config.master
      const auth = { user, pass: password, authzid: oneMailbox(address), loginMethod: 'AUTH=PLAIN' }
      return withImap(config.imap, { auth, timeoutMs }, work)
    })

  /** Dovecot calls a master login to a mailbox that is not there a fault of its own. */
  const existing = async <T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    try {
      return await asOwner(address, work)
    } catch (error) {
      if (error instanceof MailCoreError && error.code === 'unreachable') await doveadm('user', { userMask: [address] })
      throw error
    }
  }

  return {
    recent: (address, { folder, limit }) =>
      existing(address, async (client) => {
        if (!(await open(client, folder))) return []
        const uids = await newestUids(client, Math.min(limit, MOST_MESSAGES))
        return uids.length === 0 ? [] : summaries(client, uids)
      }),

    async quota(address) {
      const roots = await doveadm('quotaGet', { user: oneMailbox(address) })
      const storage = roots.find((root) => root.type === 'STORAGE')
      if (!storage) throw new MailCoreError('refused')
      return { usedBytes: kibibytes(storage.value), limitBytes: storage.limit === '-' ? null : kibibytes(storage.limit) }
    },

    move: (address, { messageId, queueId }, { from, to }) =>
      existing(address, async (client) => {
        if (!isSafeIdentity({ messageId, queueId }) || !(await open(client, from, { readOnly: false }))) return false
        const header = { ...(messageId && { 'Message-ID': messageId }), Received: queueId }
        const uids = await client.search({ header }, { uid: true })
        if (!uids) throw new MailCoreError('refused')
        return uids.length > 0 && moveTo(client, uids.slice(0, MOST_MESSAGES), to)
      }),

    append: (address, folder, raw, { receivedAt, seen = false } = {}) =>
      existing(address, async (client) => {
        const add = () => client.append(folder, Buffer.from(raw), seen ? ['\\Seen'] : [], receivedAt)
        try {
          await add()
        } catch (error) {
          // RFC 3501 6.3.11: the server says that the folder has to be made first.
          if (imapError(error).code !== 'not_found') throw error
          await client.mailboxCreate(folder)
          await add()
        }
      }),

    async endSessions(address) {
      const mask = [oneMailbox(address)]
      await doveadm('kick', { mask }).catch(unlessNotFound)
      const end = performance.now() + timeoutMs
      while ((await doveadm('who', { mask })).length > 0) {
        if (performance.now() > end) throw new MailCoreError('timeout')
        await delay(10)
      }
    },

    async check() {
      await doveadm('who', { mask: ['nobody@invalid'] })
      await LineConnection.use(config.imap, timeoutMs, async (line) => {
        if (!(await line.readLine()).startsWith('* OK')) throw new MailCoreError('refused')
      })
    },
  }
}

/** doveadm takes masks, and reads 0.0.0.0/0 as "everybody from there": nothing but a plain address gets past here. */
function oneMailbox(address: string): string {
  if (!/^[a-z0-9._+-]+@[a-z0-9.-]+$/i.test(address)) throw new MailCoreError('refused')
  return address.toLowerCase()
}

function unlessNotFound(error: unknown): void {
  if (!(error instanceof MailCoreError && error.code === 'not_found')) throw error
}

/** False when there is no such folder. */
async function open(client: ImapFlow, folder: string, { readOnly = true } = {}): Promise<boolean> {
  try {
    await client.mailboxOpen(folder, { readOnly })
    return true
  } catch (error) {
    if (imapError(error).code === 'not_found') return false
    throw error
  }
}

/** False when somebody else has expunged them meanwhile: moving nothing is no error (RFC 6851), and names no new UID. */
async function moveTo(client: ImapFlow, uids: number[], folder: string): Promise<boolean> {
  const move = () => client.messageMove(uids, folder, { uid: true })
  let moved = await move()
  if (!moved) {
    // ImapFlow keeps the server's reason to itself; it is the missing folder as a rule.
    await client.mailboxCreate(folder)
    moved = await move()
  }
  if (!moved) throw new MailCoreError('refused')
  return (moved.uidMap?.size ?? 0) > 0
}

async function summaries(client: ImapFlow, uids: number[]): Promise<MessageSummary[]> {
  const query = { uid: true, envelope: true, internalDate: true, size: true, flags: true }
  const messages = new Map<number, FetchMessageObject>()
  for await (const message of client.fetch(uids.join(','), query, { uid: true })) {
    if (uids.includes(message.uid)) messages.set(message.uid, message)
  }
  const ids = await guids(client, uids)
  return uids
    .flatMap((uid) => {
      const message = messages.get(uid)
      const id = ids.get(uid)
      // Expunged by somebody else in between.
      return message && id ? [summary(id, message)] : []
    })
    .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
}

function summary(id: string, { envelope, internalDate, size, flags }: FetchMessageObject): MessageSummary {
  const from = envelope?.from?.[0]
  return {
    id,
    from: from?.address ? { name: oneLine(from.name), address: oneLine(from.address) } : null,
    subject: oneLine(envelope?.subject),
    receivedAt: new Date(internalDate ?? 0),
    size: size ?? 0,
    unread: !flags?.has('\\Seen'),
  }
}

/** An encoded word (RFC 2047) may decode to line ends. */
const oneLine = (text: string | undefined) => (text ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()

function kibibytes(text: string | undefined): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new MailCoreError('refused')
  return value * 1024
}
