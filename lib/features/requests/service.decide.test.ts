import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { requestUnbindingOperation } from '#lib/features/helpdesk/operations.ts'
import { confirmBindingOperation, showPhoneOperation, startBindingOperation } from '#lib/features/phone/operations.ts'
import { deleteReceivedOperation, requestReleaseOperation, showReceivedOperation } from '#lib/features/received/operations.ts'
import { recallSentOperation } from '#lib/features/sent/operations.ts'
import { env } from '#lib/platform/env.ts'
import { bindPhone } from '#lib/platform/testing/bind-phone.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { sendMail } from '#lib/platform/testing/send-mail.ts'
import { codeTo } from '#lib/platform/testing/texts.ts'
import { verifyCaller, WARRANT } from '#lib/platform/testing/verify-caller.ts'
import { decideRequestOperation, listRequestsOperation, showRequestOperation } from './operations.ts'

let house: House
let agent: Person
let other: Person
let boss: Person
let second: Person
const groups = { agent: ['helpdesk'], boss: ['helpdesk-leads'] }
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('chen.jing', { groups: groups.agent })
  other = await house.person('zhou.min', { groups: groups.agent })
  boss = await house.person('wang.lei', { groups: groups.boss })
  second = await house.person('he.jing', { groups: groups.boss })
})
beforeEach(async () => {
  vi.restoreAllMocks()
  await house.forgetLimits()
  await house.owner`delete from staff_requests`
})

let people = 0
const somebody = () => house.person(`lin${++people}`)
const list = async () => done(await agent.call(listRequestsOperation))
const decide = (by: Person, mailbox: string, id: string, decision = 'approve', words = 'as was asked') =>
  by.call(decideRequestOperation, { mailbox, id, decision, words })
const newest = async () => (await list()).requests.at(-1)?.id ?? ''
const subjectsTo = async ({ mailbox }: Person) => {
  await house.work()
  return (await lettersTo(house, mailbox)).map(({ subject }) => subject).join('\n')
}
async function askedRelease(verdict: 'malware' | 'spam' = 'malware') {
  const lin = await somebody()
  const mail = await holdMail(house, { mailbox: lin.mailbox, subject: 'a dangerous subject', verdict })
  done(await lin.call(requestReleaseOperation, { ids: [mail], reason: 'I know the sender' }))
  return { lin, mail, id: await newest(), state: async () => done(await lin.call(showReceivedOperation, { id: mail })).held?.state }
}

describe('malware', () => {
  test('T40 is released when two have said yes, one of them a supervisor, and arrives once', async () => {
    const { lin, mail, id, state } = await askedRelease()
    expect((await list()).requests).toMatchObject([{ kind: 'release', words: 'I know the sender', size: 1, firstBy: null }])
    const detail = done(await agent.call(showRequestOperation, { mailbox: lin.mailbox, id }))
    expect(detail.mails).toMatchObject([{ id: mail, verdict: 'malware', state: 'requested' }])
    expect(JSON.stringify(detail)).not.toContain('subject')
    const may = async (by: Person) => done(await by.call(showRequestOperation, { mailbox: lin.mailbox, id })).may
    expect(await may(agent)).toEqual({ take: true, giveBack: false, approve: 'first', refuse: true, answer: false })
    expect(done(await decide(agent, lin.mailbox, id))).toEqual({ state: 'open', waitsForSecond: true, count: 0 })
    expect(await state()).toBe('requested')
    expect(await may(agent)).toMatchObject({ approve: 'somebody_else' })
    expect(await may(other)).toMatchObject({ approve: 'supervisor', refuse: true })
    expect(await may(boss)).toMatchObject({ approve: 'second' })
    expect(codeOf(await decide(agent, lin.mailbox, id))).toBe('second_person_needed')
    expect(codeOf(await decide(other, lin.mailbox, id))).toBe('second_person_needed')
    expect(done(await decide(boss, lin.mailbox, id, 'approve', 'The sender confirmed it'))).toEqual({
      state: 'approved',
      waitsForSecond: false,
      count: 1,
    })
    expect(await subjectsTo(lin)).toMatch(/Approved: release of held mail/)
    expect(await state()).toBe('released')
    expect((await lettersTo(house, lin.mailbox)).filter(({ subject }) => subject === 'a dangerous subject')).toHaveLength(1)
    expect(codeOf(await decide(boss, lin.mailbox, id))).toBe('conflict')
    expect(await may(boss)).toBeNull()
  })

  test('T40 is not released by who meant to say the first yes while a colleague said it', async () => {
    const { lin, id, state } = await askedRelease()
    done(await decide(agent, lin.mailbox, id))
    const late = (seen: string, decision = 'approve') =>
      boss.call(decideRequestOperation, { mailbox: lin.mailbox, id, decision, seen, words: 'look at the sender again' })
    expect(codeOf(await late('first'))).toBe('conflict')
    expect(codeOf(await late('first', 'refuse'))).toBe('conflict')
    expect(await state()).toBe('requested')
    expect(await subjectsTo(lin)).not.toMatch(/Approved/)
    expect(done(await late('second'))).toMatchObject({ state: 'approved' })
  })

  test('may be seconded by an agent where a supervisor said yes first', async () => {
    const { lin, id, state } = await askedRelease()
    done(await decide(boss, lin.mailbox, id))
    expect(codeOf(await decide(boss, lin.mailbox, id))).toBe('second_person_needed')
    expect(done(await decide(agent, lin.mailbox, id))).toMatchObject({ state: 'approved' })
    expect(await state()).toMatch(/releas/)
  })

  test('is refused by one, stays held, and can be asked for again', async () => {
    const { lin, mail, id, state } = await askedRelease()
    expect(done(await decide(agent, lin.mailbox, id, 'refuse', 'It is a forgery'))).toEqual({
      state: 'refused',
      waitsForSecond: false,
      count: 1,
    })
    expect(await state()).toBe('refused')
    expect(await subjectsTo(lin)).toMatch(/Not approved: release of held mail/)
    done(await lin.call(requestReleaseOperation, { ids: [mail], reason: 'It is not' }))
    expect((await list()).waiting).toBe(1)
  })

  test('that its owner has deleted meanwhile is released to nobody, and no mail says that it was', async () => {
    const { lin, mail, id } = await askedRelease()
    done(await decide(agent, lin.mailbox, id))
    done(await lin.call(deleteReceivedOperation, { ids: [mail] }))
    expect(done(await decide(boss, lin.mailbox, id))).toEqual({ state: 'done', waitsForSecond: false, count: 0 })
    expect(await subjectsTo(lin)).not.toMatch(/Approved/)
  })

  test('that is asked for twice waits once', async () => {
    const { lin, mail } = await askedRelease()
    done(await lin.call(requestReleaseOperation, { ids: [mail], reason: 'once more' }))
    expect((await list()).requests).toMatchObject([{ words: 'I know the sender' }])
  })
})

describe('a large recall', () => {
  async function askedRecall() {
    vi.spyOn(env(), 'RECALL_APPROVAL_OVER', 'get').mockReturnValue(1)
    const [lin, one, two] = [await somebody(), await somebody(), await somebody()]
    const mail = await sendMail(house, { login: lin.mailbox, to: [one, two].map(({ mailbox }) => ({ mailbox })), subject: 'to all' })
    expect(done(await lin.call(recallSentOperation, { id: mail })).state).toBe('waiting_approval')
    return { lin, mail, id: await newest(), again: async () => done(await lin.call(recallSentOperation, { id: mail })).state }
  }

  test('is begun by a supervisor, and by no agent', async () => {
    const { lin, id, again } = await askedRecall()
    expect((await list()).requests).toMatchObject([{ kind: 'recall', size: 2 }])
    for (const decision of ['approve', 'refuse']) expect(codeOf(await decide(agent, lin.mailbox, id, decision))).toBe('forbidden')
    expect(done(await decide(boss, lin.mailbox, id))).toEqual({ state: 'approved', waitsForSecond: false, count: 1 })
    expect(await again()).toBe('queued')
    expect(await house.owner`select from recalls where mailbox = ${lin.mailbox} and begun_at is not null`).toHaveLength(1)
  })

  test('that was refused stays so, and takes nothing', async () => {
    const { lin, id, again } = await askedRecall()
    expect(done(await decide(boss, lin.mailbox, id, 'refuse', 'Write a second mail'))).toMatchObject({ state: 'refused', count: 1 })
    expect(await again()).toBe('refused')
    expect(await subjectsTo(lin)).toMatch(/Not approved: recall of a message/)
    await house.work()
    expect(
      await house.owner`select from recall_recipients where mailbox like 'lin%' and state <> 'pending' and recall in (
      select id from recalls where mailbox = ${lin.mailbox})`,
    ).toHaveLength(0)
  })
})

describe('a phone that is lost', () => {
  const number = () => `+86138${String(71_010_000 + ++people)}`
  async function askedUnbinding(by = agent) {
    const lin = await somebody()
    const old = number()
    await bindPhone(house, lin.mailbox, old)
    await verifyCaller(house, by.mailbox, lin.mailbox)
    const { id } = done(await by.call(requestUnbindingOperation, { mailbox: lin.mailbox }, { warrant: WARRANT }))
    return { lin, old, id }
  }

  test('T11 is unbound by a supervisor other than who asked; mailbox and old number are told, and every session ends', async () => {
    const { lin, old, id } = await askedUnbinding()
    expect((await list()).requests).toMatchObject([
      { kind: 'phone_unbinding', requestedBy: { address: agent.mailbox }, firstBy: { address: agent.mailbox }, ticket: WARRANT.ticket },
    ])
    for (const by of [agent, other]) expect(codeOf(await decide(by, lin.mailbox, id))).toBe('forbidden')
    expect(done(await decide(boss, lin.mailbox, id, 'approve', 'Seen at the counter'))).toMatchObject({ state: 'approved', count: 1 })
    expect((await lin.actor()).kind).toBe('anonymous')
    const text = (await house.texts(lin.mailbox)).find(({ purpose }) => purpose === 'phone_unbound')
    expect(text).toMatchObject({ to: old, body: expect.stringContaining('解绑') })
    expect(await subjectsTo(lin)).toMatch(/no longer bound/)
    await lin.signIn()
    expect(done(await lin.call(showPhoneOperation)).bound).toBeNull()
  })

  test('T11 is not unbound by the supervisor who asked', async () => {
    const { lin, id } = await askedUnbinding(boss)
    expect(codeOf(await decide(boss, lin.mailbox, id))).toBe('second_person_needed')
    expect(done(await decide(second, lin.mailbox, id))).toMatchObject({ state: 'approved' })
  })

  test('T11 is not unbound by a request that was made about the number before; it can be declined, and asked for anew', async () => {
    const { lin, id } = await askedUnbinding()
    const may = async () => done(await boss.call(showRequestOperation, { mailbox: lin.mailbox, id })).may
    expect(await may()).toMatchObject({ approve: 'second' })
    const next = number()
    await house.owner`delete from phones where mailbox = ${lin.mailbox}`
    await bindPhone(house, lin.mailbox, next)
    const late = { mailbox: lin.mailbox, id, decision: 'approve', seen: 'second', words: 'Seen at the counter' }
    expect(codeOf(await boss.call(decideRequestOperation, late))).toBe('other_phone_bound')
    expect(done(await lin.call(showPhoneOperation)).bound?.masked).toContain(next.slice(-4))
    expect(await may()).toMatchObject({ approve: 'other_phone', refuse: true })
    const anew = () => agent.call(requestUnbindingOperation, { mailbox: lin.mailbox }, { warrant: WARRANT })
    const { id: second } = done(await anew())
    expect((await list()).requests.map(({ id }) => id)).toEqual([second])
    expect(codeOf(await anew())).toBe('already_done')
    expect(done(await decide(boss, lin.mailbox, second, 'refuse', 'Come to the counter'))).toMatchObject({ state: 'refused', count: 1 })
    done(await anew())
    expect(done(await decide(boss, lin.mailbox, await newest()))).toMatchObject({ state: 'approved', count: 1 })
    expect(await house.owner`select from phones where mailbox = ${lin.mailbox}`).toHaveLength(0)
  })

  test('T11 is followed by another at once, which cools off to the end of the third day', async () => {
    const { lin, id } = await askedUnbinding()
    done(await decide(boss, lin.mailbox, id))
    await lin.signIn()
    await house.forgetLimits()
    const next = number()
    const { id: flow } = done(await lin.call(startBindingOperation, { number: next }))
    const { coolingUntil } = done(await lin.call(confirmBindingOperation, { flow, code: codeTo(await house.texts(lin.mailbox), next) }))
    const [row] = await house.owner`
      select u.unbound_at + interval '72 hours' = p.cooling_until as same from phone_unbindings u join phones p using (mailbox) where mailbox = ${lin.mailbox}`
    expect(row?.same).toBe(true)
    expect(coolingUntil).toBeInstanceOf(Date)
  })

  test('T18 nothing is approved on an old sign-in, and everything can be refused', async () => {
    const { lin, id } = await askedUnbinding()
    await boss.signIn({ groups: groups.boss, authTime: null })
    expect(codeOf(await decide(boss, lin.mailbox, id))).toBe('step_up_required')
    expect(done(await decide(boss, lin.mailbox, id, 'refuse', 'Come to the counter'))).toMatchObject({ state: 'refused' })
    await boss.signIn({ groups: groups.boss })
    expect(done(await lin.call(showPhoneOperation)).bound).not.toBeNull()
  })
})
