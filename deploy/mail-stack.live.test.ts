import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
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
import { dovecot } from './mail-stack/dovecot.ts'
import { openldap } from './mail-stack/openldap.ts'
import { postfix } from './mail-stack/postfix.ts'
import { loadState, stackHome } from './mail-stack/state.ts'
import { provisioning } from './mail-stack/testing.ts'
import { type MailStack, startMailStack, stopMailStack } from './mail-stack.ts'

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
    return [openldap(home, run), dovecot(home, run), ...(isRoot ? [postfix(home)] : [])]
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
    for (const path of ['state.json', 'dovecot', 'openldap', 'tls', 'mail', 'ldap', 'log']) {
      expect(statSync(join(home, path)).mode & 0o077, path).toBe(0)
    }
    if (isRoot) expect(statSync(join(home, 'postfix', 'configuration', 'ldap-addresses.cf')).mode & 0o007).toBe(0)
  })

  describe.skipIf(!shared.smtp)('Postfix from outside', () => {
    const stage = provisioning(shared)
    const { host, port } = shared.smtp ?? { host: '', port: 0 }
    const from = 'zhao@elsewhere.example'

    /** Says all at once, as far as the server lets it, and returns what the server said. */
    function say(text: string): Promise<string> {
      return new Promise((resolve, reject) => {
        const socket = connect({ host, port })
        const lines = text.split('\u0001')
        let said = ''
        socket.on('data', (data) => {
          said += data
          const next = /^\d{3} .*\r\n$/m.test(String(data)) ? lines.shift() : undefined
          if (next !== undefined) socket.write(next)
        })
        socket.on('close', () => resolve(said))
        socket.on('error', reject)
      })
    }

    test('T44 a bare newline does not end a message, so that nothing can be smuggled behind it', async () => {
      const to = await stage.putMailbox()
      const smuggled = `Subject: One\r\n\r\nText\n.\nMAIL FROM:<${from}>\nRCPT TO:<${to}>\nDATA\nSubject: Two\n\n.\r\n\r\n.\r\n`
      const answer = await say(
        ['EHLO x\r\n', `MAIL FROM:<${from}>\r\n`, `RCPT TO:<${to}>\r\n`, 'DATA\r\n', smuggled, 'QUIT\r\n'].join('\u0001'),
      )
      expect(answer).toMatch(/^550 5\.5\.2 /m)
      expect(answer).not.toMatch(/queued as/)
      expect(await dovecotMailbox(shared).recent(to, { folder: 'INBOX', limit: 5 })).toEqual([])
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
