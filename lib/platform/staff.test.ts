import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { listActivityOperation } from '#lib/features/activity/operations.ts'
import { switchAppPasswordsOperation } from '#lib/features/app-passwords/operations.ts'
import { endOtherSessionsOperation, listSessionsOperation } from '#lib/features/sso/operations.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { accountReference } from './account-reference.ts'
import { endVerifications } from './caller-verification.ts'
import { env } from './env.ts'
import { codeOf, done, type House, type Person, testHouse } from './testing/house.ts'
import { lettersTo } from './testing/letters.ts'
import { verifyCaller, WARRANT } from './testing/verify-caller.ts'

let house: House
let agent: Person
let other: Person
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('agent', { groups: ['helpdesk'] })
  other = await house.person('other', { groups: ['helpdesk'] })
})
beforeEach(() => house.forgetLimits())

let people = 0
const somebody = () => house.person(`c${++people}`)
const endSessions = (by: Person, mailbox: string, warrant: unknown = WARRANT) =>
  by.call(endOtherSessionsOperation, { mailbox }, { warrant })
const look = (by: Person, mailbox: string) => by.call(listSessionsOperation, { mailbox }).then(codeOf)

describe('T45 at the mailbox of somebody else staff', () => {
  test('see nothing and do nothing before they have verified the caller, and the owner sees that they tried', async () => {
    const lin = await somebody()
    expect(await look(agent, lin.mailbox)).toBe('caller_not_verified')
    expect(codeOf(await endSessions(agent, lin.mailbox))).toBe('caller_not_verified')
    expect(done(await lin.call(listSessionsOperation)).live).toHaveLength(1)
    const { entries } = done(await lin.call(listActivityOperation))
    expect(entries.slice(0, 2)).toMatchObject([
      { operation: 'sso.end-others', actor: { kind: 'staff', name: agent.mailbox, own: false }, outcome: 'refused' },
      { operation: 'sso.list', actor: { kind: 'staff' }, outcome: 'refused', code: 'caller_not_verified' },
    ])
  })

  test('act once they have; the owner reads who it was, why and under which ticket, and is told by mail', async () => {
    const lin = await somebody()
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    expect(done(await endSessions(agent, lin.mailbox))).toEqual({ ended: 1 })
    await lin.signIn()
    const { entries } = done(await lin.call(listActivityOperation))
    expect(entries[1]).toMatchObject({
      operation: 'sso.end-others',
      actor: { kind: 'staff', name: agent.mailbox },
      detail: WARRANT,
      outcome: 'done',
    })
    await house.work()
    const [letter] = await lettersTo(house, lin.mailbox)
    expect(letter?.subject).toContain('服务台结束了所有会话')
    expect(letter?.text).toContain(`agent of the helpdesk ended all sessions`)
    expect(letter?.text).toContain(WARRANT.ticket)
  })

  test('have verified the caller for themselves, for this mailbox, for an hour, and until the call is ended', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    expect(await look(agent, lin.mailbox)).toBe('done')
    expect(await look(other, lin.mailbox)).toBe('caller_not_verified')
    expect(await look(agent, wang.mailbox)).toBe('caller_not_verified')
    await endVerifications(house.db, agent.mailbox, lin.mailbox)
    expect(await look(agent, lin.mailbox)).toBe('caller_not_verified')
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    const aged = (minutes: number) =>
      house.owner`update caller_verifications set verified_at = now() - make_interval(mins => ${minutes}) where mailbox = ${lin.mailbox}`
    await aged(59)
    expect(await look(agent, lin.mailbox)).toBe('done')
    await aged(60)
    expect(await look(agent, lin.mailbox)).toBe('caller_not_verified')
  })

  test.each([
    ['nothing', undefined, ['reason', 'ticket']],
    ['null', null, ['reason', 'ticket']],
    ['a text', 'because', []],
    ['a short reason', { ...WARRANT, reason: 'x' }, ['reason']],
    ['a reason of spaces', { ...WARRANT, reason: '      ' }, ['reason']],
    ['a long reason', { ...WARRANT, reason: 'x'.repeat(201) }, ['reason']],
    ['a list of reasons', { ...WARRANT, reason: ['lost the phone'] }, ['reason']],
    ['half a ticket', { ...WARRANT, ticket: 'ITS-2026-482' }, ['ticket']],
    ['a ticket and more', { ...WARRANT, ticket: 'ITS-2026-48213; x' }, ['ticket']],
  ])('change nothing with %s in place of reason and ticket', async (_, warrant, fields) => {
    const lin = await somebody()
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    const answer = await lin.call(endOtherSessionsOperation, { mailbox: lin.mailbox }, { actor: await agent.actor(), warrant })
    expect(answer).toMatchObject({ ok: false, code: 'reason_needed', ...(fields.length > 0 ? { fields } : {}) })
    expect(done(await lin.call(listSessionsOperation)).live).toHaveLength(1)
  })

  test('write tickets as the site does', async () => {
    const lin = await somebody()
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    vi.spyOn(env(), 'TICKET_PATTERN', 'get').mockReturnValue('^INC\\d{7}$')
    expect(codeOf(await endSessions(agent, lin.mailbox))).toBe('reason_needed')
    expect(codeOf(await endSessions(agent, lin.mailbox, { ...WARRANT, ticket: 'INC0012345' }))).toBe('done')
    vi.restoreAllMocks()
  })

  test('may only what is written down for this very input', async () => {
    const lin = await somebody()
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    const turn = (on: boolean) => agent.call(switchAppPasswordsOperation, { mailbox: lin.mailbox, on }, { warrant: WARRANT }).then(codeOf)
    expect(await turn(true)).toBe('forbidden')
    expect(await turn(false)).toBe('done')
  })

  test('hear that nobody has an address, and that the directory does not answer', async () => {
    expect(await look(agent, 'nobody-here@yunling.example')).toBe('not_found')
    const lin = await somebody()
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    const away = { ...house.mail.directory, find: () => Promise.reject(new MailCoreError('unreachable')) }
    const answer = await agent.call(
      listSessionsOperation,
      { mailbox: lin.mailbox },
      { on: { ...house, mail: { ...house.mail, directory: away } } },
    )
    expect(codeOf(answer)).toBe('mail_unreachable')
  })
})

describe('T45 nobody acts as staff', () => {
  test.each(['helpdesk', 'helpdesk-leads', 'mail-audit', 'mail-admins'])('on somebody of %s, whom the directory names', async (group) => {
    const peer = await somebody()
    await house.owner`update directory_accounts set groups = ${[group]} where address = ${peer.mailbox}`
    await verifyCaller(house, agent.mailbox, peer.mailbox)
    expect(await look(agent, peer.mailbox)).toBe('forbidden')
    expect(codeOf(await endSessions(agent, peer.mailbox))).toBe('forbidden')
  })

  test('on somebody whom only the identity provider names', async () => {
    const peer = await somebody()
    await verifyCaller(house, agent.mailbox, peer.mailbox)
    await peer.signIn({ groups: ['mail-admins'] })
    expect(await look(agent, peer.mailbox)).toBe('forbidden')
    await peer.signIn()
    expect(await look(agent, peer.mailbox)).toBe('done')
  })

  test('on oneself: there one is the owner, without a reason, and nobody writes a mail about it', async () => {
    await verifyCaller(house, agent.mailbox, agent.mailbox)
    const before = await house.owner`select from notices where mailbox = ${agent.mailbox}`
    expect(codeOf(await agent.call(switchAppPasswordsOperation, { on: false }))).toBe('done')
    expect(codeOf(await agent.call(listActivityOperation))).toBe('done')
    expect(await house.owner`select from notices where mailbox = ${agent.mailbox}`).toHaveLength(before.length)
  })
})

describe('a reference to an account', () => {
  test('names it to the one member of staff, and is written down with its address', async () => {
    const lin = await somebody()
    await verifyCaller(house, agent.mailbox, lin.mailbox)
    await verifyCaller(house, other.mailbox, lin.mailbox)
    const reference = accountReference(agent.mailbox, lin.mailbox)
    expect(reference).not.toContain(lin.mailbox)
    expect(await look(agent, reference)).toBe('done')
    expect(await look(other, reference)).toBe('invalid_input')
    expect(await look(lin, reference)).toBe('invalid_input')
    expect(await look(agent, `${reference.slice(0, -2)}xx`)).toBe('invalid_input')
    const { entries } = done(await lin.call(listActivityOperation))
    expect(entries).toContainEqual(
      expect.objectContaining({ operation: 'sso.list', actor: { kind: 'staff', name: agent.mailbox, own: false }, outcome: 'done' }),
    )
  })
})
