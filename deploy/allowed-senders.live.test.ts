import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from './mail-stack/testing.ts'
import { type Client, PARTNER, STRANGER, send, startReceiver } from './mail-stack/testing-mail.ts'

const stack = inject('mailStack')
const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
const WU = 'wu@partner.example'
// Its name says nothing of who may send for it.
const SUN = 'sun@silent.example'

describe.skipIf(!stack?.smtp)('What the filter tells of who sent a mail', () => {
  if (!stack?.smtp) return
  const { smtp } = stack
  const stage = provisioning(stack)
  const redis = createClient({ url: `redis://:${stack.redis.password}@${stack.redis.host}:${stack.redis.port}` })
  let receiver: Awaited<ReturnType<typeof startReceiver>>

  beforeAll(async () => {
    await redis.connect()
    receiver = await startReceiver(stack.quarantine)
  })
  afterEach(() => void receiver.held.splice(0))
  afterAll(async () => {
    await receiver.close()
    await redis.close()
    await stage.close()
  })

  interface Spam {
    to?: string[]
    envelope?: string
    from?: string[]
    client?: Client
    headers?: string[]
    body?: string[]
  }

  /** What the quarantine gets of a spam mail. */
  async function hold({ to, envelope = WU, from = [WU], client = PARTNER, headers = [], body = [] }: Spam): Promise<string> {
    const subject = randomUUID()
    const fields = [...from.map((sender) => `From: ${sender}`), `Subject: ${subject}`, ...headers]
    const raw = Buffer.from([...fields, '', GTUBE, ...body, ''].join('\r\n'))
    const reply = await send(smtp, { from: envelope, to: to ?? [await stage.putMailbox()], client }, raw)
    expect(reply).toMatch(/^250 /)
    return String((await receiver.mailWith(subject)).raw)
  }

  test.each<[string, string, Spam]>([
    ['one domain that SPF proves', 'pass', {}],
    ['one domain that nothing is known of', 'none', { envelope: SUN, from: [SUN] }],
    ['a From that nothing proves, behind an envelope of one’s own', 'fail', { from: ['editor@journal.example'] }],
    ['a From behind an envelope without a sender', 'fail', { envelope: '' }],
    ['an envelope that nothing proves, before a From of its own', 'fail', { envelope: SUN }],
    ['two From fields', 'fail', { from: [WU, 'editor@journal.example'] }],
    ['two senders in one From', 'fail', { from: [`${WU}, editor@journal.example`] }],
    [
      'a machine that its domain advises against',
      'fail',
      { envelope: 'he@college.example', from: ['he@college.example'], client: STRANGER },
    ],
  ])('T27 no sender passes for one who is not proved: %s', async (_, auth, spam) => {
    expect(await hold(spam)).toMatch(new RegExp(`^X-Portal-Quarantine: verdict=spam; .*; auth=${auth}\\r$`, 'm'))
  })

  test('A mail that is held does not tell one recipient that another allows its sender', async () => {
    const [lin, wang] = [await stage.putMailbox(), await stage.putMailbox()]
    await redis.hSet(`posthouse:senders:${wang}`, { [WU]: 'a' })
    const held = await hold({ to: [lin, wang] })
    expect(held).toContain('X-Portal-Spam: yes')
    expect(held).not.toContain('X-Portal-Allow')
  })

  test('Of an attachment’s name two hundred octets are written down, and no half character', async () => {
    const part = `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent('测'.repeat(100))}`
    const body = ['', '--b', 'Content-Type: text/plain', part, '', 'x', '--b--']
    await hold({ headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'], body })
    const [scan] = (await redis.xRevRange('posthouse:scans', '+', '-', { COUNT: 1 })) ?? []
    expect(JSON.parse(scan?.message.m ?? '{}').attachments).toMatchObject([{ name: '测'.repeat(66) }])
  })
})
