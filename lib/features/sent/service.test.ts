import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import { env } from '#lib/platform/env.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { messageIdOf, octetsOf, type Sent, sendMail } from '#lib/platform/testing/send-mail.ts'
import { sentJobs } from './jobs.ts'
import * as sent from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())
afterEach(() => vi.restoreAllMocks())

let people = 0
const somebody = () => house.person(`sender${++people}`)
const several = async (count: number) => {
  const found: Person[] = []
  while (found.length < count) found.push(await somebody())
  return found
}
const OUTSIDE = 'friend@elsewhere.example'

const send = ({ mailbox }: Person, to: Sent['to'], more: Partial<Sent> = {}) => sendMail(house, { login: mailbox, to, ...more })
const list = async (person: Person, query: object = {}) => done(await person.call(sent.listSentOperation, query))
const show = async (person: Person, id: string) => done(await person.call(sent.showSentOperation, { id }))
const preview = async (person: Person, id: string) => done(await person.call(sent.previewRecallOperation, { id }))
const recall = (person: Person, id: string, on?: Resources) => person.call(sent.recallSentOperation, { id }, { on })
const resultsOf = async (person: Person, id: string) => {
  const { state, recipients } = done(await person.call(sent.showRecallOperation, { id }))
  return { state, of: recipients.map(({ state: of }) => of).sort() }
}
const inInbox = async ({ mailbox }: Person) => (await house.mail.mailbox.recent(mailbox, { folder: 'INBOX', limit: 10 })).length
const run = (on: Resources = house) => sentJobs.tasks['sent.run-recalls']?.({}, on)
const noticesTo = async ({ mailbox }: Person) =>
  (await house.owner`select 1 from notices where mailbox = ${mailbox} and kind = 'mail_recalled'`).length
const withMailbox = (mailbox: Partial<House['mail']['mailbox']>): Resources => ({
  db: house.db,
  mail: { ...house.mail, mailbox: { ...house.mail.mailbox, ...mailbox } },
})

describe('The list', () => {
  test('is read in pages that meet without a gap or a repeat, both ways', async () => {
    const lin = await somebody()
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.push(await send(lin, [{ mailbox: OUTSIDE }], { ago: (n + 1) * 60_000 }))
    const first = await list(lin, { limit: 3 })
    expect(first.mails.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    const second = await list(lin, { limit: 3, before: first.older })
    expect(second.mails.map(({ id }) => id)).toEqual(ids.slice(3, 6))
    const last = await list(lin, { limit: 3, before: second.older })
    expect(last).toMatchObject({ mails: [{ id: ids[6] }], older: null })
    const back = await list(lin, { limit: 3, after: last.newer })
    expect(back.mails.map(({ id }) => id)).toEqual(ids.slice(3, 6))
  })

  test('counts what arrived, waits and was refused, names the first recipients, and finds by recipient and subject', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(
      lin,
      [
        { mailbox: wang.mailbox },
        { mailbox: OUTSIDE, outcome: 'waiting' },
        { mailbox: 'gone@elsewhere.example', outcome: 'failed' },
        { mailbox: 'a@elsewhere.example', outcome: 'delivered' },
      ],
      { subject: '实验室安全通知' },
    )
    const { mails } = await list(lin, { search: '安全' })
    expect(mails).toMatchObject([{ id, more: 1, fates: { arrived: 2, waiting: 1, refused: 1 }, recall: null }])
    expect((await list(lin, { search: 'gone@' })).mails).toHaveLength(1)
    expect((await list(lin, { search: '100%_' })).mails).toEqual([])
  })

  test('T34 shows a sender nothing that another handed in', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(wang, [{ mailbox: lin.mailbox }])
    expect((await list(lin)).mails).toEqual([])
    const answers = [
      await lin.call(sent.showSentOperation, { id }),
      await lin.call(sent.previewRecallOperation, { id }),
      await lin.call(sent.showRecallOperation, { id }),
      await recall(lin, id),
    ]
    expect(answers.map(codeOf)).toEqual(Array(4).fill('not_found'))
    expect(await inInbox(lin)).toBe(1)
  })
})

describe('One sent mail', () => {
  test('says who here has read it, and of those outside only that it arrived', async () => {
    const [lin, wang, chen] = (await several(3)) as [Person, Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox, seen: true }, { mailbox: chen.mailbox }, { mailbox: OUTSIDE }])
    const { recipients } = await show(lin, id)
    expect(recipients.map(({ local, copy }) => [local, copy])).toEqual([
      [false, null],
      [true, 'read'],
      [true, 'unread'],
    ])
  })

  test('tells nothing of what a recipient’s filter or owner did: held, junk and deleted arrived, at no time', async () => {
    const [lin, ...others] = (await several(5)) as [Person, ...Person[]]
    const outcomes = ['junk', 'held', 'deleted', 'released']
    const id = await send(
      lin,
      others.map(({ mailbox }, n) => ({ mailbox, outcome: outcomes[n] as string })),
    )
    const answer = await show(lin, id)
    expect(new Set(answer.recipients.map(({ fate, reason, at }) => `${fate} ${reason} ${at}`))).toEqual(new Set(['arrived null null']))
    expect(JSON.stringify([answer, await list(lin)])).not.toMatch(/held|junk|deleted|released/)
  })

  test('F13 opens in time when a mailbox never answers, and says so by silence', async () => {
    const [lin, wang, chen] = (await several(3)) as [Person, Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }, { mailbox: chen.mailbox }])
    const copyOf: House['mail']['mailbox']['copyOf'] = (address, mail) =>
      address === wang.mailbox ? Promise.withResolvers<never>().promise : house.mail.mailbox.copyOf(address, mail)
    const on = withMailbox({ copyOf })
    const { recipients } = done(await lin.call(sent.showSentOperation, { id }, { on }))
    expect(recipients.map(({ copy }) => copy)).toEqual([null, 'unread'])
  })
})

describe('A recall', () => {
  test('takes the unread copies, leaves the read one, and says of each what became of it', async () => {
    const [lin, wang, chen, zhou] = (await several(4)) as [Person, Person, Person, Person]
    const id = await send(lin, [
      { mailbox: wang.mailbox, seen: true },
      { mailbox: chen.mailbox },
      { mailbox: zhou.mailbox, outcome: 'waiting' },
      { mailbox: OUTSIDE },
    ])
    expect(await preview(lin, id)).toEqual({
      ...{ total: 4, recallable: 1, read: 1, none: 0, undelivered: 1, outside: 1, unknown: 0 },
      ...{ readToo: false, needsApproval: false, told: true },
    })
    expect(done(await recall(lin, id)).state).toBe('queued')
    await house.work()
    expect(await resultsOf(lin, id)).toEqual({ state: 'done', of: ['outside', 'read', 'undelivered', 'withdrawn'] })
    expect([await inInbox(wang), await noticesTo(wang), await noticesTo(chen)]).toEqual([1, 0, 1])
    const [letter] = await lettersTo(house, chen.mailbox)
    expect(letter?.subject).toContain(lin.mailbox)
    expect(JSON.stringify(letter)).not.toContain('A letter')
  })

  test('is written down for both: in the sender’s record and in each recipient’s', async () => {
    const [lin, chen] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: chen.mailbox }])
    done(await recall(lin, id))
    await house.work()
    const rows = await house.owner`
      select mailbox, operation, detail::json ->> 'name' as name, detail::json ->> 'count' as count from audit_log
      where mailbox in (${lin.mailbox}, ${chen.mailbox}) and phase = 'outcome' and operation like 'sent.%' order by operation`
    expect([...rows]).toEqual([
      { mailbox: lin.mailbox, operation: 'sent.finish-recall', name: null, count: '1' },
      { mailbox: lin.mailbox, operation: 'sent.recall', name: null, count: '1' },
      { mailbox: chen.mailbox, operation: 'sent.withdraw', name: lin.mailbox, count: null },
    ])
  })

  test('takes read copies too, and tells nobody, where the site wants that', async () => {
    vi.spyOn(env(), 'RECALL_READ', 'get').mockReturnValue(true)
    vi.spyOn(env(), 'RECALL_NOTICE', 'get').mockReturnValue('nobody')
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox, seen: true }])
    expect(await preview(lin, id)).toMatchObject({ recallable: 1, read: 1, readToo: true, told: false })
    done(await recall(lin, id))
    await house.work()
    expect([await inInbox(wang), await noticesTo(wang)]).toEqual([0, 0])
  })

  test('T43 a planted or reused Message-ID takes nothing that the sender did not send', async () => {
    const [lin, wang, chen] = (await several(3)) as [Person, Person, Person]
    const theirs = await send(chen, [{ mailbox: wang.mailbox }])
    // In one's own Sent folder, and in a mail that was really sent.
    await house.mail.mailbox.append(lin.mailbox, 'Sent', octetsOf({ id: theirs }))
    expect(codeOf(await recall(lin, theirs))).toBe('not_found')
    const own = await send(lin, [{ mailbox: wang.mailbox, outcome: 'held' }])
    await house.owner`update trace_messages set message_id = ${messageIdOf(theirs)} where queue_id = ${own}`
    done(await recall(lin, own))
    await house.work()
    expect(await resultsOf(lin, own)).toEqual({ state: 'done', of: ['none'] })
    expect(await inInbox(wang)).toBe(1)
  })

  test('T43 nobody but the job gets at a recipient’s mailbox, and the job only with a recall that names it', async () => {
    const [lin, wang, chen] = (await several(3)) as [Person, Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }])
    done(await recall(lin, id))
    const [row] = await house.owner`select id from recalls where trace_id = ${id}`
    const input = { mailbox: wang.mailbox, recall: row?.id }
    expect(codeOf(await lin.call(sent.withdrawCopyOperation, input))).toBe('forbidden')
    const job = { ...anonymous(), actor: { kind: 'system', job: 'test' } } as const
    const elsewhere = await sent.withdrawCopyOperation.execute(job, { ...input, mailbox: chen.mailbox }, house)
    expect(codeOf(elsewhere)).toBe('not_found')
    expect(await inInbox(wang)).toBe(1)
  })

  test('reports mail that is held as not there, and leaves it to its owner', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await holdMail(house, { mailbox: wang.mailbox, from: lin.mailbox, login: lin.mailbox })
    expect(await preview(lin, id)).toMatchObject({ recallable: 0, none: 1 })
    done(await recall(lin, id))
    await house.work()
    expect((await resultsOf(lin, id)).of).toEqual(['none'])
    expect((await house.mail.quarantine.find(wang.mailbox, [id]))[0]?.state).toBe('held')
  })

  test('ends after the days that the site gives, and with nobody here to take it from', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const days = (count: number) => count * 86_400_000
    const late = await send(lin, [{ mailbox: wang.mailbox }], { ago: days(7) + 60_000 })
    expect(await recall(lin, late)).toMatchObject({ code: 'recall_too_late', values: { days: 7 } })
    expect((await show(lin, late)).recallableUntil).toBeNull()
    const away = await send(lin, [{ mailbox: OUTSIDE }])
    expect(codeOf(await recall(lin, away))).toBe('recall_nothing')
    const intime = await send(lin, [{ mailbox: wang.mailbox }], { ago: days(7) - 60_000 })
    expect(codeOf(await recall(lin, intime))).toBe('done')
  })

  test('of more than fifty waits for staff, and nothing is taken', async () => {
    vi.spyOn(env(), 'RECALL_APPROVAL_OVER', 'get').mockReturnValue(1)
    const [lin, wang, chen] = (await several(3)) as [Person, Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }, { mailbox: chen.mailbox }])
    expect((await preview(lin, id)).needsApproval).toBe(true)
    expect(done(await recall(lin, id)).state).toBe('waiting_approval')
    await run()
    await house.work()
    expect(await resultsOf(lin, id)).toEqual({ state: 'waiting_approval', of: ['pending', 'pending'] })
    expect([await inInbox(wang), await inInbox(chen)]).toEqual([1, 1])
  })

  test('F12 asked for ten times at once by two instances, and run by both, is one recall with one notice', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }])
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => recall(lin, id, n % 2 === 0 ? house : house.second())))
    expect(new Set(answers.map((answer) => done(answer).createdAt.getTime())).size).toBe(1)
    await Promise.all([run(), run(house.second()), run(), run(house.second())])
    await run()
    expect(await resultsOf(lin, id)).toEqual({ state: 'done', of: ['withdrawn'] })
    expect(await noticesTo(wang)).toBe(1)
    expect(done(await recall(lin, id)).state).toBe('done')
  })

  test('F5 waits while the mail store is away, and is done after its return', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }])
    done(await recall(lin, id))
    const away = () => Promise.reject(new MailCoreError('unreachable'))
    await run(withMailbox({ check: away, withdraw: away, copyOf: away }))
    await run(withMailbox({ withdraw: away }))
    expect((await resultsOf(lin, id)).of).toEqual(['pending'])
    await house.later('61 seconds')
    await run()
    expect(await resultsOf(lin, id)).toEqual({ state: 'done', of: ['withdrawn'] })
    expect(await noticesTo(wang)).toBe(1)
  })

  test('F5 killed after the copy was taken and before that was written down, still says that it was taken', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }])
    done(await recall(lin, id))
    const withdraw: House['mail']['mailbox']['withdraw'] = async (...asked) => {
      await house.mail.mailbox.withdraw(...asked)
      throw new MailCoreError('timeout')
    }
    await run(withMailbox({ withdraw }))
    await house.later('61 seconds')
    await run()
    expect(await resultsOf(lin, id)).toEqual({ state: 'done', of: ['withdrawn'] })
  })

  test('F5 is given up for a mailbox that did not answer for a day', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }])
    done(await recall(lin, id))
    await house.later('25 hours')
    await run(withMailbox({ check: () => Promise.reject(new MailCoreError('unreachable')) }))
    await lin.signIn()
    expect(await resultsOf(lin, id)).toEqual({ state: 'done', of: ['failed'] })
  })

  test('T18 needs a sign-in of the last ten minutes', async () => {
    const [lin, wang] = (await several(2)) as [Person, Person]
    const id = await send(lin, [{ mailbox: wang.mailbox }])
    await lin.signIn({ authTime: new Date(Date.now() - 11 * 60_000) })
    expect(codeOf(await recall(lin, id))).toBe('step_up_required')
  })
})
