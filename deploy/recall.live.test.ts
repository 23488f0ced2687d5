import { randomInt } from 'node:crypto'
import { dirname } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { connect, connectSql } from '#db/client.ts'
import { insertTraced } from '#db/factories.ts'
import { sentJobs } from '#lib/features/sent/jobs.ts'
import { recallSentOperation, showRecallOperation } from '#lib/features/sent/operations.ts'
import { createMailCore } from '#lib/mail-core/index.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'
import { done, EMBEDDED, REQUEST } from '#lib/platform/testing/house.ts'
import { octetsOf } from '#lib/platform/testing/send-mail.ts'
import { processes } from './mail-stack/daemon.ts'
import { dovecot, startDovecot } from './mail-stack/dovecot.ts'
import { loadState, type State } from './mail-stack/state.ts'
import { provisioning } from './mail-stack/testing.ts'

const stack = inject('mailStack')

describe.skipIf(!stack)('A recall from Dovecot', () => {
  if (!stack) return
  const stage = provisioning(stack)
  const sql = connectSql(stack.databaseOwnerUrl)
  const db = connect(stack.databaseOwnerUrl, { max: 10 })
  const { ldap, imap, master, doveadm } = stack
  const directory = { url: ldap.url, base: ldap.base, bindDn: ldap.adminDn, bindPassword: ldap.adminPassword }
  const mail = createMailCore({ sql, ...EMBEDDED, directory, mailbox: { imap, master, doveadm } })
  const on = { db, mail }
  afterAll(() => Promise.all([stage.close(), sql.end(), db.$client.end()]))

  const run = () => sentJobs.tasks['sent.run-recalls']?.({}, on)

  /** A mail to so many people here; every tenth has read it. */
  async function sent(count: number) {
    const people: string[] = []
    while (people.length < count) people.push(await stage.putMailbox())
    const [login, arrival] = [await stage.putMailbox(), Date.now() * 1_000]
    const id = queueIdOf(arrival, BigInt(randomInt(2 ** 47)))
    const raw = octetsOf({ id })
    for (const mailbox of people) await insertTraced(db, { mailbox, id, arrival, from: login, login })
    await Promise.all(people.map((mailbox, n) => mail.mailbox.append(mailbox, 'INBOX', raw, { seen: n % 10 === 0 })))
    const actor = { kind: 'user', mailbox: login, name: login, sessionId: crypto.randomUUID(), authAge: 0 } as const
    const caller = { actor, request: REQUEST, ownOrigin: true }
    const recall = async () => done(await recallSentOperation.execute(caller, { id }, on))
    const results = async () => {
      const { state, recipients } = done(await showRecallOperation.execute(caller, { id }, on))
      const count = (of: string) => recipients.filter((each) => each.state === of).length
      return { state, withdrawn: count('withdrawn'), read: count('read'), pending: count('pending') }
    }
    const left = async () => {
      const copies = await Promise.all(people.map((mailbox) => mail.mailbox.recent(mailbox, { folder: 'INBOX', limit: 5 })))
      return copies.filter((each) => each.length > 0).length
    }
    return { people, recall, results, left }
  }

  test('of fifty recipients takes the unread copies and no other', async () => {
    const { recall, results, left } = await sent(50)
    await recall()
    await run()
    expect(await results()).toEqual({ state: 'done', withdrawn: 45, read: 5, pending: 0 })
    expect(await left()).toBe(5)
  })

  test('F5 killed half-way by the end of Dovecot, it is done after its return, and everybody is told once', async () => {
    const { people, recall, results, left } = await sent(30)
    await recall()
    const { withdraw } = mail.mailbox
    let asked = 0
    const home = dirname(dirname(stack.mailLogs.dovecot))
    const { run: folder, ports } = loadState(home) as State
    mail.mailbox.withdraw = async (...of) => {
      if (++asked === 10) for (const pid of processes(dovecot(home, folder))) process.kill(pid, 'SIGKILL')
      return withdraw(...of)
    }
    await run()
    mail.mailbox.withdraw = withdraw
    const half = await results()
    expect(half.pending).toBeGreaterThan(0)
    const nobodyIsAtIt = () => stage.sql`update recall_recipients set try_at = now()`
    await nobodyIsAtIt()
    await run()
    expect(await results()).toEqual(half)
    await startDovecot(home, folder, ports)
    await run()
    expect(await results()).toEqual({ state: 'done', withdrawn: 27, read: 3, pending: 0 })
    expect(await left()).toBe(3)
    const told = await stage.sql`select mailbox from notices where mailbox in ${stage.sql(people)}`
    expect([told.length, new Set(told.map(({ mailbox }) => mailbox)).size]).toEqual([27, 27])
  })
})
