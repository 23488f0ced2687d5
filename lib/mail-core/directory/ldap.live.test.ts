import { connect } from 'node:net'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import { collected } from '../testing/collected.ts'
import { isLdapChange } from '../testing/ldap-change.ts'
import { losingAnswers } from '../testing/lost-answer.ts'
import { serve } from '../testing/tcp-server.ts'
import { describeDirectory } from './contract.ts'
import { ldapDirectory } from './ldap.ts'
import { passwdModify } from './openldap-passwords.ts'

const stack = inject('mailStack')

describe.skipIf(!stack)('OpenLDAP', () => {
  if (!stack) return
  const stage = provisioning(stack)
  const directory = ldapDirectory(stack.ldap)
  const PASSWORD = 'main-Password-1'
  const NEXT = 'main-Password-2'
  const DAYS = 90
  afterAll(() => stage.close())

  describeDirectory('ldap', async () => {
    const policy = await stage.putPolicy('expiring', { pwdMaxAge: String(DAYS * 86_400) })
    return {
      directory,
      unreachable: ldapDirectory({ ...stack.ldap, url: 'ldap://127.0.0.1:1' }),
      async losingAnswers() {
        const { hostname, port } = new URL(stack.ldap.url)
        const near = await losingAnswers({ host: hostname, port: Number(port) }, () => isLdapChange)
        return ldapDirectory({ ...stack.ldap, url: `ldap://127.0.0.1:${near.port}` })
      },
      async putAccount(account) {
        await stage.putAccount(account)
        await stage.putUnderPolicy(account.address, policy)
      },
      disableAccount: stage.disableAccount,
      wrongPasswordsUntilLocked: 10,
      passwordDays: DAYS,
      keepsEnglishNames: true,
      resetsKeepHistory: true,
    }
  })

  test('Under a policy without age a password does not expire', async () => {
    const address = await stage.putMailbox(PASSWORD)
    expect(await directory.find(address)).toMatchObject({ passwordChangedAt: expect.any(Date), passwordExpiresAt: null })
  })

  test('An expired password signs nobody in, and is good for the change to another one', async () => {
    const policy = await stage.putPolicy('short-lived', { pwdMaxAge: '86400' })
    const address = await stage.putMailbox(PASSWORD)
    await stage.putUnderPolicy(address, policy)
    await stage.passwordChanged(address, new Date('2026-01-01T00:00:00Z'))
    expect(await directory.find(address)).toMatchObject({ passwordExpiresAt: new Date('2026-01-02T00:00:00Z') })
    expect(await directory.authenticate(address, PASSWORD)).toEqual({ ok: false, reason: 'expired' })
    expect(await directory.changePassword(address, 'wrong', NEXT)).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await directory.changePassword(address, PASSWORD, NEXT)).toEqual({ ok: true })
    expect(await directory.authenticate(address, NEXT)).toMatchObject({ ok: true })
  })

  test.each([
    ['too_short', { pwdMinLength: '20' }],
    ['too_young', { pwdMinAge: '86400' }],
    ['rejected', { pwdAllowUserChange: 'FALSE' }],
  ])('The directory’s rule against it reads %s', async (reason, rules) => {
    const address = await stage.putMailbox(PASSWORD)
    await stage.putUnderPolicy(address, await stage.putPolicy(`rule-${reason}`, rules))
    expect(await directory.changePassword(address, PASSWORD, NEXT)).toEqual({ ok: false, reason })
    expect(await directory.authenticate(address, PASSWORD)).toMatchObject({ ok: true })
  })

  test('F4 a change that is not answered in time is an unknown outcome', async () => {
    const address = await stage.putMailbox(PASSWORD)
    const { hostname, port } = new URL(stack.ldap.url)
    const silent = await serve((socket) => {
      const far = connect({ host: hostname, port: Number(port) }).on('error', () => {})
      far.pipe(socket).on('close', () => far.destroy())
      socket.on('data', (request) => {
        if (isLdapChange(request)) far.unpipe(socket)
        far.write(request)
      })
    })
    const impatient = ldapDirectory({ ...stack.ldap, url: `ldap://127.0.0.1:${silent.port}`, timeoutMs: 1_500 })
    await expect(impatient.setPassword(address, NEXT)).rejects.toMatchObject({ code: 'timeout', message: 'timeout' })
  })

  test('Accounts whose passwords expire come page by page', async () => {
    const policy = await stage.putPolicy('many', { pwdMaxAge: '1000000' })
    const addresses = await stage.putCrowd(450, policy)
    const pages = await collected(directory.passwordsExpiring(new Date(), new Date(Date.now() + 1_100_000_000)))
    expect(pages.every((page) => page.length <= 200)).toBe(true)
    expect(pages.flat().map(({ address }) => address)).toEqual(expect.arrayContaining(addresses))
  })

  test('T13 nobody reads a hash, and no other account’s password can be set', async () => {
    const address = await stage.putMailbox(PASSWORD)
    const { Client } = await import('ldapts')
    const client = new Client({ url: stack.ldap.url })
    await client.bind(stack.ldap.bindDn, stack.ldap.bindPassword)
    const { searchEntries } = await client.search(stack.ldap.base, {
      filter: `(mail=${address})`,
      attributes: ['userPassword', 'pwdHistory'],
    })
    expect(searchEntries).toEqual([expect.objectContaining({ userPassword: [], pwdHistory: [] })])
    await expect(client.exop('1.3.6.1.4.1.4203.1.11.1', passwdModify({ dn: stack.ldap.bindDn, next: NEXT }))).rejects.toThrow()
    await client.unbind()
  })

  test('A password that the helpdesk reset has to be changed first', async () => {
    const address = await stage.putMailbox(PASSWORD)
    expect(await directory.find(address)).toMatchObject({ mustChange: false })
    await stage.demandChange(address)
    expect(await directory.find(address)).toMatchObject({ mustChange: true })
    expect(await directory.authenticate(address, PASSWORD)).toEqual({ ok: false, reason: 'must_change' })
    expect(await directory.authenticate(address, 'wrong')).toEqual({ ok: false, reason: 'wrong_password' })
    expect(await directory.changePassword(address, PASSWORD, NEXT)).toEqual({ ok: true })
    expect(await directory.authenticate(address, NEXT)).toMatchObject({ ok: true })
    await stage.demandChange(address)
    expect(await directory.setPassword(address, 'main-Password-3')).toEqual({ ok: true })
    expect(await directory.authenticate(address, 'main-Password-3')).toMatchObject({ ok: true })
  })

  test('A filter of the site decides who is disabled', async () => {
    const address = await stage.putMailbox(PASSWORD)
    const strict = ldapDirectory({ ...stack.ldap, disabledFilter: '(sn=林晓云)' })
    expect(await strict.find(address)).toMatchObject({ disabled: true })
    expect(await strict.authenticate(address, PASSWORD)).toEqual({ ok: false, reason: 'disabled' })
    expect(await strict.enabled([address])).toEqual(new Set())
    expect(await directory.enabled([address])).toEqual(new Set([address]))
  })

  test('An address is looked for among addresses only', async () => {
    const victim = await stage.putMailbox(PASSWORD)
    await stage.putAccount({
      address: `impostor-${victim}`,
      login: victim,
      name: '冒名',
      nameEn: null,
      password: PASSWORD,
      groups: [],
    })
    expect((await directory.find(victim))?.name).toBe('林晓云')
  })

  test('Two accounts with one address are a conflict, not a choice', async () => {
    const address = `twice-${Date.now()}@yunling.example`
    for (const login of [`a${Date.now()}`, `b${Date.now()}`]) {
      await stage.putAccount({ address, login, name: '双', nameEn: null, password: PASSWORD, groups: [] })
    }
    await expect(directory.find(address)).rejects.toMatchObject({ code: 'conflict', message: 'conflict' })
    await expect(directory.authenticate(address, PASSWORD)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('A service account that is refused is an error, and no answer about a person', async () => {
    const wrong = ldapDirectory({ ...stack.ldap, bindPassword: 'wrong' })
    await expect(wrong.authenticate('lin', PASSWORD)).rejects.toMatchObject({ code: 'refused', message: 'refused' })
  })

  test('T6 the server itself refuses a bind without a password', async () => {
    const { Client } = await import('ldapts')
    const client = new Client({ url: stack.ldap.url })
    await expect(client.bind(stack.ldap.bindDn, '')).rejects.toThrow()
    await expect(client.search(stack.ldap.base, { scope: 'sub' })).rejects.toThrow()
    await client.unbind()
  })
})
