import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { stopDaemon } from './mail-stack/daemon.ts'
import { rspamd, startRspamd } from './mail-stack/rspamd.ts'
import { loadState, type State } from './mail-stack/state.ts'
import { provisioning } from './mail-stack/testing.ts'
import { converse, mailsIn, PARTNER, send, startReceiver } from './mail-stack/testing-mail.ts'

const stack = inject('mailStack')
const WU = 'wu@partner.example'
const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
const LONG = { timeout: 30_000 }

describe.skipIf(!stack?.smtp)('Mail while a part is down', () => {
  if (!stack?.smtp) return
  const { smtp, quarantine } = stack
  const stage = provisioning(stack)
  const home = dirname(dirname(stack.mailLogs.dovecot))
  const { run, ports } = loadState(home) as State
  afterAll(() => stage.close())

  const letter = (subject: string, body = 'Hello') =>
    [
      `From: <${WU}>`,
      'To: <lin@yunling.example>',
      `Subject: ${subject}`,
      'Date: Wed, 25 Nov 2026 10:00:00 +0800',
      `Message-ID: <${subject}@partner.example>`,
      '',
      body,
      '',
    ].join('\r\n')
  const post = (to: string, subject: string, body?: string) =>
    send(smtp, { from: WU, to: [to], client: PARTNER }, Buffer.from(letter(subject, body)))

  test('F6 while the filter is down mail waits at its sender’s, and all of it arrives once afterwards', async () => {
    const lin = await stage.putMailbox()
    const subjects = Array.from({ length: 1_000 }, () => `F6-${randomUUID()}`)
    const postAll = async (reply: RegExp) => {
      const queue = subjects.values()
      const client = async () => {
        for (const subject of queue) expect(await post(lin, subject)).toMatch(reply)
      }
      await Promise.all(Array.from({ length: 8 }, client))
    }
    await stopDaemon(rspamd(home, run))
    try {
      await postAll(/^451 4\.7\.1 /)
      expect(await mailsIn(stack, lin, 'INBOX', 'F6-')).toEqual([])
    } finally {
      await startRspamd(home, run, ports)
    }
    // The senders' servers try again (RFC 5321, 4.5.4.1).
    await postAll(/^250 /)
    await expect.poll(() => mailsIn(stack, lin, 'INBOX', 'F6-'), LONG).toHaveLength(subjects.length)
    const arrived = (await mailsIn(stack, lin, 'INBOX', 'F6-')).map((mail) => /^Subject: (.*)\r$/m.exec(String(mail))?.[1])
    expect(arrived.sort()).toEqual(subjects.sort())
  }, 180_000)

  test('F6 a filter that dies in the middle of a mail leaves it with its sender', async () => {
    const lin = await stage.putMailbox()
    const subject = `F6-${randomUUID()}`
    const filterDies = async () => {
      await stopDaemon(rspamd(home, run))
      return `${letter(subject)}.`
    }
    const lines = ['EHLO client.example', `MAIL FROM:<${WU}>`, `RCPT TO:<${lin}>`, 'DATA', filterDies]
    const replies = await converse(smtp, lines).finally(() => startRspamd(home, run, ports))
    expect(replies.at(-2)).toMatch(/^451 4\.7\.1 /)
    expect(await post(lin, subject)).toMatch(/^250 /)
    await expect.poll(() => mailsIn(stack, lin, 'INBOX', subject), LONG).toHaveLength(1)
  })

  test('While the portal’s worker is down held mail waits in the queue, and arrives once afterwards', async () => {
    const lin = await stage.putMailbox()
    const subject = randomUUID()
    expect(await post(lin, subject, GTUBE)).toMatch(/^250 /)
    const log = () => readFileSync(stack.mailLogs.postfix, 'utf8').split('\n')
    const statusOf = () => log().findLast((line) => line.includes(`to=<${lin}>, `))
    await expect.poll(statusOf, LONG).toMatch(/postfix\/quarantine\/lmtp.* status=deferred /)
    const receiver = await startReceiver(quarantine)
    await expect.poll(statusOf, LONG).toMatch(/postfix\/quarantine\/lmtp.* status=sent /)
    await receiver.close()
    // Others' mail may have waited in the same queue.
    expect(receiver.held.filter(({ recipients }) => recipients.includes(lin))).toHaveLength(1)
  })
})
