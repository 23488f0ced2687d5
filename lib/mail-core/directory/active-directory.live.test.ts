import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPeople, dnOf, replace, withAdmin } from '#deploy/counterparts/samba/domain.ts'
import { type ActiveDirectory, sambaMissing, startSamba } from '#deploy/counterparts/samba.ts'
import { isLdapChange } from '../testing/ldap-change.ts'
import { losingAnswers } from '../testing/lost-answer.ts'
import { serve } from '../testing/tcp-server.ts'
import { describeDirectory } from './contract.ts'
import { ldapDirectory } from './ldap.ts'
import type { Directory } from './port.ts'

const missing = sambaMissing()
if (missing) console.warn(`Tests with Active Directory are skipped. ${missing}`)

const PASSWORD = 'main-Password-1'
const NEXT = 'main-Password-2'
const DAYS = 90

describe.skipIf(missing)('Active Directory', () => {
  let dataDir: string
  let domain: ActiveDirectory
  let directory: Directory
  let serial = 0

  const settings = () => {
    const { url, base, bindDn, bindPassword, certificate } = domain
    return { url, base, bindDn, bindPassword, ca: readFileSync(certificate, 'utf8') }
  }
  const put = async () => {
    const login = `m${Date.now().toString(36)}${++serial}`
    const address = `${login}@yunling.example`
    await addPeople(domain, [{ address, login, name: '林晓云', nameEn: null, password: PASSWORD, groups: [] }])
    return { address, dn: dnOf(login, domain) }
  }
  const loginOf = async (address: string) => (await directory.find(address))?.login ?? ''
  const change = (dn: string, attribute: string, value: string) =>
    withAdmin(domain, (client) => client.modify(dn, replace(attribute, value)))
  /** A rule of the domain, for as long as the work lasts. */
  const under = async (attribute: string, value: string, work: () => Promise<void>) => {
    const { searchEntries } = await withAdmin(domain, (client) => client.search(domain.base, { scope: 'base', attributes: [attribute] }))
    await change(domain.base, attribute, value)
    await work().finally(() => change(domain.base, attribute, String(searchEntries[0]?.[attribute])))
  }

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'posthouse-ad-'))
    domain = await startSamba({ dataDir, minutes: 30 })
    directory = ldapDirectory(settings())
  })
  afterAll(async () => {
    await domain?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  describeDirectory('ldap', async () => {
    return {
      directory,
      unreachable: ldapDirectory({ ...settings(), url: `${domain.url}:1` }),
      async losingAnswers() {
        const tls = { cert: readFileSync(domain.certificate, 'utf8'), key: readFileSync(domain.key, 'utf8') }
        const near = await losingAnswers({ host: new URL(domain.url).hostname, port: 636 }, () => isLdapChange, tls)
        return ldapDirectory({ ...settings(), url: `ldaps://127.0.0.1:${near.port}` })
      },
      putAccount: (account) => addPeople(domain, [account]),
      disableAccount: async (address) => change(dnOf(await loginOf(address), domain), 'userAccountControl', '514'),
      wrongPasswordsUntilLocked: 10,
      passwordDays: DAYS,
      keepsEnglishNames: false,
      resetsKeepHistory: false,
    }
  })

  test('A password that has to be changed signs nobody in, and is good for the change', async () => {
    const { address, dn } = await put()
    await change(dn, 'pwdLastSet', '0')
    expect(await directory.find(address)).toMatchObject({ mustChange: true, passwordChangedAt: null, passwordExpiresAt: null })
    expect(await directory.authenticate(address, PASSWORD)).toEqual({ ok: false, reason: 'must_change' })
    expect(await directory.changePassword(address, 'wrong', NEXT)).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await directory.changePassword(address, PASSWORD, NEXT)).toEqual({ ok: true })
    expect(await directory.authenticate(address, NEXT)).toMatchObject({ ok: true })
    await change(dn, 'pwdLastSet', '0')
    expect(await directory.setPassword(address, PASSWORD)).toEqual({ ok: true })
    expect(await directory.authenticate(address, PASSWORD)).toMatchObject({ ok: true })
  })

  test('A password that never expires is told as such', async () => {
    const { address, dn } = await put()
    await change(dn, 'userAccountControl', String(512 + 65_536))
    expect(await directory.find(address)).toMatchObject({ passwordExpiresAt: null })
  })

  test.each([
    ['too_short', 'minPwdLength', '20'],
    ['too_young', 'minPwdAge', '-864000000000'],
    ['too_simple', 'pwdProperties', '1'],
  ])('The domain’s rule against it reads %s', async (reason, attribute, value) => {
    const { address } = await put()
    await under(attribute, value, async () => {
      expect(await directory.changePassword(address, PASSWORD, 'nothing-but-small')).toEqual({ ok: false, reason })
    })
    expect(await directory.authenticate(address, PASSWORD)).toMatchObject({ ok: true })
  })

  test('F4 a service account without the right is refused, and nothing is changed', async () => {
    const { address, dn } = await put()
    const { address: other } = await put()
    const powerless = ldapDirectory({ ...settings(), bindDn: dn, bindPassword: PASSWORD })
    await expect(powerless.setPassword(other, NEXT)).rejects.toMatchObject({ code: 'refused', message: 'refused' })
    await expect(powerless.unlock(address)).rejects.toMatchObject({ code: 'refused' })
    expect(await directory.authenticate(other, PASSWORD)).toMatchObject({ ok: true })
  })

  test('The portal’s account can set no administrator’s password', async () => {
    await change(domain.adminDn, 'mail', 'administrator@yunling.example')
    await expect(directory.setPassword('administrator@yunling.example', NEXT)).rejects.toMatchObject({ code: 'refused' })
  })

  test('A password leaves over TLS or not at all', async () => {
    const { address } = await put()
    const sent: Buffer[] = []
    const { port } = await serve((socket) => {
      const far = connectTls({ host: new URL(domain.url).hostname, port: 636, ca: settings().ca })
      socket.on('data', (data) => sent.push(data))
      socket.pipe(far).on('error', () => {})
      far.pipe(socket)
    })
    const plain = ldapDirectory({ ...settings(), url: `ldap://127.0.0.1:${port}` })
    await expect(plain.setPassword(address, NEXT)).rejects.toMatchObject({ code: 'refused' })
    await expect(plain.changePassword(address, PASSWORD, NEXT)).rejects.toMatchObject({ code: 'refused' })
    expect(Buffer.concat(sent).includes('unicodePwd')).toBe(false)
    expect(Buffer.concat(sent).includes(PASSWORD)).toBe(false)
  })
})
