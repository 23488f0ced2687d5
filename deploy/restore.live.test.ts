import { randomBytes } from 'node:crypto'
import { watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { ImapFlow } from 'imapflow'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { connectSql } from '#db/client.ts'
import { LineConnection } from '#lib/mail-core/line-connection.ts'
import { dovecotMailbox } from '#lib/mail-core/mailbox/dovecot.ts'
import { allDeleted } from '#lib/mail-core/mailbox/testing/house.ts'
import { mailClients } from '#lib/mail-core/mailbox/testing/mail-clients.ts'
import { processes } from './mail-stack/daemon.ts'
import { dovecot, startDovecot } from './mail-stack/dovecot.ts'
import { loadState, type State } from './mail-stack/state.ts'
import { provisioning } from './mail-stack/testing.ts'

const stack = inject('mailStack')
const SECRET = 'abcdefghijklmnopqrstuvwx'
const EVER = { since: new Date(0) }
const MAILS = 400

describe.skipIf(!stack)('Mail that people delete with their clients', () => {
  if (!stack) return
  const { imap } = stack
  const stage = provisioning(stack)
  const sql = connectSql(stack.databaseOwnerUrl)
  const mailbox = dovecotMailbox({ ...stack, sql })
  const hands = mailClients(stack)
  afterAll(() => Promise.all([stage.close(), sql.end()]))

  async function newClient(): Promise<{ address: string; client: ImapFlow }> {
    const address = await stage.putMailbox()
    await stage.putAppPassword({ address, secret: SECRET, protocols: ['imap', 'pop3'] })
    const client = new ImapFlow({
      host: imap.host,
      port: imap.port,
      doSTARTTLS: false,
      auth: { user: address, pass: SECRET },
      logger: false,
    })
    client.on('error', () => {})
    await client.connect()
    return { address, client }
  }

  const letter = (subject: string) => Buffer.from(`From: zhao@elsewhere.example\r\nSubject: ${subject}\r\n\r\nHello\r\n`)
  const deleted = async (address: string) =>
    (await mailbox.deleted(address, { ...EVER, limit: 50 })).messages.map(({ subject, folder }) => `${subject} in ${folder}`)
  const idsOf = async (address: string) => (await allDeleted(mailbox, address, EVER)).map(({ id }) => id)

  async function count(client: ImapFlow, folder: string): Promise<number | undefined> {
    const status = await client.status(folder, { messages: true })
    return status ? status.messages : undefined
  }

  async function deleteMany(): Promise<{ address: string; ids: string[]; raws: string[] }> {
    const address = await stage.putMailbox()
    const raws = Array.from({ length: MAILS }, (_, number) => `Subject: ${number}\r\n\r\n${randomBytes(40).toString('hex')}\r\n`)
    await hands.fill(address, 'INBOX', raws)
    await hands.expunge(address, 'INBOX')
    return { address, ids: await idsOf(address), raws }
  }

  test('Marked as deleted and expunged, it is back in its folder with its flags and its date', async () => {
    const { address, client } = await newClient()
    const arrived = new Date('2026-03-04T05:06:07Z')
    await client.append('INBOX', letter('Direct'), ['\\Flagged', '\\Answered', '$Label1'], arrived)
    await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd('1:*', ['\\Deleted'])
    await client.messageDelete('1:*')
    expect(await deleted(address)).toEqual(['Direct in INBOX'])
    await mailbox.restore(address, await idsOf(address))
    await client.noop()
    const back = await client.fetchOne('1', { flags: true, internalDate: true, source: true })
    if (!back) throw new Error('it is not back')
    expect([...(back.flags ?? [])].filter((flag) => flag !== '\\Recent').sort()).toEqual(['$Label1', '\\Answered', '\\Flagged'])
    expect(back.internalDate).toEqual(arrived)
    expect(back.source).toEqual(letter('Direct'))
    await client.logout()
  })

  test('Out of Trash it goes back to the folder that it was in last, however often it was there', async () => {
    const { address, client } = await newClient()
    for (const folder of ['Work', '归档']) await client.mailboxCreate(folder)
    await client.append('Work', letter('Wanders'))
    const ways = ['Work', 'Trash', '归档', 'Trash']
    for (const [at, to] of ways.slice(1).entries()) {
      await client.mailboxOpen(ways[at] ?? '')
      await client.messageMove('1:*', to)
    }
    await client.mailboxOpen('Trash')
    await client.messageDelete('1:*')
    expect(await deleted(address)).toEqual(['Wanders in 归档'])
    await mailbox.restore(address, await idsOf(address))
    expect(await count(client, '归档')).toBe(1)
    // The keyword of its time in Trash counts in Trash only.
    await client.mailboxOpen('归档')
    await client.messageMove('1:*', 'Work')
    await client.mailboxOpen('Work')
    await client.messageDelete('1:*')
    expect(await deleted(address)).toEqual(['Wanders in Work'])
    await client.logout()
  })

  test('A client that cannot move copies to Trash first, which is one deletion', async () => {
    const { address, client } = await newClient()
    await client.append('INBOX', letter('Copied'))
    await client.mailboxOpen('INBOX')
    await client.messageCopy('1:*', 'Trash')
    await client.messageDelete('1:*')
    expect(await deleted(address)).toEqual([])
    await client.mailboxOpen('Trash')
    await client.messageDelete('1:*')
    expect(await deleted(address)).toEqual(['Copied in INBOX'])
    await client.logout()
  })

  test('A folder that is deleted, at once or by way of Trash, loses nothing, and is shown again', async () => {
    const { address, client } = await newClient()
    for (const folder of ['Old', 'Older/2024']) {
      await client.mailboxCreate(folder)
      await client.append(folder, letter(`Mail of ${folder}`))
    }
    await client.mailboxDelete('Old')
    await client.mailboxRename('Older/2024', 'Trash/2024')
    await client.mailboxDelete('Trash/2024')
    expect((await deleted(address)).sort()).toEqual(['Mail of Old in Old', 'Mail of Older/2024 in 2024'])
    expect((await mailbox.restore(address, await idsOf(address))).restored).toHaveLength(2)
    const subscribed = (await client.list()).filter((folder) => folder.subscribed).map(({ path }) => path)
    expect(subscribed).toEqual(expect.arrayContaining(['Old', '2024']))
    await client.logout()
  })

  test('What POP3 takes away can be restored as well', async () => {
    const { address, client } = await newClient()
    await client.append('INBOX', letter('Fetched'))
    await LineConnection.use(stack.pop3, 10_000, async (line) => {
      for (const command of [`USER ${address}`, `PASS ${SECRET}`, 'DELE 1', 'QUIT']) {
        expect(await line.readLine()).toMatch(/^\+OK/)
        line.send(command)
      }
      expect(await line.readLine()).toMatch(/^\+OK/)
    })
    expect(await deleted(address)).toEqual(['Fetched in INBOX'])
    await client.logout()
  })

  test('One letter to two people is restored to each who deleted it', async () => {
    const [lin, wang] = [await stage.putMailbox(), await stage.putMailbox()]
    await LineConnection.use(stack.lmtp, 10_000, async (line) => {
      const talk = ['LHLO client.example', 'MAIL FROM:<zhao@elsewhere.example>', `RCPT TO:<${lin}>`, `RCPT TO:<${wang}>`, 'DATA']
      for (const command of talk) {
        await line.readUntil((reply) => /^\d{3} /.test(reply))
        line.send(command)
      }
      await line.readUntil((reply) => reply.startsWith('354'))
      for (const text of ['Subject: Together', '', 'Hello', '.']) line.send(text)
      for (const _ of [lin, wang]) expect(await line.readLine()).toMatch(/^250 /)
    })
    for (const address of [lin, wang]) {
      await hands.expunge(address, 'INBOX')
      expect(await deleted(address)).toEqual(['Together in INBOX'])
    }
  })

  test('T42 no client is shown where deleted mail waits, nor can it read, remove or add anything there', async () => {
    const { address, client } = await newClient()
    for (const folder of ['INBOX', 'Work']) {
      if (folder !== 'INBOX') await client.mailboxCreate(folder)
      await client.append(folder, letter(`Waits ${folder}`))
      await client.mailboxOpen(folder)
      await client.messageDelete('1:*')
      await client.append(folder, letter('Stays'))
    }
    await client.noop()
    expect((await client.list()).map(({ path }) => path).filter((path) => /expunged/i.test(path))).toEqual([])
    expect(await client.messageCopy('1:*', '.EXPUNGED/INBOX')).toBe(false)
    await expect(client.append('.EXPUNGED/INBOX', letter('Planted'))).rejects.toThrow()
    for (const folder of ['.EXPUNGED/INBOX', '.EXPUNGED/Work']) {
      await expect(client.mailboxOpen(folder)).rejects.toThrow()
      await expect(client.mailboxDelete(folder)).rejects.toThrow()
      await expect(client.mailboxRename(folder, 'Mine')).rejects.toThrow()
    }
    await client.logout()
    expect((await deleted(address)).sort()).toEqual(['Waits INBOX in INBOX', 'Waits Work in Work'])
  })

  test('F12 of four portals that restore the same at once, one does', async () => {
    const { address, ids, raws } = await deleteMany()
    const portals = Array.from({ length: 4 }, () => dovecotMailbox({ ...stack, sql }))
    const answers = await Promise.all(portals.map((portal) => portal.restore(address, ids)))
    expect(answers.map(({ restored }) => restored.length).sort((a, b) => a - b)).toEqual([0, 0, 0, MAILS])
    expect((await hands.read(address, 'INBOX')).map(({ raw }) => String(raw)).sort()).toEqual(raws.sort())
  })

  describe('F5 when Dovecot dies', () => {
    const home = dirname(dirname(stack.mailLogs.dovecot))
    const { run, ports } = loadState(home) as State
    /** Kills it as soon as so many files of the inbox were written. */
    function killAfter(files: number, address: string): Promise<void> {
      const [name = '', domain = ''] = address.split('@')
      const folder = join(home, 'mail', domain, name, 'mail', 'mailboxes', 'INBOX', 'dbox-Mails')
      return new Promise((resolve) => {
        let seen = 0
        const watcher = watch(folder, () => {
          seen += 1
          if (seen !== files) return
          for (const pid of processes(dovecot(home, run))) process.kill(pid, 'SIGKILL')
          watcher.close()
          resolve()
        })
      })
    }

    test.each([1, MAILS / 2, MAILS, 1.5 * MAILS, 2 * MAILS, 2 * MAILS + 4])(
      'after %i files of a restore, each mail is there once after its return',
      async (files) => {
        const { address, ids, raws } = await deleteMany()
        const killed = killAfter(files, address)
        const first = mailbox.restore(address, ids).catch((error) => error)
        await killed
        const outcome = await first
        await startDovecot(home, run, ports)
        if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'MailCoreError' })
        const { restored, gone } = await mailbox.restore(address, ids)
        expect(restored.length + gone.length).toBe(MAILS)
        const back = (await hands.read(address, 'INBOX')).map(({ raw }) => String(raw))
        expect(back.sort()).toEqual(raws.sort())
        expect(await idsOf(address)).toEqual([])
      },
    )

    test('between the copy and the removal, what lies in both folders is there once', async () => {
      const { address, ids } = await deleteMany()
      await hands.asOwner(address, async (client) => {
        await client.mailboxOpen('.EXPUNGED/INBOX')
        await client.messageCopy('101:200', 'INBOX', { uid: true })
      })
      const { restored, gone } = await mailbox.restore(address, ids)
      expect([restored.length, gone.length]).toEqual([MAILS, 0])
      expect(await hands.read(address, 'INBOX')).toHaveLength(MAILS)
      expect(await idsOf(address)).toEqual([])
    })
  })
})
