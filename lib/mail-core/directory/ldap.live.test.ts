import { afterAll, describe, expect, inject, test } from 'vitest'
import { provisioning } from '#deploy/mail-stack/testing.ts'
import { describeDirectory } from './contract.ts'
import { ldapDirectory } from './ldap.ts'

const stack = inject('mailStack')

describe.skipIf(!stack)('OpenLDAP', () => {
  if (!stack) return
  const stage = provisioning(stack)
  const directory = ldapDirectory(stack.ldap)
  const PASSWORD = 'main-Password-1'
  afterAll(() => stage.close())

  describeDirectory('ldap', async () => ({
    directory,
    unreachable: ldapDirectory({ ...stack.ldap, url: 'ldap://127.0.0.1:1' }),
    putAccount: stage.putAccount,
    disableAccount: stage.disableAccount,
    wrongPasswordsUntilLocked: 10,
  }))

  test('A password that the helpdesk reset has to be changed first', async () => {
    const address = await stage.putMailbox(PASSWORD)
    await stage.demandChange(address)
    expect(await directory.authenticate(address, PASSWORD)).toEqual({ ok: false, reason: 'must_change' })
    expect(await directory.authenticate(address, 'wrong')).toEqual({ ok: false, reason: 'wrong_password' })
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
