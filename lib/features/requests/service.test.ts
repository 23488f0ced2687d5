import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requestReleaseOperation } from '#lib/features/received/operations.ts'
import { onDeskChange } from '#lib/platform/live.ts'
import { fileRequest } from '#lib/platform/staff-requests.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import {
  commentRequestOperation,
  countRequestsOperation,
  decideRequestOperation,
  giveBackRequestOperation,
  listRequestsOperation,
  showRequestOperation,
  takeRequestOperation,
} from './operations.ts'
import type { ListRequests } from './schema.ts'

let house: House
let agent: Person
let other: Person
let boss: Person
const groups = { agent: ['helpdesk'], boss: ['helpdesk-leads'] }
beforeAll(async () => {
  house = await testHouse()
  agent = await house.person('chen.jing', { groups: groups.agent })
  other = await house.person('zhou.min', { groups: groups.agent })
  boss = await house.person('wang.lei', { groups: groups.boss })
})
beforeEach(async () => {
  await house.forgetLimits()
  await house.owner`delete from staff_requests`
})

let people = 0
const somebody = () => house.person(`lin${++people}`)
type Query = Partial<Record<keyof (typeof ListRequests)['_zod']['input'], unknown>>
const list = async (query: Query = {}, by = agent) => done(await by.call(listRequestsOperation, query))
const decide = (by: Person, mailbox: string, id: string, decision = 'answer', words = 'as was asked') =>
  by.call(decideRequestOperation, { mailbox, id, decision, words })
/** A message of the owner's that waits. */
const message = async ({ mailbox }: Person) =>
  (await fileRequest(house.db, { mailbox, kind: 'message', about: { message: 'x' }, words: 'my words' })) ?? ''

describe('the queue', () => {
  test('has what waits, the oldest first, masked, with who has it', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    const ids = [await message(lin), await message(wang)]
    const { requests, waiting } = await list()
    expect(waiting).toBe(2)
    expect(done(await agent.call(countRequestsOperation))).toEqual({ open: 2 })
    expect(requests).toMatchObject([
      { id: ids[0], kind: 'message', state: 'open', words: 'my words', requestedBy: null, takenBy: null, comments: 0, size: 1 },
      { id: ids[1] },
    ])
    expect(JSON.stringify(requests)).not.toContain(lin.mailbox)
    expect(done(await agent.call(showRequestOperation, { mailbox: requests[0]?.account, id: ids[0] }))).toMatchObject({ id: ids[0] })
  })

  test('can be narrowed to a kind, a state, an age and one’s own', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    const [old, taken] = [await message(lin), await message(wang)]
    const mail = await holdMail(house, { mailbox: lin.mailbox, verdict: 'malware' })
    done(await lin.call(requestReleaseOperation, { ids: [mail], reason: 'I know the sender' }))
    const release = (await list()).requests.at(-1)?.id
    await house.owner`update staff_requests set created_at = now() - interval '25 hours' where id = ${old}`
    done(await agent.call(takeRequestOperation, { mailbox: wang.mailbox, id: taken }))
    expect(done(await agent.call(countRequestsOperation))).toEqual({ open: 2 })
    const idsOf = async (query: Query, by = agent) => (await list(query, by)).requests.map(({ id }) => id)
    expect(await idsOf({ kind: 'release' })).toEqual([release])
    expect(await idsOf({ hours: 24 })).toEqual([old])
    expect(await idsOf({ mine: 'true' })).toEqual([taken])
    expect(await idsOf({ mine: true }, other)).toEqual([])
    expect(await idsOf({ state: 'taken' })).toEqual([taken])
    done(await decide(agent, wang.mailbox, taken))
    expect(await idsOf({})).toEqual([old, release])
    expect(await idsOf({ state: 'done' })).toEqual([taken])
    done(await decide(agent, lin.mailbox, old))
    expect(await idsOf({ state: 'done' })).toEqual([taken, old])
    expect(await idsOf({ state: 'done', limit: 1, after: (await list({ state: 'done', limit: 1 })).next })).toEqual([old])
  })

  test('comes in pages without gap or repetition', async () => {
    const lin = await somebody()
    const ids: string[] = []
    for (let n = 0; n < 7; n++) ids.push(await message(lin))
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const { requests, next } = await list({ limit: 3, after })
      seen.push(...requests.map(({ id }) => id))
      if (next === null) break
      after = next
    }
    expect(seen.sort()).toEqual(ids.sort())
  })

  test.each(['1', '1.2', `1.${'-'.repeat(36)}`, `1.${'a'.repeat(36)}`])('T6 does not go on behind %j', async (after) => {
    expect(codeOf(await agent.call(listRequestsOperation, { after }))).toBe('invalid_input')
  })

  test('says at once when it has changed', async () => {
    const lin = await somebody()
    const changes: (() => void)[] = []
    const end = await onDeskChange(house.db, () => changes.shift()?.())
    const next = () => new Promise<void>((resolve) => changes.push(resolve))
    const filed = next()
    const id = await message(lin)
    await filed
    const taken = next()
    done(await agent.call(takeRequestOperation, { mailbox: lin.mailbox, id }))
    await taken
    const written = next()
    done(await agent.call(commentRequestOperation, { mailbox: lin.mailbox, id, words: 'seen' }))
    await written
    end()
  })
})

describe('a request', () => {
  test('F12 is taken by one of any number, and given back by that one', async () => {
    const lin = await somebody()
    const id = await message(lin)
    const [one, two] = [await agent.actor(), await other.actor()]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => agent.call(takeRequestOperation, { mailbox: lin.mailbox, id }, { actor: n % 2 ? one : two })),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const [holder, loser] = (await list()).requests[0]?.takenBy?.address === agent.mailbox ? [agent, other] : [other, agent]
    expect(codeOf(await loser.call(giveBackRequestOperation, { mailbox: lin.mailbox, id }))).toBe('conflict')
    done(await holder.call(giveBackRequestOperation, { mailbox: lin.mailbox, id }))
    expect((await list()).requests[0]).toMatchObject({ state: 'open', takenBy: null })
  })

  test('collects what staff write, in order', async () => {
    const lin = await somebody()
    const id = await message(lin)
    for (const [by, words] of [
      [agent, 'asked the sender'],
      [boss, 'fine with me'],
    ] as const)
      done(await by.call(commentRequestOperation, { mailbox: lin.mailbox, id, words }))
    const { written, comments } = done(await agent.call(showRequestOperation, { mailbox: lin.mailbox, id }))
    expect(comments).toBe(2)
    expect(written).toMatchObject([
      { by: { address: agent.mailbox, self: true }, words: 'asked the sender' },
      { by: { address: boss.mailbox, self: false }, words: 'fine with me' },
    ])
  })

  test('T34 is found at its own mailbox alone', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    const id = await message(lin)
    for (const operation of [showRequestOperation, takeRequestOperation, giveBackRequestOperation])
      expect(codeOf(await agent.call(operation, { mailbox: wang.mailbox, id }))).toBe('not_found')
    expect(codeOf(await decide(boss, wang.mailbox, id))).toBe('not_found')
    expect(codeOf(await agent.call(commentRequestOperation, { mailbox: wang.mailbox, id, words: 'x' }))).toBe('not_found')
  })

  test('F12 is decided once; the owner hears how, in the words of who decided', async () => {
    const lin = await somebody()
    const id = await message(lin)
    const [one, two] = [await agent.actor(), await other.actor()]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        agent.call(
          decideRequestOperation,
          { mailbox: lin.mailbox, id, decision: 'answer', words: 'Your mailbox is in order' },
          { actor: n % 2 ? one : two },
        ),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    await house.work()
    const letters = await lettersTo(house, lin.mailbox)
    expect(letters).toHaveLength(1)
    expect(letters[0]?.text).toContain('Your mailbox is in order')
    expect(letters[0]?.subject).toContain('Answered: your message to the helpdesk')
  })

  test('that is a message is answered, and neither approved nor refused', async () => {
    const lin = await somebody()
    const id = await message(lin)
    for (const decision of ['approve', 'refuse']) expect(codeOf(await decide(agent, lin.mailbox, id, decision))).toBe('invalid_input')
    expect(done(await decide(agent, lin.mailbox, id))).toEqual({ state: 'done', waitsForSecond: false, count: 1 })
    expect(codeOf(await decide(agent, lin.mailbox, id))).toBe('conflict')
  })
})
