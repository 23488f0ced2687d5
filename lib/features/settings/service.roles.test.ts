import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { showFiguresOperation } from '#lib/features/dashboard/operations.ts'
import { givenTo } from '#lib/platform/role-groups.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import * as settings from './operations.ts'

let house: House
let liu: Person
let sun: Person
beforeAll(async () => {
  house = await testHouse()
  liu = await house.person('liu', { groups: ['mail-admins'] })
  sun = await house.person('sun', { groups: ['second-admins'] })
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`truncate role_groups, role_changes`
  await house.owner`insert into role_groups (role, group_name, granted) values ('admin', 'second-admins', true)`
  await liu.signIn({ groups: ['mail-admins'] })
  await sun.signIn({ groups: ['second-admins'] })
})

const WANTED = { role: 'auditor', group: 'internal-audit', reason: 'Asked for by the head of audit' }
const propose = async (by: Person = liu, wanted: object = WANTED) => done(await by.call(settings.proposeRoleOperation, wanted)).id
const decide = (by: Person, id: string, decision: 'approve' | 'withdraw' = 'approve', how = {}) =>
  by.call(settings.decideRoleOperation, { id, decision }, how)
const revoke = (by: Person, role: string, group: string, how = {}) =>
  by.call(settings.revokeRoleOperation, { role, group, reason: 'No longer wanted' }, how)
const rolesIn = async (...groups: string[]) => (await givenTo(house.db, groups)).map(({ role }) => role)
const state = async (by: Person = liu) => done(await by.call(settings.listRolesOperation))

describe('T45 a role for a group', () => {
  test('takes two people: one asks, another approves, and who signs in then has it', async () => {
    const zhao = await house.person('zhao', { groups: ['internal-audit'] })
    const id = await propose()
    expect(await rolesIn('internal-audit')).toEqual([])
    expect((await state(sun)).waiting).toMatchObject([{ id, ...WANTED, askedBy: liu.mailbox, own: false }])
    expect(codeOf(await decide(liu, id))).toBe('second_admin_needed')
    expect(await rolesIn('internal-audit')).toEqual([])
    done(await decide(sun, id))
    expect(codeOf(await zhao.call(showFiguresOperation, { period: 'day' }))).toBe('forbidden')
    await zhao.signIn({ groups: ['internal-audit'] })
    expect(codeOf(await zhao.call(showFiguresOperation, { period: 'day' }))).toBe('done')
    const { groups, waiting, changes } = await state()
    expect(groups).toContainEqual({ role: 'auditor', group: 'internal-audit', from: 'site', ownAdmin: false })
    expect(waiting).toEqual([])
    expect(changes).toMatchObject([{ id, state: 'done', askedBy: liu.mailbox, decidedBy: sun.mailbox }])
  })

  test('is withdrawn by either of the two, and then nobody approves it', async () => {
    for (const by of [liu, sun]) {
      const id = await propose()
      done(await decide(by, id, 'withdraw'))
      expect(codeOf(await decide(sun, id))).toBe('conflict')
    }
    expect(await rolesIn('internal-audit')).toEqual([])
  })

  test('F12 is decided once, by however many at once', async () => {
    const wang = await house.person('wang', { groups: ['second-admins'] })
    for (let round = 0; round < 5; round++) {
      const id = await propose()
      const results = await Promise.all([
        decide(sun, id),
        decide(wang, id, 'approve', { on: house.second() }),
        decide(liu, id, 'withdraw'),
        decide(liu, id, 'approve', { on: house.second() }),
      ])
      const codes = results.map(codeOf)
      expect(codes.filter((code) => code === 'done')).toHaveLength(1)
      expect(codes[3]).toMatch(/^(conflict|second_admin_needed)$/)
      const [row] = await house.owner`select state from role_changes where id = ${id}`
      expect(await rolesIn('internal-audit')).toEqual(row?.state === 'done' ? ['auditor'] : [])
      await house.owner`delete from role_groups where group_name = 'internal-audit'`
    }
  })

  test('is not asked for twice, nor where the group has it', async () => {
    await propose()
    expect(codeOf(await sun.call(settings.proposeRoleOperation, WANTED))).toBe('role_exists')
    expect(codeOf(await liu.call(settings.proposeRoleOperation, { ...WANTED, role: 'agent', group: 'helpdesk' }))).toBe('role_exists')
  })

  test('the table itself holds no grant that one person made alone', async () => {
    const alone = house.owner`insert into role_changes (kind, role, group_name, reason, state, asked_by, decided_by)
      values ('grant', 'admin', 'mine', 'x', 'done', 'a@yunling.example', 'a@yunling.example')`
    await expect(alone).rejects.toThrow(/role_changes_check/)
  })

  test.each([{ group: 'a,b' }, { group: 'a\nb\u0000' }, { group: '' }, { reason: 'no' }, { role: 'root' }])(
    'is refused with %j',
    async (wrong) => {
      expect(codeOf(await liu.call(settings.proposeRoleOperation, { ...WANTED, ...wrong }))).toBe('invalid_input')
    },
  )

  test('may be named like a DN, by its equals signs', async () => {
    const group = 'cn=audit+ou=mail'
    done(await decide(sun, await propose(liu, { ...WANTED, group })))
    const zhao = await house.person('dn', { groups: [group] })
    expect(await zhao.actor()).toMatchObject({ kind: 'staff', roles: ['auditor'] })
  })
})

describe('T18 a role that is taken away', () => {
  test('is gone at the next request of a session that has it, from the environment or granted here, and stays gone', async () => {
    const agent = await house.person('agent', { groups: ['helpdesk', 'mail-audit'] })
    expect(await agent.actor()).toMatchObject({ kind: 'staff', roles: ['agent', 'auditor'] })
    done(await revoke(liu, 'agent', 'helpdesk'))
    expect(await agent.actor()).toMatchObject({ kind: 'staff', roles: ['auditor'] })
    done(await revoke(liu, 'auditor', 'mail-audit'))
    expect(await agent.actor()).toMatchObject({ kind: 'user' })
    expect(codeOf(await agent.call(showFiguresOperation, { period: 'day' }))).toBe('forbidden')
    await agent.signIn({ groups: ['helpdesk'] })
    expect(await agent.actor()).toMatchObject({ kind: 'user' })
    expect((await state()).changes).toMatchObject([
      { kind: 'revoke', group: 'mail-audit', askedBy: liu.mailbox },
      { kind: 'revoke', group: 'helpdesk' },
    ])
  })

  test('stays with who has it through another group', async () => {
    done(await decide(sun, await propose(liu, { ...WANTED, role: 'agent', group: 'night-desk' })))
    const agent = await house.person('both', { groups: ['helpdesk', 'night-desk'] })
    done(await revoke(liu, 'agent', 'helpdesk'))
    expect(await agent.actor()).toMatchObject({ kind: 'staff', roles: ['agent'] })
  })

  test('comes back by two people again, not by one', async () => {
    done(await revoke(liu, 'agent', 'helpdesk'))
    const id = await propose(liu, { ...WANTED, role: 'agent', group: 'helpdesk' })
    expect(await rolesIn('helpdesk')).toEqual([])
    done(await decide(sun, id))
    expect(await rolesIn('helpdesk')).toEqual(['agent'])
  })

  test('is never one’s own of administrator, so that one administrator remains', async () => {
    expect((await state()).groups.filter(({ ownAdmin }) => ownAdmin)).toMatchObject([{ role: 'admin', group: 'mail-admins' }])
    expect(codeOf(await revoke(liu, 'admin', 'mail-admins'))).toBe('own_admin_role')
    done(await revoke(liu, 'admin', 'second-admins'))
    expect(await sun.actor()).toMatchObject({ kind: 'user' })
    expect(codeOf(await revoke(sun, 'admin', 'mail-admins'))).toBe('forbidden')
  })

  test('F12 two administrators who take it from each other at once leave one', async () => {
    for (let round = 0; round < 5; round++) {
      const results = await Promise.all([
        revoke(liu, 'admin', 'second-admins'),
        revoke(sun, 'admin', 'mail-admins', { on: house.second() }),
      ])
      const codes = results.map(codeOf)
      expect(codes.filter((code) => code === 'done')).toHaveLength(1)
      expect((await rolesIn('mail-admins', 'second-admins')).length).toBe(1)
      await house.owner`delete from role_groups where group_name = 'mail-admins'`
      await house.owner`update role_groups set granted = true where group_name = 'second-admins'`
    }
  })

  test('is not found where the group has it not', async () => {
    expect(codeOf(await revoke(liu, 'agent', 'nobody'))).toBe('not_found')
  })
})

test('T47 who asked, approved and took away stands in the audit', async () => {
  done(await decide(sun, await propose()))
  done(await revoke(liu, 'auditor', 'internal-audit'))
  const rows = await house.owner`
    select operation, actor_id, detail from audit_log where operation like 'settings.%role' and outcome = 'done' order by seq desc limit 3`
  expect(rows.map(({ operation, actor_id, detail }) => [operation, actor_id, JSON.parse(detail)])).toMatchObject([
    ['settings.revoke-role', liu.mailbox, { role: 'auditor', group: 'internal-audit', reason: 'No longer wanted' }],
    ['settings.decide-role', sun.mailbox, { decision: 'approve', role: 'auditor', group: 'internal-audit', askedBy: liu.mailbox }],
    ['settings.propose-role', liu.mailbox, WANTED],
  ])
})
