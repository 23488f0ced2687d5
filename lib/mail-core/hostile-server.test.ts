import { describe, expect, test } from 'vitest'
import { dovecotAppPasswords } from './app-passwords/dovecot.ts'
import type { ClientProtocol } from './app-passwords/port.ts'
import { ldapDirectory } from './directory/ldap.ts'
import { doveadmApi } from './doveadm.ts'
import type { Endpoint } from './endpoint.ts'
import { dovecotMailbox } from './mailbox/dovecot.ts'
import { serve } from './testing/tcp-server.ts'

// Servers that stay silent, talk for ever or talk nonsense: every call ends, with one of our own errors.

const attempt = (protocol: ClientProtocol) => ({ address: 'lin@yunling.example', secret: 'abc', protocol, ip: '203.0.113.1' })
const clients = (endpoint: Endpoint) => dovecotAppPasswords({ imap: endpoint, pop3: endpoint, submission: endpoint, timeoutMs: 300 })
const PROTOCOLS: ClientProtocol[] = ['imap', 'pop3', 'smtp']

describe.each(PROTOCOLS)('A hostile %s server', (protocol) => {
  test('that says nothing is given up', async () => {
    const endpoint = await serve(() => {})
    await expect(clients(endpoint).login(attempt(protocol))).rejects.toMatchObject({ code: 'timeout', message: 'timeout' })
  })

  test('that talks without an end is cut off', async () => {
    const endpoint = await serve((socket) => {
      const chunk = Buffer.alloc(65_536, 'x')
      const flood = () => {
        while (!socket.destroyed && socket.write(chunk)) {}
      }
      socket.on('drain', flood)
      flood()
    })
    const failure = await clients(endpoint)
      .login(attempt(protocol))
      .catch((error) => error)
    expect(failure.name).toBe('MailCoreError')
  })

  test('that hangs up is unreachable', async () => {
    const endpoint = await serve((socket) => socket.destroy())
    await expect(clients(endpoint).login(attempt(protocol))).rejects.toMatchObject({ code: 'unreachable', message: 'unreachable' })
  })

  test('gets no password before STARTTLS, however it talks', async () => {
    let heard = ''
    const greeting = { imap: '* OK ready\r\n', pop3: '+OK ready\r\n', smtp: '220 ready\r\n' }[protocol]
    const endpoint = await serve((socket) => {
      socket.write(greeting)
      socket.on('data', (data) => {
        heard += data
        const tag = /^(\S+) /.exec(String(data))?.[1]
        socket.write(
          { imap: `* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK done\r\n`, pop3: '-ERR no\r\n', smtp: '250 no extensions\r\n' }[protocol],
        )
      })
    })
    const far = { ...endpoint, host: 'LOCALHOST' }
    await expect(clients(far).login(attempt(protocol))).rejects.toMatchObject({ name: 'MailCoreError' })
    expect(heard).not.toMatch(/AUTH(ENTICATE)? PLAIN|LOGIN/i)
    expect(heard).not.toContain(Buffer.from('abc').toString('base64'))
  })
})

test('What a server sends ahead of TLS is not taken for what it says inside', async () => {
  const endpoint = await serve((socket) => {
    socket.write('+OK ready\r\n')
    socket.once('data', () => socket.write('+OK begin TLS\r\n+OK logged in\r\n'))
  })
  await expect(clients({ ...endpoint, host: 'LOCALHOST' }).login(attempt('pop3'))).rejects.toMatchObject({ code: 'refused' })
})

test('A mailbox that does not answer is given up', async () => {
  const imap = await serve(() => {})
  const mailbox = dovecotMailbox({
    imap,
    master: { user: 'portal', password: 'x' },
    doveadm: { url: `http://127.0.0.1:${imap.port}`, key: 'x' },
    timeoutMs: 300,
  })
  const address = 'lin@yunling.example'
  await expect(mailbox.recent(address, { folder: 'INBOX', limit: 1 })).rejects.toMatchObject({ code: 'timeout' })
  await expect(mailbox.quota(address)).rejects.toMatchObject({ code: 'timeout' })
  await expect(mailbox.endSessions(address)).rejects.toMatchObject({ code: 'timeout' })
})

test('A directory that does not answer is given up', async () => {
  const { port } = await serve(() => {})
  const directory = ldapDirectory({
    url: `ldap://127.0.0.1:${port}`,
    base: 'dc=example',
    bindDn: 'cn=portal',
    bindPassword: 'x',
    timeoutMs: 300,
  })
  await expect(directory.find('lin')).rejects.toMatchObject({ code: 'timeout', message: 'timeout' })
  // What never came so far as to ask for a change has changed nothing (F4).
  for (const change of [
    () => directory.changePassword('lin', 'x', 'y'),
    () => directory.setPassword('lin', 'y'),
    () => directory.unlock('lin'),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'unreachable', message: 'unreachable' })
  }
})

test.each([
  ['no JSON', 'hello'],
  ['another shape', '{"a":1}'],
  ['somebody else’s tag', '[["doveadmResponse",[{"a":1}],"t"]]'],
  ['more than is reasonable', `[["doveadmResponse",[${'{"a":"b"},'.repeat(200_000)}{}],"t"]]`],
])('doveadm that answers with %s is refused', async (_, body) => {
  const { port } = await serve((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`))
  })
  const doveadm = doveadmApi({ url: `http://127.0.0.1:${port}`, key: 'x', timeoutMs: 5_000 })
  await expect(doveadm('who', {})).rejects.toMatchObject({ code: 'refused', message: 'refused' })
})
