import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listAppPasswordsOperation, switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import type { ClientProtocol } from '#lib/mail-core/app-passwords/port.ts'
import { autodiscoverErrorXml } from '#lib/platform/client-settings/autodiscover.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { anonymous, codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { captureLog } from '#lib/platform/testing/log.ts'
import {
  autoconfigOperation,
  autodiscoverOperation,
  autodiscoverUrlOperation,
  offerProfileOperation,
  paccOperation,
  showClientSetupOperation,
  showDnsOperation,
  takeOwnProfileOperation,
  takeProfileOperation,
} from './operations.ts'

process.env.CLIENT_POP3 = 'pop.yunling.example:995'
process.env.MAIL_DOMAINS = 'Yunling.example, alumni.yunling.example'
const logged = captureLog()
let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

let people = 0
async function owner(): Promise<Person> {
  const person = await house.person(`client${++people}`)
  await bindPhone(house, person.mailbox, `+86138${60_000_000 + people}`)
  done(await person.call(switchAppPasswordsOperation, { on: true }))
  return person
}

describe('What a person is told', () => {
  test('is the address, the servers of the site and what stands in the way', async () => {
    const lin = await house.person('plain')
    expect(done(await lin.call(showClientSetupOperation))).toEqual({
      address: lin.mailbox,
      servers: [
        { protocol: 'imap', host: 'imap.yunling.example', port: 993, security: 'tls' },
        { protocol: 'pop3', host: 'pop.yunling.example', port: 995, security: 'tls' },
        { protocol: 'smtp', host: 'smtp.yunling.example', port: 465, security: 'tls' },
      ],
      signed: false,
      appPasswords: { on: false, phone: false, mostDays: 365 },
    })
    expect(done(await (await owner()).call(showClientSetupOperation)).appPasswords).toEqual({ on: true, phone: true, mostDays: 365 })
  })
})

describe('What any mail client is told', () => {
  const outlook = (address: string) =>
    `<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress></Request></Autodiscover>`
  const askAll = async (address: string) => {
    const answers = [
      await autoconfigOperation.execute(anonymous(), { address }, house),
      await autodiscoverOperation.execute(anonymous(), { body: outlook(address) }, house),
      await autodiscoverUrlOperation.execute(anonymous(), { address, protocol: 'AutodiscoverV1' }, house),
      await paccOperation.execute(anonymous(), {}, house),
    ]
    return answers.map((answer) => done(answer).text)
  }

  test('T1 is the same, octet for octet, whether there is such an account, has ever been, or is disabled', async () => {
    const lin = await owner()
    const off = await house.person('switched-off')
    await house.owner`update directory_accounts set disabled = true where address = ${off.mailbox}`
    const [known, disabled, unknown] = await Promise.all([lin.mailbox, off.mailbox, 'nobody.at.all@yunling.example'].map(askAll))
    const without = (texts: string[] | undefined, address: string) => texts?.map((text) => text.replaceAll(address, 'ADDRESS'))
    expect(known?.[0]).toBe(unknown?.[0])
    expect(known?.[3]).toBe(unknown?.[3])
    expect(without(known, lin.mailbox)).toEqual(without(unknown, 'nobody.at.all@yunling.example'))
    expect(without(disabled, off.mailbox)).toEqual(without(unknown, 'nobody.at.all@yunling.example'))
    expect(known?.[1]).toContain(`<LoginName>${lin.mailbox}</LoginName>`)
  })

  test('is nothing for an address of another site', async () => {
    for (const address of ['lin@other.example', 'lin@yunling.example.evil.example', 'lin@sub.yunling.example']) {
      expect(codeOf(await autoconfigOperation.execute(anonymous(), { address }, house))).toBe('not_found')
      expect(codeOf(await autodiscoverUrlOperation.execute(anonymous(), { address, protocol: 'autodiscoverv1' }, house))).toBe('not_found')
      const { text } = done(await autodiscoverOperation.execute(anonymous(), { body: outlook(address) }, house))
      expect(text).toBe(autodiscoverErrorXml('not_here'))
    }
    expect(codeOf(await autoconfigOperation.execute(anonymous(), { address: 'lin@alumni.yunling.example' }, house))).toBe('done')
  })

  test.each([
    ['1,000 letters', `${'a'.repeat(1_000)}@yunling.example`],
    ['a line end', 'lin\r\nX-Evil: 1@yunling.example'],
    ['markup', '<script>@yunling.example'],
    ['two addresses', 'a@b@yunling.example'],
    ['a bare domain', 'yunling.example'],
  ])('T6 is nothing for %s', async (_, address) => {
    expect(codeOf(await autoconfigOperation.execute(anonymous(), { address }, house))).toBe('invalid_input')
    const escaped = address.replace(/</g, '&lt;').replace(/\r/g, '&#13;')
    const { text } = done(await autodiscoverOperation.execute(anonymous(), { body: outlook(escaped) }, house))
    expect(text).toBe(autodiscoverErrorXml('not_here'))
  })

  test('Outlook’s other protocols are refused', async () => {
    const input = { address: 'lin@yunling.example', protocol: 'ActiveSync' }
    expect(codeOf(await autodiscoverUrlOperation.execute(anonymous(), input, house))).toBe('invalid_input')
  })

  test('F13 is told 120 times a minute to one address, and goes on being told to others', async () => {
    const from = (ip: string) => autoconfigOperation.execute(anonymous({ ...REQUEST, ip }), {}, house)
    for (let n = 0; n < 120; n++) expect((await from('198.51.100.7')).ok).toBe(true)
    expect(await from('198.51.100.7')).toMatchObject({ code: 'rate_limited', retryAfter: expect.any(Number) })
    expect((await from('198.51.100.8')).ok).toBe(true)
  })
})

describe('A profile', () => {
  const offer = async (person: Person, input = { name: '林的iPhone', days: 90 }) => done(await person.call(offerProfileOperation, input))
  const take = (url: string) => takeProfileOperation.execute(anonymous(), { token: url.slice(url.lastIndexOf('/') + 1) }, house)
  const textOf = (profile: string) => Buffer.from(profile, 'base64').toString()

  test('of one’s own has no password inside', async () => {
    const lin = await owner()
    const text = textOf(done(await lin.call(takeOwnProfileOperation)).profile)
    expect(text).toContain(`<string>${lin.mailbox}</string>`)
    expect(text).not.toContain('<key>IncomingPassword<')
  })

  test('T23 with a fresh app password is given once; the password signs in, and stands nowhere else', async () => {
    const lin = await owner()
    const { url, expiresAt } = await offer(lin)
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(600_000)
    expect(done(await lin.call(listAppPasswordsOperation)).items).toEqual([])

    const text = textOf(done(await take(url)).profile)
    const secret = /<key>IncomingPassword<\/key>\s*<string>([a-z2-7]{24})</.exec(text)?.[1] ?? ''
    const login = (protocol: ClientProtocol) => house.mail.appPasswords.login({ address: lin.mailbox, secret, protocol, ip: '10.0.0.9' })
    expect([await login('imap'), await login('smtp'), await login('pop3')]).toEqual([true, true, false])
    expect(done(await lin.call(listAppPasswordsOperation)).items.map(({ name }) => name)).toEqual(['林的iPhone'])

    expect(codeOf(await take(url))).toBe('profile_taken')
    const cells = await everyCell(house.owner)
    expect(placesOf(cells, secret)).toEqual([])
    expect(placesOf(cells, url.slice(-43))).toEqual([])
    expect(logged.join('\n')).not.toContain(secret)
    const told = await house.owner`select kind from notices where mailbox = ${lin.mailbox} and kind = 'app_password_created'`
    expect(told).toHaveLength(1)
    const [audit] = await house.owner`
      select mailbox, detail from audit_log where operation = 'client-setup.take-profile' and phase = 'outcome' and outcome = 'done'`
    expect(audit).toMatchObject({ mailbox: lin.mailbox, detail: JSON.stringify({ name: '林的iPhone' }) })
  })

  test('T23 of many who open the link at once, one gets it', async () => {
    const lin = await owner()
    const { url } = await offer(lin)
    const codes = (await Promise.all(Array.from({ length: 8 }, () => take(url)))).map(codeOf)
    expect(codes.sort()).toEqual(['done', ...Array(7).fill('profile_taken')])
    expect(done(await lin.call(listAppPasswordsOperation)).items).toHaveLength(1)
  })

  test('is no longer given after ten minutes, or for a made-up link', async () => {
    const { url } = await offer(await owner())
    await house.later('601 seconds')
    expect(codeOf(await take(url))).toBe('link_invalid')
    expect(codeOf(await take(`/${'x'.repeat(43)}`))).toBe('link_invalid')
  })

  test('is not offered where no app password could be made, and the link is still good when that changes on the way', async () => {
    const lin = await house.person('without-phone')
    expect(codeOf(await lin.call(offerProfileOperation, { name: 'iPad', days: 90 }))).toBe('phone_required')
    const wang = await owner()
    const { url } = await offer(wang)
    done(await wang.call(switchAppPasswordsOperation, { on: false }))
    expect(codeOf(await take(url))).toBe('app_passwords_off')
    expect(codeOf(await wang.call(offerProfileOperation, { name: 'iPad', days: 90 }))).toBe('app_passwords_off')
    done(await wang.call(switchAppPasswordsOperation, { on: true }))
    expect(codeOf(await take(url))).toBe('done')
  })

  test('T18 with an app password asks for a fresh sign-in', async () => {
    const lin = await owner()
    await lin.signIn({ authTime: new Date(Date.now() - 601_000) })
    expect(codeOf(await lin.call(offerProfileOperation, { name: 'iPad', days: 90 }))).toBe('step_up_required')
  })
})

describe('The records of DNS', () => {
  test('are shown to an administrator, for a domain of the site', async () => {
    const admin = await house.person('admin', { groups: ['mail-admins'] })
    const dns = done(await admin.call(showDnsOperation, { domain: 'alumni.yunling.example' }))
    expect(dns.domains).toEqual(['yunling.example', 'alumni.yunling.example'])
    expect(dns.records.map(({ name }) => name)).toContain('_pop3s._tcp.alumni.yunling.example')
    expect(new Set(dns.records.map(({ published }) => published))).toEqual(new Set(['missing']))
    expect(codeOf(await admin.call(showDnsOperation, { domain: 'other.example' }))).toBe('not_found')
  })

  test('tell what is published', async () => {
    const admin = await house.person('admin2', { groups: ['mail-admins'] })
    const zone: Record<string, string[]> = {
      '_imaps._tcp.yunling.example': ['0 1 993 imap.yunling.example.'],
      '_submissions._tcp.yunling.example': ['0 0 0 .'],
    }
    const dns = { lookUp: async (name: string) => zone[name] ?? [] }
    const { records } = done(await admin.call(showDnsOperation, {}, { on: { db: house.db, mail: { ...house.mail, dns } } }))
    expect(records.slice(0, 3).map(({ published }) => published)).toEqual(['published', 'missing', 'different'])
  })
})

describe('Signed by the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-setup-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })

  test('a profile is what OpenSSL verifies', async () => {
    const { env } = await import('#lib/platform/env.ts')
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=mail.yunling.example', '-keyout', 'key.pem', '-out', 'cert.pem')
    Object.assign(env(), { PROFILE_CERTIFICATE: join(folder, 'cert.pem'), PROFILE_KEY: join(folder, 'key.pem') })
    try {
      const lin = await owner()
      expect(done(await lin.call(showClientSetupOperation)).signed).toBe(true)
      writeFileSync(join(folder, 'profile'), Buffer.from(done(await lin.call(takeOwnProfileOperation)).profile, 'base64'))
      const { stdout } = openssl('smime', '-verify', '-inform', 'der', '-in', 'profile', '-CAfile', 'cert.pem', '-purpose', 'any')
      expect(stdout).toContain('com.apple.mail.managed')
    } finally {
      Object.assign(env(), { PROFILE_CERTIFICATE: undefined, PROFILE_KEY: undefined })
    }
  })
})
