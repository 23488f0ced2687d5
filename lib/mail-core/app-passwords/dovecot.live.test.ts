import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import { ldapDirectory } from '../directory/ldap.ts'
import { dovecotMailbox } from '../mailbox/dovecot.ts'
import { describeAppPasswords } from './contract.ts'
import { dovecotAppPasswords } from './dovecot.ts'
import type { ClientProtocol } from './port.ts'

const stack = inject('mailStack')
const MAIN = 'main-Password-1'
const SECRET = 'abcdefghijklmnopqrstuvwx'
const IP = '203.0.113.9'

describe.skipIf(!stack)('Dovecot', () => {
  if (!stack) return
  const stage = provisioning(stack)
  const appPasswords = dovecotAppPasswords(stack)
  const mailbox = dovecotMailbox(stack)
  const directory = ldapDirectory(stack.ldap)
  const protocols: ClientProtocol[] = stack.submission ? ['imap', 'pop3', 'smtp'] : ['imap', 'pop3']
  const nowhere = { host: '127.0.0.1', port: 1 }
  const certificate = readFileSync(stack.certificate, 'utf8')
  afterAll(() => stage.close())

  describeAppPasswords('dovecot', async () => ({
    putMailbox: () => stage.putMailbox(MAIN),
    putAppPassword: async (appPassword) => void (await stage.putAppPassword(appPassword)),
    revoke: stage.revoke,
    suspend: stage.suspend,
    lastUse: stage.lastUse,
    appPasswords,
    unreachable: dovecotAppPasswords({ imap: nowhere, pop3: nowhere, submission: nowhere }),
    protocols,
  }))

  const login = (address: string, secret: string, protocol: ClientProtocol = 'imap') =>
    appPasswords.login({ address, secret, protocol, ip: IP })

  const withPassword = async () => {
    const address = await stage.putMailbox(MAIN)
    const id = await stage.putAppPassword({ address, secret: SECRET, protocols })
    return { address, id }
  }

  test('A login over TLS from the first byte is judged alike, and none is made where the certificate is not trusted', async () => {
    const { address } = await withPassword()
    const doors = (ca?: string) =>
      dovecotAppPasswords({
        imap: { ...stack.imaps, ca },
        pop3: { ...stack.pop3s, ca },
        ...(stack.submissions ? { submission: { ...stack.submissions, ca } } : {}),
      })
    for (const protocol of protocols) {
      const attempt = { address, protocol, ip: IP }
      expect(await doors(certificate).login({ ...attempt, secret: SECRET }), protocol).toBe(true)
      expect(await doors(certificate).login({ ...attempt, secret: `${SECRET}x` }), protocol).toBe(false)
      await expect(doors().login({ ...attempt, secret: SECRET }), protocol).rejects.toMatchObject({ code: 'unreachable' })
    }
  })

  test('The main password is refused in mail clients, unless the site allows it', async () => {
    const { address } = await withPassword()
    for (const protocol of protocols) expect(await login(address, MAIN, protocol), protocol).toBe(false)
    await stage.allowMainPassword(address)
    for (const protocol of protocols) expect(await login(address, MAIN, protocol), protocol).toBe(true)
  })

  test('Wrong app passwords never lock the account of the directory', async () => {
    const { address } = await withPassword()
    for (let tries = 0; tries < 15; tries++) expect(await login(address, `wrong${tries}`, protocols[tries % protocols.length])).toBe(false)
    expect(await directory.authenticate(address, MAIN)).toMatchObject({ ok: true })
  })

  test('A disabled account cannot use its app password from the next login on, and still receives mail', async () => {
    const { address } = await withPassword()
    for (const protocol of protocols) expect(await login(address, SECRET, protocol)).toBe(true)
    await stage.disableAccount(address)
    for (const protocol of protocols) expect(await login(address, SECRET, protocol), protocol).toBe(false)
    await mailbox.append(address, 'INBOX', Buffer.from('Subject: Later\r\n\r\n'))
    expect(await mailbox.recent(address, { folder: 'INBOX', limit: 1 })).toHaveLength(1)
  })

  test('T26 an app password opens nothing but mail', async () => {
    const { address } = await withPassword()
    const other = await stage.putMailbox(MAIN)
    expect(await directory.authenticate(address, SECRET)).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await login(`${other}*${address}`, SECRET)).toBe(false)
    const asMaster = dovecotMailbox({ ...stack, master: { user: address, password: SECRET } })
    await expect(asMaster.recent(other, { folder: 'INBOX', limit: 1 })).rejects.toMatchObject({ code: 'refused' })
    const withKey = dovecotMailbox({ ...stack, doveadm: { ...stack.doveadm, key: SECRET } })
    await expect(withKey.quota(address)).rejects.toMatchObject({ code: 'refused' })
  })

  test('T28 an account that the portal does not know logs in with nothing', async () => {
    const address = await stage.putMailbox(MAIN)
    await stage.sql`delete from mail_accounts where mailbox = ${address}`
    expect(await login(address, MAIN)).toBe(false)
    expect(await login(address, SECRET)).toBe(false)
  })

  test('T23 Dovecot’s log names the app password by its id, and holds no secret', async () => {
    const { address, id } = await withPassword()
    await login(address, SECRET)
    await login(address, 'a-wrong-secret-to-look-for')
    await login(address, MAIN)
    const logs = stack.logs.map((path) => readFileSync(path, 'utf8')).join('\n')
    expect(logs).toContain(`app=<${id}>`)
    for (const secret of [SECRET, MAIN, 'a-wrong-secret-to-look-for', stack.master.password, stack.doveadm.key]) {
      expect(logs).not.toContain(secret)
    }
  })

  test.each(['imaps', 'pop3s', 'submissions'] as const)('TLS from the first byte is checked on %s', async (name) => {
    const endpoint = stack[name]
    if (!endpoint) return
    const protocol = { imaps: 'imap', pop3s: 'pop3', submissions: 'smtp' }[name] as ClientProtocol
    const { address } = await withPassword()
    const attempt = { address, secret: SECRET, protocol, ip: '2001:db8::7' }
    const trusting = { ...endpoint, ca: certificate }
    expect(await dovecotAppPasswords({ imap: trusting, pop3: trusting, submission: trusting }).login(attempt)).toBe(true)
    const untrusting = dovecotAppPasswords({ imap: endpoint, pop3: endpoint, submission: endpoint })
    await expect(untrusting.login(attempt)).rejects.toMatchObject({ code: 'unreachable' })
  })

  test.each(['imap', 'pop3', 'submission'] as const)('To another host no password leaves before STARTTLS: %s', async (name) => {
    if (!stack[name]) return
    const protocol = name === 'submission' ? 'smtp' : name
    const { address } = await withPassword()
    const attempt = { address, secret: SECRET, protocol, ip: IP } as const
    // Not written as loopback names are, hence another host.
    const far = { ...stack[name], host: 'LOCALHOST', tls: undefined }
    const trusting = { ...far, ca: certificate }
    expect(await dovecotAppPasswords({ imap: trusting, pop3: trusting, submission: trusting }).login(attempt)).toBe(true)
    await expect(dovecotAppPasswords({ imap: far, pop3: far, submission: far }).login(attempt)).rejects.toMatchObject({
      code: 'unreachable',
    })
  })

  describe.skipIf(!stack.submission)('Submission', () => {
    const submit = (user: string, pass: string, from: string, to: string, headers: Record<string, string> = {}) =>
      createTransport({
        ...stack.submission,
        secure: false,
        tls: { ca: certificate, servername: 'localhost' },
        auth: { user, pass },
      }).sendMail({
        from,
        to,
        subject: 'Lab report',
        text: 'Attached.',
        headers,
      })

    const arrived = async (address: string) =>
      expect.poll(() => mailbox.recent(address, { folder: 'INBOX', limit: 5 }), { timeout: 20_000 })

    test('The same app password sends mail, which arrives by LMTP without portal headers', async () => {
      const { address } = await withPassword()
      const to = await stage.putMailbox(MAIN)
      await submit(address, SECRET, address, to, { 'X-Portal-Quarantine': 'yes' })
      await (await arrived(to)).toMatchObject([{ from: { address }, subject: 'Lab report', unread: true }])
      const log = readFileSync(stack.logs.at(-1) ?? '', 'utf8')
      expect(log).toMatch(new RegExp(`sasl_username=${address}`))
    })

    test('Nobody sends as somebody else', async () => {
      const { address } = await withPassword()
      const other = await stage.putMailbox(MAIN)
      for (const from of [other, 'ceo@elsewhere.example']) {
        await expect(submit(address, SECRET, from, other)).rejects.toMatchObject({ responseCode: 553 })
      }
    })

    test('A revoked app password sends nothing', async () => {
      const { address } = await withPassword()
      await submit(address, SECRET, address, address)
      await stage.revoke(address, SECRET)
      await expect(submit(address, SECRET, address, address)).rejects.toMatchObject({ responseCode: 535 })
    })
  })
})
