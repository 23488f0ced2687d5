import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { createTestDatabase } from '#db/testing.ts'
import { ldapDirectory } from '#lib/mail-core/directory/ldap.ts'
import { dovecotMailbox } from '#lib/mail-core/mailbox/dovecot.ts'
import { startTestServer } from './local/test-postgres.ts'
import { type Daemon, master, processes } from './mail-stack/daemon.ts'
import { loadState, stackHome } from './mail-stack/state.ts'
import { provisioning } from './mail-stack/testing.ts'
import { converse, mailsIn, send } from './mail-stack/testing-mail.ts'
import { daemonsOf, type MailStack, startMailStack, stopMailStack } from './mail-stack.ts'

const shared = inject('mailStack')
const isRoot = process.getuid?.() === 0
const LIN = { address: 'lin@yunling.example', login: 'lin', name: '林', nameEn: null, password: 'main-Password-1', groups: [] }
const LETTER = Buffer.from('Subject: Kept\r\n\r\n')

describe.skipIf(!shared)('The mail stack', () => {
  if (!shared) return
  let databaseOwnerUrl: string
  let stopDatabase: () => Promise<void>
  const folders: { temporary: string; dataDir: string }[] = []

  // Dovecot's role is one for the whole server, and each start gives it another password: not the run's own server.
  beforeAll(async () => {
    const { server, stop } = await startTestServer()
    databaseOwnerUrl = (await createTestDatabase(server)).ownerUrl
    stopDatabase = stop
  })
  afterAll(() => stopDatabase())

  afterEach(async () => {
    for (const { temporary, dataDir } of folders.splice(0)) {
      await stopMailStack(dataDir)
      rmSync(temporary, { recursive: true })
    }
  })

  function newFolder(...below: string[]): string {
    const temporary = mkdtempSync(join(tmpdir(), `posthouse-mail-${process.pid}-`))
    chmodSync(temporary, 0o755)
    const dataDir = join(temporary, ...below)
    mkdirSync(dataDir, { recursive: true })
    folders.push({ temporary, dataDir })
    return dataDir
  }

  const start = (dataDir: string): Promise<MailStack> =>
    startMailStack({ dataDir, databaseOwnerUrl, domain: 'yunling.example', accounts: [LIN] })

  function daemons(dataDir: string): Daemon[] {
    const home = stackHome(dataDir)
    const run = loadState(home)?.run ?? join(home, 'run')
    return daemonsOf(home, run).filter(({ name }) => isRoot || name !== 'Postfix')
  }

  test('A second start uses what runs, and resets no password that was changed', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    const pids = daemons(dataDir).map(master)
    expect(pids).not.toContain(null)
    const stage = provisioning({ ...first, domain: 'yunling.example', databaseOwnerUrl })
    await stage.setPassword(LIN.address, 'chosen-Password-2')
    await stage.close()

    const second = await start(dataDir)
    expect(daemons(dataDir).map(master)).toEqual(pids)
    expect({ ...second, stop: null }).toEqual({ ...first, stop: null })
    const directory = ldapDirectory(second.ldap)
    expect(await directory.authenticate('lin', LIN.password)).toEqual({ ok: false, reason: 'wrong_password' })
    // Somebody else set it, so the policy wants another one; but it is the right one.
    expect(await directory.authenticate('lin', 'chosen-Password-2')).toEqual({ ok: false, reason: 'must_change' })
  })

  test('After kill -9 of everything the next start serves the same mail at the same ports', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await dovecotMailbox(first).append(LIN.address, 'INBOX', LETTER)
    for (const daemon of daemons(dataDir)) for (const pid of processes(daemon)) process.kill(pid, 'SIGKILL')

    const second = await start(dataDir)
    expect(second.imap).toEqual(first.imap)
    expect(await dovecotMailbox(second).recent(LIN.address, { folder: 'INBOX', limit: 1 })).toMatchObject([{ subject: 'Kept' }])
  })

  test('After kill -9 of the masters alone, their children do not stand in the way', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    for (const daemon of daemons(dataDir)) process.kill(master(daemon) as number, 'SIGKILL')
    const second = await start(dataDir)
    await dovecotMailbox(second).append(LIN.address, 'INBOX', LETTER)
    expect(await dovecotMailbox(first).recent(LIN.address, { folder: 'INBOX', limit: 1 })).toHaveLength(1)
  })

  test('A stop leaves no process and no socket, and a second one is no error', async () => {
    const dataDir = newFolder()
    const stack = await start(dataDir)
    const all = daemons(dataDir)
    await stack.stop()
    expect(all.flatMap(processes)).toEqual([])
    expect(existsSync(join(stackHome(dataDir), 'run'))).toBe(false)
    await stack.stop()
  })

  test('A port that somebody took meanwhile is replaced, the others stay', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await first.stop()
    const squatter = createServer()
    await new Promise<void>((resolve) => squatter.listen(first.imap.port, '127.0.0.1', resolve))
    const second = await start(dataDir)
    squatter.close()
    expect(second.imap.port).not.toBe(first.imap.port)
    expect(second.pop3).toEqual(first.pop3)
  })

  test('A folder whose path is too long for sockets will do', async () => {
    const dataDir = newFolder('a'.repeat(100), 'b'.repeat(100))
    const before = readdirSync(tmpdir())
    const stack = await start(dataDir)
    await dovecotMailbox(stack).check()
    await stopMailStack(dataDir)
    expect(readdirSync(tmpdir()).filter((name) => !before.includes(name) && /^posthouse-\w{6}$/.test(name))).toEqual([])
  })

  test('Secrets are for their owners only', async () => {
    const dataDir = newFolder()
    await start(dataDir)
    const home = stackHome(dataDir)
    for (const path of ['state.json', 'dovecot', 'openldap', 'redis', 'rspamd', 'tls', 'mail', 'ldap', 'redis-data', 'log']) {
      expect(statSync(join(home, path)).mode & 0o077, path).toBe(0)
    }
    if (isRoot) expect(statSync(join(home, 'postfix', 'configuration', 'ldap-addresses.cf')).mode & 0o007).toBe(0)
  })

  describe.skipIf(!shared.smtp)('Postfix from outside', () => {
    const stage = provisioning(shared)
    const { host, port } = shared.smtp ?? { host: '', port: 0 }
    const from = 'zhao@elsewhere.example'
    const letter = (subject: string) =>
      [
        `From: <${from}>`,
        'To: <lin@yunling.example>',
        `Subject: ${subject}`,
        'Date: Wed, 25 Nov 2026 10:00:00 +0800',
        'Message-ID: <1@elsewhere.example>',
        '',
        'Text',
      ].join('\r\n')

    test.each([
      ['LF . LF', '\n.\n'],
      ['LF . CRLF', '\n.\r\n'],
      ['CRLF . LF', '\r\n.\n'],
      ['CR . CR', '\r.\r'],
      ['CR . CRLF', '\r.\r\n'],
      ['CRLF . CR', '\r\n.\r'],
      ['CRLF . CR CRLF', '\r\n.\r\r\n'],
    ])('T44 %s does not end a message, so that nothing can be smuggled behind it', async (_name, end) => {
      const to = await stage.putMailbox()
      const second = [`MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', 'Subject: Smuggled', '', '.', ''].join(
        end.startsWith('\n') ? '\n' : '\r\n',
      )
      const first = `${letter('One')}${end}${second}\r\n.`
      const replies = (await converse({ host, port }, ['EHLO x', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', first])).join('')
      expect(replies.match(/queued as/g)?.length ?? 0).toBeLessThan(2)
      if (end.includes('\n.') && !end.includes('\r\n.')) expect(replies).toMatch(/^550 5\.5\.2 /m)

      await send({ host, port }, { from, to: [to] }, Buffer.from(`${letter('Last')}\r\n`))
      await expect.poll(() => mailsIn(shared, to, 'INBOX', 'Last'), { timeout: 20_000 }).toHaveLength(1)
      expect(await mailsIn(shared, to, 'INBOX', 'Smuggled')).toEqual([])
    })

    test('Mail for other domains is not relayed, nor mail for people who are not there taken', async () => {
      const transport = createTransport({ host, port, ignoreTLS: true })
      const refusal = (to: string) => transport.sendMail({ from, to, text: 'x' }).catch((error) => error.response)
      expect(await refusal('somebody@elsewhere.example')).toMatch(/^554 5\.7\.1 .*Relay access denied/)
      expect(await refusal('nobody-here@yunling.example')).toMatch(/^550 5\.1\.1 /)
    })

    test('Nobody outside can set the portal’s own headers', async () => {
      const to = await stage.putMailbox()
      const secret = 'abcdefghijklmnopqrstuvwx'
      await stage.putAppPassword({ address: to, secret, protocols: ['imap'] })
      const raw = `From: ${from}\r\nTo: ${to}\r\nX-Portal-Quarantine: yes\r\nx-portal-release-id: 1\r\nSubject: Outside\r\n\r\nX-Portal-Text: stays\r\n`
      await createTransport({ host, port, ignoreTLS: true }).sendMail({ envelope: { from, to }, raw })
      const mailbox = dovecotMailbox(shared)
      await expect.poll(() => mailbox.recent(to, { folder: 'INBOX', limit: 1 }), { timeout: 20_000 }).toHaveLength(1)
      const client = new ImapFlow({ ...shared.imap, tls: {}, doSTARTTLS: false, auth: { user: to, pass: secret }, logger: false })
      await client.connect()
      await client.mailboxOpen('INBOX')
      const message = await client.fetchOne('1', { source: true })
      await client.logout()
      const source = message ? String(message.source) : ''
      expect(source).toContain('Subject: Outside')
      expect(source).not.toMatch(/x-portal-(quarantine|release-id)/i)
      expect(source).toContain('X-Portal-Text: stays')
      await stage.close()
    })
  })
})
