import { z } from 'zod'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import { derivedToken } from '#lib/platform/crypto.ts'
import { env } from '#lib/platform/env.ts'
import { needsHelpdesk } from '#lib/platform/held-mail.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { log } from '#lib/platform/log.ts'
import { composeNotice } from '#lib/platform/notices/compose.ts'
import { type DigestedMail, digestHeaders, renderDigest } from '#lib/platform/notices/digest.ts'
import { noticeSending } from '#lib/platform/notices/sender.ts'
import { LINK_ACTIONS } from './schema.ts'
import * as store from './store.ts'

const PAGE = 500
/** So many are told by name; of up to MOST_TOLD the number is told. What is beyond waits for the next digest. */
const MOST_NAMED = 50
const MOST_TOLD = 1_000

/** Finds everybody who was due since the last round. */
async function findDue({ db, mail }: Resources): Promise<void> {
  const round = await store.beginRound(db)
  for (let after: string | undefined = ''; after !== undefined; ) {
    const mailboxes: string[] = await mail.quarantine.mailboxesToTell({ after, limit: PAGE })
    if (mailboxes.length > 0) await store.queueDue(db, mailboxes, round, env().TIME_ZONE)
    after = mailboxes.at(-1)
  }
  await store.endRound(db, round)
}

/**
 * Sends a queued digest. Repeated after a crash it is the same mail, octet for octet, under the same Message-ID, and no mail is in two
 * digests: what it tells is announced under its id, then kept (F3).
 * @throws MailCoreError when the job shall run again
 */
async function sendDigest(on: Resources, id: string): Promise<void> {
  const { db, deliver, site, from } = await noticeSending(on)
  const digest = await store.queuedDigest(db, id)
  if (!digest) return
  const { mailbox, locale } = digest
  const at = new Date(digest.at)
  const contents = digest.contents ?? (await store.keepContents(db, id, await announce(on, mailbox, id)))
  if (!contents) return
  const { mails, more } = contents
  if (mails.length === 0) return store.settleDigest(db, id, 'empty')

  const named = mails.map((mail) => withLinks(id, mail))
  const unsubscribe = derivedToken(`digest:${id}:unsubscribe`)
  await store.keepLinks(db, mailbox, named.flatMap(linksOf), unsubscribe)
  const rendered = renderDigest(site, { mailbox, at, locale, mails: named, more, unsubscribe })
  const sender = { address: from.address, name: from.name || site.name[locale ?? 'zh-CN'] }
  const headers = digestHeaders(site, unsubscribe)
  const raw = await composeNotice({ id, kind: 'digest', at, from: sender, to: mailbox, headers }, rendered)
  try {
    await deliver({ from: from.address, to: mailbox, raw })
  } catch (error) {
    if (!(error instanceof MailCoreError && error.code === 'not_found')) throw error
    log.warn({ digestId: id, error }, 'a digest was refused for good')
    return store.settleDigest(db, id, 'failed')
  }
  await store.settleDigest(db, id, 'sent')
}

async function announce({ mail }: Resources, mailbox: string, id: string): Promise<store.Contents> {
  const told = await mail.quarantine.announce(mailbox, id, MOST_TOLD)
  const newest = told.sort((a, b) => b.heldAt.getTime() - a.heldAt.getTime()).slice(0, MOST_NAMED)
  const mails = await Promise.all(
    newest.map(async ({ id, verdict, from, sender, heldAt, expiresAt }) => {
      const traced = await mail.trace.find(mailbox, id)
      const address = from ?? sender
      return {
        ...{ id, verdict, subject: traced?.subject ?? null, from: traced?.from ?? (address ? { name: '', address } : null) },
        ...{ heldAt: heldAt.toISOString(), expiresAt: expiresAt.toISOString() },
      }
    }),
  )
  return { mails, more: told.length - newest.length }
}

/** Malware and phishing get no link that releases: only the helpdesk may (T40). */
function withLinks(digest: string, mail: store.Contents['mails'][number]): DigestedMail {
  const may = LINK_ACTIONS.filter((action) => action === 'delete' || (!needsHelpdesk(mail) && (action === 'release' || mail.from)))
  const tokens = Object.fromEntries(may.map((action) => [action, derivedToken(`digest:${digest}:${action}:${mail.id}`)]))
  return { ...mail, heldAt: new Date(mail.heldAt), expiresAt: new Date(mail.expiresAt), tokens }
}

const linksOf = ({ id, tokens }: DigestedMail): store.NewLink[] =>
  Object.entries(tokens).map(([action, token]) => ({ action, token, subject: id }))

const Send = z.object({ digestId: z.guid() })

export const digestJobs: Jobs = {
  tasks: {
    'digest.round': (_, on) => findDue(on),
    'digest.send': (payload, on) => sendDigest(on, Send.parse(payload).digestId),
  },
  every: { 'digest.round': 30 },
}
