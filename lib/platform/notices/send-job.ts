import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { open } from '../crypto.ts'
import { log } from '../log.ts'
import { composeNotice } from './compose.ts'
import type { DeliverNotice } from './deliver.ts'
import { type StoredParams, tokenContext } from './enqueue.ts'
import { noticeParams } from './kinds.ts'
import { type NoticeEvent, renderNotice, type Site } from './render.ts'

export interface NoticeSender {
  db: Queryable
  deliver: DeliverNotice
  site: Site
  /** The name is the site's where it is empty. */
  from: { name: string; address: string }
}

/**
 * Sends a queued notice. If a crash comes between delivery and its record it is sent again, octet for octet, under the same
 * Message-ID.
 * @throws MailCoreError when the job shall run again
 */
export async function sendNotice({ db, deliver, site, from }: NoticeSender, id: string): Promise<void> {
  const notice = await load(db, id)
  if (!notice) return
  const { locale } = notice.params
  const at = new Date(notice.at)
  const rendered = renderNotice(site, { mailbox: notice.mailbox, at, locale, event: eventOf(id, notice) })
  const sender = { address: from.address, name: from.name || site.name[locale ?? 'zh-CN'] }
  const raw = await composeNotice({ id, at, from: sender, to: notice.mailbox }, rendered)
  try {
    await deliver({ from: from.address, to: notice.mailbox, raw })
  } catch (error) {
    if (!(error instanceof MailCoreError && error.code === 'not_found')) throw error
    log.warn({ noticeId: id, kind: notice.kind, error }, 'a notice was refused for good')
    return settle(db, id, 'failed')
  }
  await settle(db, id, 'sent')
}

/** A notice that could not be delivered for three days is given up, and its token erased. */
export async function settleAbandonedNotices(db: Queryable): Promise<void> {
  await db.execute(sql`
    update notices set state = 'failed', params = params - 'cancelToken'
     where state = 'queued' and created_at < now() - interval '3 days'`)
}

interface Row extends Record<string, unknown> {
  mailbox: string
  kind: NoticeEvent['kind']
  params: StoredParams
  /** Milliseconds since 1970. */
  at: number
}

async function load(db: Queryable, id: string): Promise<Row | undefined> {
  const [row] = await db.execute<Row>(sql`
    select mailbox, kind, params, floor(extract(epoch from created_at) * 1000)::float8 as at
      from notices where id = ${id} and state = 'queued'`)
  return row
}

function eventOf(id: string, { kind, params: { values, cancelToken } }: Row): NoticeEvent {
  const secret = cancelToken && { cancelToken: open(Buffer.from(cancelToken, 'base64'), tokenContext(id)) }
  return { kind, params: noticeParams[kind].parse({ ...values, ...(secret || {}) }) } as NoticeEvent
}

/** The token has done its work once the mail is out (T23). */
async function settle(db: Queryable, id: string, state: 'sent' | 'failed'): Promise<void> {
  await db.execute(sql`
    update notices
       set state = ${state}, params = params - 'cancelToken', sent_at = case when ${state} = 'sent' then now() end
     where id = ${id} and state = 'queued'`)
}
