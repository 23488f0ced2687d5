import { describe, expect, test } from 'vitest'
import { serve } from '../testing/tcp-server.ts'
import { lmtpDelivery } from './lmtp.ts'

// Servers that stay silent, talk for ever, talk nonsense or say no: every delivery ends, with one of our own errors.

type Answers = Partial<Record<'greeting' | 'LHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'data', string>>

/** An LMTP server that answers what it is told to, and notes what it hears. */
function lmtp(answers: Answers = {}, heard: string[] = []) {
  const say = {
    greeting: '220 ready',
    LHLO: '250 here',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go',
    data: '250 2.0.0 Saved',
    ...answers,
  }
  return serve((socket) => {
    let buffer = ''
    let inData = false
    socket.write(`${say.greeting}\r\n`)
    socket.on('data', (data) => {
      buffer += data.toString('latin1')
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end)
        buffer = buffer.slice(end + 2)
        heard.push(line)
        const verb = line.split(' ')[0] as keyof Answers
        if (inData && line !== '.') continue
        socket.write(`${inData ? say.data : (say[verb] ?? '250 ok')}\r\n`)
        inData = !inData && verb === 'DATA' && say.DATA.startsWith('3')
      }
    })
  })
}

const letter = {
  releaseId: '4bXYZ1234z9',
  queueId: '4bXYZ1234z9',
  sender: 'zhao@partner.example',
  mailbox: 'lin@yunling.example',
  raw: Buffer.from('Subject: x\r\n\r\n.dot\r\n'),
  into: 'inbox' as const,
}

describe('A delivery', () => {
  test.each<[string, Answers, object]>([
    ['a full mailbox', { RCPT: '552 5.2.2 <lin@yunling.example> Quota exceeded' }, { code: 'refused', status: '5.2.2' }],
    ['an unknown one', { RCPT: '550 5.1.1 User doesn’t exist' }, { code: 'refused', status: '5.1.1' }],
    ['a no without a status', { RCPT: '550 no' }, { code: 'refused', status: undefined }],
    ['a no to the data', { data: '554 5.6.0 no' }, { code: 'refused', status: '5.6.0' }],
    ['a no to the sender', { MAIL: '501 5.1.7 no' }, { code: 'refused' }],
    ['a mailbox that is busy', { RCPT: '451 4.3.0 later' }, { code: 'unreachable' }],
    ['a full disk', { data: '452 4.3.1 later' }, { code: 'unreachable' }],
    ['a server that takes nobody', { greeting: '554 5.3.2 no' }, { code: 'unreachable' }],
    ['one that knows no LMTP', { LHLO: '500 5.5.1 what?' }, { code: 'unreachable' }],
    ['one that shuts down', { MAIL: '421 4.3.2 shutting down' }, { code: 'unreachable' }],
    ['one that talks nonsense', { greeting: '\u0000\u0001hello' }, { code: 'unreachable' }],
  ])('to %s', async (_, answers, error) => {
    const delivery = lmtpDelivery({ ...(await lmtp(answers)), timeoutMs: 2_000 })
    await expect(delivery.deliver(letter)).rejects.toMatchObject({ name: 'MailCoreError', ...error })
  })

  test('to a server that says nothing is given up', async () => {
    for (const endpoint of [await serve(() => {}), await lmtp({ data: '' })]) {
      const delivery = lmtpDelivery({ ...endpoint, timeoutMs: 300 })
      await expect(delivery.deliver(letter)).rejects.toMatchObject({ name: 'MailCoreError' })
    }
    const silent = lmtpDelivery({ ...(await serve(() => {})), timeoutMs: 300 })
    await expect(silent.deliver(letter)).rejects.toMatchObject({ code: 'timeout' })
    await expect(silent.check()).rejects.toMatchObject({ code: 'timeout' })
  })

  test('to a server that talks without an end is cut off', async () => {
    const endpoint = await serve((socket) => {
      const chunk = Buffer.alloc(65_536, 'x')
      const flood = () => {
        while (!socket.destroyed && socket.write(chunk)) {}
      }
      socket.on('drain', flood)
      flood()
    })
    await expect(lmtpDelivery({ ...endpoint, timeoutMs: 2_000 }).deliver(letter)).rejects.toMatchObject({ name: 'MailCoreError' })
  })

  test('to a server that answers octet by octet ends with its time', async () => {
    const endpoint = await serve((socket) => {
      const timer = setInterval(() => socket.write('2'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    await expect(lmtpDelivery({ ...endpoint, timeoutMs: 300 }).deliver(letter)).rejects.toMatchObject({ code: 'timeout' })
  })

  test('uses its connection again, and a new one where the server has ended it', async () => {
    const heard: string[] = []
    const { sockets, ...endpoint } = await lmtp({}, heard)
    const delivery = lmtpDelivery({ ...endpoint, timeoutMs: 2_000 })
    for (let index = 0; index < 3; index++) await delivery.deliver(letter)
    expect(sockets.size).toBe(1)
    for (const socket of sockets) socket.destroy()
    await delivery.deliver(letter)
    expect(sockets.size).toBe(2)
    expect(heard.filter((line) => line === '.')).toHaveLength(4)
  })

  test('prepends its id and nothing else', async () => {
    const heard: string[] = []
    await lmtpDelivery({ ...(await lmtp({}, heard)), timeoutMs: 2_000 }).deliver(letter)
    expect(heard.slice(1)).toEqual([
      'MAIL FROM:<zhao@partner.example>',
      'RCPT TO:<lin@yunling.example>',
      'DATA',
      'X-Portal-Release-Id: 4bXYZ1234z9',
      'Subject: x',
      '',
      '..dot',
      '.',
    ])
  })

  test.each([
    ['inbox', { folder: 'INBOX' }, ['X-Portal-Release-Id: 4bXYZ1234z9']],
    ['sorted', { lmtpSession: 'RulxLbMRB2urXQAAg+zDdQ' }, ['X-Portal-Pass-Id: 4bXYZ1234z9']],
    ['welcome', { lmtpSession: 'RulxLbMRB2urXQAAg+zDdQ' }, ['X-Portal-Pass-Id: 4bXYZ1234z9', 'X-Portal-Allow: <lin@yunling.example>']],
  ] as const)('tells Sieve how to file the mail, and the trace where it is or by what it is found: %s', async (into, delivered, above) => {
    const heard: string[] = []
    const endpoint = await lmtp({ data: '250 2.0.0 <lin@yunling.example> RulxLbMRB2urXQAAg+zDdQ Saved' }, heard)
    expect(await lmtpDelivery({ ...endpoint, timeoutMs: 2_000 }).deliver({ ...letter, into })).toEqual(delivered)
    expect(heard.slice(heard.indexOf('DATA') + 1, heard.indexOf('Subject: x'))).toEqual(above)
  })

  test.each([
    { mailbox: 'lin@yunling.example>\r\nRCPT TO:<wu@yunling.example' },
    { mailbox: 'lin@yunling.example, wu@yunling.example' },
    { mailbox: '' },
    { releaseId: 'x\r\nBcc: wu@yunling.example' },
    { releaseId: '' },
  ])('T33 reaches its one recipient or nobody: %j', async (over) => {
    const heard: string[] = []
    const delivery = lmtpDelivery({ ...(await lmtp({}, heard)), timeoutMs: 2_000 })
    await expect(delivery.deliver({ ...letter, ...over })).rejects.toMatchObject({ code: 'refused' })
    expect(heard).toEqual([])
  })

  test('to another host leaves unencrypted by no means', async () => {
    const heard: string[] = []
    const endpoint = await lmtp({ LHLO: '250 no extensions', STARTTLS: '500 what?' } as Answers, heard)
    const delivery = lmtpDelivery({ ...endpoint, host: 'LOCALHOST', timeoutMs: 2_000 })
    await expect(delivery.deliver(letter)).rejects.toMatchObject({ code: 'unreachable' })
    expect(heard.join('\n')).not.toContain('Subject')
  })
})
