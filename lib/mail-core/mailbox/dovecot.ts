import { setTimeout as delay } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import type { Sql } from 'postgres'
import { type Doveadm, doveadmApi } from '../doveadm.ts'
import type { Endpoint } from '../endpoint.ts'
import { MailCoreError } from '../errors.ts'
import { imapError, withImap } from '../imap.ts'
import { atMost } from '../limit.ts'
import { LineConnection } from '../line-connection.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { dovecotDeletedMail } from './dovecot-deleted-mail.ts'
import { newestUids, open } from './dovecot-imap.ts'
import { summaries } from './dovecot-messages.ts'
import { moveTo } from './dovecot-restore.ts'
import { isSafeIdentity } from './identity.ts'
import type { Mailbox } from './port.ts'

export interface DovecotMailboxConfig {
  imap: Endpoint
  /** Dovecot's master user of the portal. */
  master: { user: string; password: string }
  doveadm: { url: string; key: string }
  /** Portals that share this database restore to one mailbox one after the other. Left out, nothing is restored. */
  sql?: Sql
  /** For a whole call; 10 s. */
  timeoutMs?: number
}

// A login takes 7 ms: a connection a call, and no more at once than leave room for people.
const CONNECTIONS = 8
const CALLS = 8
const MOST_WAITING_MS = 3_000
const MOST_MESSAGES = 500
// Each holds a connection to the database meanwhile.
const RESTORES = 2
const MOST_PATIENCE = 3_600_000

/** Dovecot 2.3, by IMAP as master user and by its administration API. */
export function dovecotMailbox(config: DovecotMailboxConfig): Mailbox {
  const timeoutMs = config.timeoutMs ?? 10_000
  const patienceMs = Math.min(timeoutMs, MOST_WAITING_MS)
  const connections = atMost(CONNECTIONS, { patienceMs })
  const calls = atMost(CALLS, { patienceMs })
  const callNow = doveadmApi({ ...config.doveadm, timeoutMs })
  const doveadm: Doveadm = Object.assign((...call: Parameters<Doveadm>) => calls(() => callNow(...call)), {
    all: (commands: Parameters<Doveadm['all']>[0]) => calls(() => callNow.all(commands)),
  })

  const asOwner = <T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const { user, password } = config.master
    const auth = { user, pass: password, authzid: oneMailbox(address), loginMethod: 'AUTH=PLAIN' }
    return withImap(config.imap, { auth, timeoutMs }, work)
  }

  /** Dovecot calls a master login to a mailbox that is not there a fault of its own. */
  const existing = <T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> =>
    connections(async () => {
      try {
        return await asOwner(address, work)
      } catch (error) {
        if (error instanceof MailCoreError && error.code === 'unreachable') await doveadm('user', { userMask: [address] })
        throw error
      }
    })

  const restoring = atMost(RESTORES)
  const alone = config.sql ? oneAtATime(config.sql) : () => Promise.reject(new MailCoreError('refused'))

  return {
    ...dovecotDeletedMail({
      inMailbox: existing,
      alone: (address, work) => restoring(() => alone(`restore ${oneMailbox(address)}`, work)),
      oneMailbox,
      doveadm,
      patientDoveadm: doveadmApi({ ...config.doveadm, timeoutMs: MOST_PATIENCE }),
    }),

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
        return uids.length > 0 && (await moveTo(client, uids.slice(0, MOST_MESSAGES), to)).length > 0
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

function kibibytes(text: string | undefined): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new MailCoreError('refused')
  return value * 1024
}
