import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { seal } from '../crypto.ts'
import type { Locale } from '../i18n/locale.ts'
import { enqueue } from '../jobs.ts'
import { MailboxAddress } from '../mailbox-address.ts'
import { type NoticeKind, type NoticeParams, noticeParams } from './kinds.ts'

export interface NewNotice<K extends NoticeKind> {
  mailbox: string
  kind: K
  params: NoticeParams<K>
  /** The person's language; left out, the mail speaks both. */
  locale?: Locale
}

/** What stands in `notices.params`: never a secret in the clear. */
export interface StoredParams {
  locale: Locale | null
  values: Record<string, unknown>
  /** Base64; erased once the mail is out. */
  cancelToken?: string
}

export const tokenContext = (id: string): string => `notice:${id}:cancel-token`

export const SEND = 'notice.send'
/** With graphile-worker's back-off the fifteenth try is about 40 hours after the first. */
export const ATTEMPTS = 15

/**
 * Puts a mail to the mailbox's owner and the job that sends it into the caller's transaction. Returns the notice's id.
 * @throws ZodError when `params` are not what the kind asks for
 */
export async function enqueueNotice<K extends NoticeKind>(tx: Queryable, notice: NewNotice<K>): Promise<string> {
  const id = await keepNotice(tx, notice)
  await enqueue(tx, SEND, { noticeId: id }, { attempts: ATTEMPTS })
  return id
}

/** Without the job that sends it. */
export async function keepNotice<K extends NoticeKind>(tx: Queryable, notice: NewNotice<K>): Promise<string> {
  const id = randomUUID()
  const { cancelToken, ...values } = noticeParams[notice.kind].parse(notice.params) as Record<string, unknown>
  const stored: StoredParams = { locale: notice.locale ?? null, values }
  if (typeof cancelToken === 'string') stored.cancelToken = Buffer.from(seal(cancelToken, tokenContext(id))).toString('base64')
  await tx.execute(sql`
    insert into notices (id, mailbox, kind, params)
    values (${id}, ${MailboxAddress.parse(notice.mailbox)}, ${notice.kind}, ${JSON.stringify(stored)}::jsonb)`)
  return id
}
