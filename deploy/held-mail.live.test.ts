import { randomUUID } from 'node:crypto'
import { createClient } from '@redis/client'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from './mail-stack/testing.ts'
import { type Client, type Held, mailsIn, PARTNER, STRANGER, send, startReceiver } from './mail-stack/testing-mail.ts'

const stack = inject('mailStack')
const WU = 'wu@partner.example'
const GTUBE = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('-')
// Rspamd holds it against a mail when these are missing: five points together.
const FORMALITIES = ['To: somebody@yunling.example', 'Date: Wed, 25 Nov 2026 10:00:00 +0800', 'Message-ID: <1@partner.example>']
const LONG = { timeout: 20_000 }

describe.skipIf(!stack?.smtp)('Mail on its way through the filter', () => {
  if (!stack?.smtp) return
  const { smtp, lmtp, notices, quarantine, rspamd } = stack
  const stage = provisioning(stack)
  const redis = createClient({ url: `redis://:${stack.redis.password}@${stack.redis.host}:${stack.redis.port}` })
  let receiver: Awaited<ReturnType<typeof startReceiver>>

  beforeAll(async () => {
    await redis.connect()
    receiver = await startReceiver(quarantine)
  })
  afterEach(() => void receiver.held.splice(0))
  afterAll(async () => {
    await receiver.close()
    await redis.close()
    await stage.close()
  })

  interface Letter {
    to: string[]
    from?: string
    headers?: string[]
    body?: string
    /** Null for this machine itself. */
    client?: Client | null
    port?: number
  }

  /** `body` is latin1: one character for each octet. */
  async function post({ to, from = WU, headers = FORMALITIES, body = 'Hello', client = PARTNER, port = smtp.port }: Letter) {
    const subject = randomUUID()
    const raw = Buffer.from([`From: Wu <${from}>`, `Subject: ${subject}`, ...headers, '', body, ''].join('\r\n'), 'latin1')
    const reply = await send({ host: smtp.host, port }, { from, to, ...(client && { client }) }, raw)
    expect(reply).toMatch(/^250 /)
    return { raw, subject }
  }

  const isIn = (address: string, folder: string, subject: string) =>
    expect.poll(() => mailsIn(stack, address, folder, subject), LONG).toHaveLength(1)
  const list = (address: string, rules: Record<string, 'a' | 'd'>) => redis.hSet(`posthouse:senders:${address}`, rules)

  test('Clean mail reaches the inbox', async () => {
    const lin = await stage.putMailbox()
    const { raw, subject } = await post({ to: [lin] })
    await isIn(lin, 'INBOX', subject)
    const [stored] = await mailsIn(stack, lin, 'INBOX', subject)
    expect(stored?.subarray(-raw.length)).toEqual(raw)
    expect(String(stored)).not.toContain('X-Portal-')
  })

  test('Junk reaches its folder', async () => {
    const lin = await stage.putMailbox()
    const { subject } = await post({ to: [lin], headers: [] })
    await isIn(lin, 'Junk', subject)
  })

  test('Spam is held and not refused, and what was sent is the unchanged end of it', async () => {
    const [lin, wang] = [await stage.putMailbox(), await stage.putMailbox()]
    const headers = [...FORMALITIES, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=gb18030', 'Content-Transfer-Encoding: 8bit']
    const odd = ['X-Spam: no', 'x-odd:\tfolded', '   on', 'Received: from nowhere.example by elsewhere.example']
    const gb18030 = '\xc4\xe3\xba\xc3\x81\x30\x81\x30'
    const body = [gb18030, '.', '..', '. a dot', '', `${gb18030}${'long '.repeat(1000)}`, 'trailing   ', '\t', GTUBE, '', ''].join('\r\n')
    const { raw, subject } = await post({ to: [lin, wang], headers: [...headers, ...odd], body })
    const mail = await receiver.mailWith(subject)
    expect(mail.raw.subarray(-raw.length).toString('latin1')).toBe(raw.toString('latin1'))
    const above = mail.raw.subarray(0, -raw.length).toString('latin1')
    expect(above).toMatch(/^(?:X-Portal-(?:Quarantine|Spam): [^\n]*\n){2}Received: from mx\.partner\.example /)
    expect(routeOf(mail)).toMatch(/^verdict=spam; score=\d+\.\d\d; required=8\.00; auth=pass$/)
    expect(mail.recipients.sort()).toEqual([lin, wang].sort())
    expect(mail.client).toBe(PARTNER.address)
    // What enable_long_queue_ids makes of them.
    expect(mail.queueId).toMatch(/^[0-9B-Zb-z]{10,}z[0-9B-Zb-z]+$/)
  })

  test.each([
    ['in base64', 'base64', toBase64(`一封信\r\n${GTUBE}\r\n`)],
    ['in quoted-printable, across two lines', 'quoted-printable', `${GTUBE.slice(0, 40)}=\r\n${GTUBE.slice(40)}`],
  ])('Spam is held as well %s', async (_, encoding, body) => {
    const lin = await stage.putMailbox()
    const headers = [
      ...FORMALITIES,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Transfer-Encoding: ${encoding}`,
    ]
    const { raw, subject } = await post({ to: [lin], headers, body })
    const mail = await receiver.mailWith(subject)
    expect(routeOf(mail)).toMatch(/^verdict=spam; /)
    expect(mail.raw.subarray(-raw.length)).toEqual(raw)
  })

  test('Malware is told from spam, also where it hides behind spam', async () => {
    const lin = await stage.putMailbox()
    const attached = [
      '--b',
      'Content-Type: text/plain',
      '',
      GTUBE,
      '--b',
      'Content-Type: application/octet-stream; name="=?utf-8?B?5rWL6K+V?=.com"',
    ]
    const body = [...attached, 'Content-Transfer-Encoding: base64', '', toBase64(EICAR), '--b--'].join('\r\n')
    const { subject } = await post({
      to: [lin],
      headers: [...FORMALITIES, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
      body,
    })
    expect(routeOf(await receiver.mailWith(subject))).toMatch(/^verdict=malware; /)
    expect((await scanOf(subject)).attachments).toEqual([{ name: '测试.com', type: 'application/octet-stream', size: EICAR.length }])
  })

  test('What the filter found is written down for the portal', async () => {
    const lin = await stage.putMailbox()
    const { raw, subject } = await post({ to: [lin], body: GTUBE })
    const { queueId } = await receiver.mailWith(subject)
    const before = Date.now() / 1000 - 60
    const { at, score, size, symbols, ...rest } = await scanOf(subject)
    expect(rest).toEqual({
      queueId,
      messageId: '1@partner.example',
      from: WU,
      fromName: 'Wu',
      subject,
      ip: PARTNER.address,
      user: '',
      required: 8,
      junk: 5,
      verdict: 'spam',
      auth: 'pass',
      attachments: [],
    })
    expect(size).toBeGreaterThanOrEqual(raw.length)
    expect(at).toBeGreaterThan(before)
    expect(symbols).toContainEqual({ name: 'PORTAL_GTUBE', score: 100 })
    const sum = symbols.reduce((total, symbol) => total + symbol.score, 0)
    expect(sum).toBeCloseTo(score, 1)
  })

  test('A list is obeyed by the very next mail, an address before its domain', async () => {
    const lin = await stage.putMailbox()
    await list(lin, { [WU]: 'd' })
    const denied = await post({ to: [lin] })
    expect(routeOf(await receiver.mailWith(denied.subject))).toMatch(/^verdict=none; .*auth=pass$/)

    await list(lin, { [WU]: 'a', '@partner.example': 'd' })
    const allowed = await post({ to: [lin] })
    await isIn(lin, 'INBOX', allowed.subject)

    await redis.hDel(`posthouse:senders:${lin}`, WU)
    const domain = await post({ to: [lin] })
    await receiver.mailWith(domain.subject)
  })

  test('Where one of two recipients blocks the sender, the portal decides for both', async () => {
    const [lin, wang] = [await stage.putMailbox(), await stage.putMailbox()]
    await list(lin, { '@partner.example': 'd' })
    const { subject } = await post({ to: [lin, wang] })
    const mail = await receiver.mailWith(subject)
    expect(routeOf(mail)).toMatch(/^verdict=none; /)
    expect(mail.recipients.sort()).toEqual([lin, wang].sort())
  })

  test('Whom a person allows is no junk, for this person alone, and nobody reads who else allows it', async () => {
    const [lin, wang] = [await stage.putMailbox(), await stage.putMailbox()]
    await list(lin, { [WU]: 'a' })
    const { subject } = await post({ to: [lin.replace('@', '+Shop@'), wang], headers: [] })
    await isIn(lin, 'INBOX', subject)
    await isIn(wang, 'Junk', subject)
    for (const mail of [...(await mailsIn(stack, lin, 'INBOX', subject)), ...(await mailsIn(stack, wang, 'Junk', subject))]) {
      expect(String(mail)).not.toContain('X-Portal-Allow')
    }
  })

  test('T27 an allowance helps nobody who borrows the sender’s name', async () => {
    const lin = await stage.putMailbox()
    await list(lin, { [WU]: 'a' })
    const { subject } = await post({ to: [lin], client: STRANGER, headers: [] })
    const mail = await receiver.mailWith(subject)
    expect(routeOf(mail)).toMatch(/^verdict=spam; .*auth=fail$/)
    expect(String(mail.raw)).not.toContain('X-Portal-Allow')
  })

  test.each(['envelope', 'header'])('T27 mail from outside that claims to be ours in its %s is held, whoever allows it', async (place) => {
    const lin = await stage.putMailbox()
    const boss = 'president@yunling.example'
    await list(lin, { [boss]: 'a' })
    const subject = randomUUID()
    const raw = [`From: <${place === 'header' ? boss : WU}>`, `Subject: ${subject}`, ...FORMALITIES, '', 'Pay', ''].join('\r\n')
    await send(smtp, { from: place === 'envelope' ? boss : WU, to: [lin], client: PARTNER }, Buffer.from(raw))
    expect(routeOf(await receiver.mailWith(subject))).toMatch(/^verdict=spam; .*auth=fail$/)
  })

  test('The portal’s own headers from outside are removed and do nothing', async () => {
    const lin = await stage.putMailbox()
    const forged = ['X-Portal-Quarantine: verdict=spam', 'X-Portal-Release-Id: same', `X-Portal-Allow: <${lin}>`, 'X-Portal-Spam: yes']
    const clean = [
      await post({ to: [lin], headers: [...FORMALITIES, ...forged] }),
      await post({ to: [lin], headers: [...FORMALITIES, ...forged] }),
    ]
    const junk = await post({ to: [lin], headers: forged })
    for (const { subject } of clean) await isIn(lin, 'INBOX', subject)
    await isIn(lin, 'Junk', junk.subject)
    const stored = [...(await mailsIn(stack, lin, 'INBOX', '')), ...(await mailsIn(stack, lin, 'Junk', ''))]
    expect(String(Buffer.concat(stored))).not.toMatch(/x-portal-(quarantine|release-id|allow)/i)
    expect(receiver.held).toEqual([])
  })

  test('T27 the portal’s own notices are neither scanned nor kept away by a list', async () => {
    const lin = await stage.putMailbox()
    await list(lin, { '@yunling.example': 'd' })
    const from = 'no-reply@yunling.example'
    const { subject } = await post({ to: [lin], from, body: GTUBE, port: notices?.port, client: null })
    await isIn(lin, 'INBOX', subject)
    const elsewhere = { from, to: [lin], client: STRANGER }
    expect(await send({ ...smtp, port: notices?.port ?? 0 }, elsewhere, Buffer.from('x'))).toMatch(/^554 5\.7\.1 /)
  })

  test('What the portal gives back twice under one id arrives once, in the inbox', async () => {
    const lin = await stage.putMailbox()
    const [subject, transport] = [randomUUID(), createTransport({ host: lmtp.host, port: lmtp.port, lmtp: true, ignoreTLS: true })]
    const raw = `X-Portal-Release-Id: ${subject}\r\nX-Portal-Spam: yes\r\nSubject: ${subject}\r\n\r\nHello\r\n`
    for (let time = 0; time < 2; time++) await transport.sendMail({ envelope: { from: WU, to: [lin] }, raw })
    transport.close()
    expect(await mailsIn(stack, lin, 'INBOX', subject)).toHaveLength(1)
    expect(await mailsIn(stack, lin, 'Junk', subject)).toEqual([])
  })

  test('Malware that one of our own people sends out is refused, since nobody outside could be asked', async () => {
    const headers = { Password: rspamd.password, From: 'lin@yunling.example', User: 'lin@yunling.example', Rcpt: 'x@elsewhere.example' }
    const check = async (Rcpt: string) => {
      const answer = await fetch(`${rspamd.url}/checkv2`, {
        method: 'POST',
        headers: { ...headers, Rcpt },
        body: `Subject: x\r\n\r\n${EICAR}`,
      })
      return answer.json()
    }
    expect(await check('x@elsewhere.example')).toMatchObject({ action: 'reject' })
    expect(await check('wang@yunling.example')).toMatchObject({ action: 'no action' })
  })

  test('The filter learns from whoever knows its password, and from nobody else', async () => {
    const learn = (Password: string) => fetch(`${rspamd.url}/learnspam`, { method: 'POST', headers: { Password }, body: letterToLearn() })
    expect((await learn('wrong')).status).toBe(401)
    expect((await fetch(`${rspamd.url}/stat`)).status).toBe(401)
    expect((await learn(rspamd.password)).status).toBe(200)
  })

  interface Scan {
    subject: string
    at: number
    score: number
    size: number
    symbols: { name: string; score: number }[]
    attachments: unknown[]
  }

  async function scanOf(subject: string): Promise<Scan> {
    const entries = (await redis.xRevRange('posthouse:scans', '+', '-', { COUNT: 50 })) ?? []
    const scans = entries.map(({ message }) => JSON.parse(message.m ?? '{}') as Scan)
    const scan = scans.find((found) => found.subject === subject)
    if (!scan) throw new Error(`The stream has nothing about ${subject}`)
    return scan
  }
})

const routeOf = ({ raw }: Held) => /^X-Portal-Quarantine: (.*)\r$/m.exec(raw.toString('latin1'))?.[1]

function toBase64(text: string): string {
  return (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n')
}

function letterToLearn(): string {
  const words = Array.from({ length: 40 }, () => randomUUID().replaceAll('-', ''))
  return `Subject: ${words[0]}\r\nMessage-ID: <${words[1]}@partner.example>\r\n\r\n${words.join(' ')}\r\n`
}
