import type { Resources } from '#lib/platform/context.ts'
import type { Jobs } from '#lib/platform/jobs.ts'
import { enqueueEndOfMailSessions } from '#lib/platform/mail-sessions.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import * as store from './store.ts'

const PAGE = 200

/** Postgres refuses an expired secret by itself; what is left is the sessions that it opened. */
async function endExpired({ db }: Resources): Promise<void> {
  await db.transaction(async (tx) => {
    for (const mailbox of await store.takeExpired(tx)) await enqueueEndOfMailSessions(tx, mailbox)
  })
}

async function tellExpiring({ db }: Resources): Promise<void> {
  for (const days of [1, 7] as const) {
    await db.transaction(async (tx) => {
      for (const { mailbox, name, expiresAt } of await store.takeExpiring(tx, days)) {
        const params = { name, expires: expiresAt.toISOString(), days }
        await enqueueNotice(tx, { mailbox, kind: 'app_password_expiring', params })
      }
    })
  }
}

/** An account that the directory disables loses its app passwords within a minute. */
async function followDirectory({ db, mail }: Resources): Promise<void> {
  for (let after = ''; ; ) {
    const mailboxes = await store.mailboxesInUse(db, after, PAGE)
    const last = mailboxes.at(-1)
    if (last === undefined) return
    const enabled = await mail.directory.enabled(mailboxes)
    await db.transaction(async (tx) => {
      for (const mailbox of await store.setDirectoryEnabled(tx, mailboxes, enabled)) await enqueueEndOfMailSessions(tx, mailbox)
    })
    after = last
  }
}

export const appPasswordJobs: Jobs = {
  tasks: {
    'app-passwords.end-expired': (_, on) => endExpired(on),
    'app-passwords.tell-expiring': (_, on) => tellExpiring(on),
    'app-passwords.follow-directory': (_, on) => followDirectory(on),
  },
  every: { 'app-passwords.end-expired': 5, 'app-passwords.tell-expiring': 3600, 'app-passwords.follow-directory': 20 },
}
