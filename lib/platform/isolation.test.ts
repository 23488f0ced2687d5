import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Actor, ROLES } from './actor.ts'
import { maskPhone } from './phone-number.ts'
import { type Belongings, exampleOf, furnish } from './testing/belongings.ts'
import { state } from './testing/dump.ts'
import { EVERY_OPERATION } from './testing/every-operation.ts'
import { type House, testHouse } from './testing/house.ts'

let house: House
let lin: Belongings
let wang: Belongings
beforeAll(async () => {
  house = await testHouse()
  lin = await furnish(house, 'lin', 10)
  wang = await furnish(house, 'wang', 20)
})

/** What Wang's alone: where one of these appears in an answer to Lin, it has leaked. */
const marksOf = ({
  person,
  name,
  session,
  appPassword,
  heldMail,
  deletedMail,
  restore,
  sentMail,
  blocked,
  contact,
  contactFile,
  contactImport,
  flow,
  cancelToken,
  request,
  entry,
  number,
  oldNumber,
}: Belongings): string[] => [
  ...[person.mailbox, person.sid, session, appPassword, heldMail, deletedMail, restore, sentMail, blocked, flow, cancelToken],
  ...[contact, contactFile, contactImport, request, entry],
  ...[
    `subject of ${name}`,
    `held subject of ${name}`,
    `sent subject of ${name}`,
    `friend.of.${name}`,
    `spammer.of.${name}`,
    `sender.of.${name}`,
    `password of ${name}`,
    `contact of ${name}`,
    `row of ${name}`,
    `left out of ${name}`,
    `words of ${name}`,
  ],
  ...[number, oldNumber, maskPhone(number), maskPhone(oldNumber)],
]

/** Whoever holds the link from a mail may follow it; the demo's phone shows every text of the demo by design. */
const OPEN_TO_ALL = [
  ...['phone.cancel-change', 'phone.check-cancel-link', 'digest.check-link', 'digest.follow-link', 'digest.unsubscribe'],
  'client-setup.take-profile',
  'demo-phone.list',
]
const asked = EVERY_OPERATION.filter(({ name }) => !OPEN_TO_ALL.includes(name))

/** A right input of Lin's in which some fields are exchanged for what Wang would send. */
const question = fc.record({
  name: fc.constantFrom(...asked.map(({ name }) => name)),
  swapped: fc.subarray(['mailbox', 'id', 'ids', 'file', 'files', 'flow', 'sub', 'idpSession', 'reference', 'query']),
  mailboxLeftOut: fc.boolean(),
})

async function partOf(mailbox: string): Promise<string> {
  const all = await state(house.owner)
  const part = Object.entries(all).map(([table, rows]) => [table, rows.filter((row) => JSON.stringify(row).includes(mailbox))])
  return JSON.stringify(part)
}

test('T34 whatever Lin asks with Wang’s ids, nothing of Wang’s is in the answer and nothing of Wang’s changes', async () => {
  const before = await partOf(wang.person.mailbox)
  expect(before).toContain(wang.appPassword)
  const marks = marksOf(wang)
  // Lin's own record repeats the ids that Lin tried.
  const tried = new Set<unknown>()
  await fc.assert(
    fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 6 }), async (sequence) => {
      await house.owner`delete from rate_hits`
      for (const { name, swapped, mailboxLeftOut } of sequence) {
        const operation = asked.find((candidate) => candidate.name === name) as (typeof asked)[number]
        const [own, theirs] = [exampleOf(operation, lin), exampleOf(operation, wang)]
        const input = { ...own, ...Object.fromEntries(swapped.filter((field) => field in own).map((field) => [field, theirs[field]])) }
        if (mailboxLeftOut) delete input.mailbox
        if ((await lin.person.actor()).kind === 'anonymous') await lin.person.signIn()
        for (const field of ['id', 'ids', 'file', 'flow', 'reference']) for (const value of [input[field]].flat()) tried.add(value)
        const answer = JSON.stringify(await lin.person.call(operation, input))
        const leaked = marks.filter((mark) => answer.includes(mark))
        expect(/^(activity|received)\./.test(name) ? leaked.filter((mark) => !tried.has(mark)) : leaked).toEqual([])
      }
      expect(await partOf(wang.person.mailbox)).toBe(before)
    }),
    { numRuns: 50 },
  )
})

test('T34 nobody learns from an answer whether something of another’s exists', async () => {
  await house.owner`delete from rate_hits`
  await lin.person.signIn()
  const nobody: Belongings = {
    ...wang,
    session: crypto.randomUUID(),
    appPassword: crypto.randomUUID(),
    heldMail: '4dG70k0sf8z4k3',
    restore: crypto.randomUUID(),
    contact: crypto.randomUUID(),
    contactFile: crypto.randomUUID(),
    contactImport: crypto.randomUUID(),
    sentMail: '4dG70k0sf8z4k3',
    flow: crypto.randomUUID(),
    request: crypto.randomUUID(),
    entry: 'ph_aaaaaaaaaa',
  }
  for (const operation of asked) {
    const answers = []
    for (const of of [wang, nobody]) {
      if ((await lin.person.actor()).kind === 'anonymous') await lin.person.signIn()
      const { mailbox: _, ...input } = exampleOf(operation, of)
      const names = Object.keys(input).some(
        (field) => ['id', 'flow', 'reference'].includes(field) || /^contacts\.(import|preview|remove)$/.test(operation.name),
      )
      if (names) answers.push({ ...(await lin.person.call(operation, input)), reference: '' })
    }
    expect(answers[0], operation.name).toEqual(answers[1])
  }
})

test('T34 the marks are found where they belong: Wang’s own answers', async () => {
  await house.owner`delete from rate_hits`
  await wang.person.signIn()
  const answers = []
  for (const operation of asked.filter(({ method }) => method === 'GET')) answers.push(await wang.person.call(operation, {}))
  const text = JSON.stringify(answers)
  const shown = marksOf(wang).filter((mark) => text.includes(mark))
  expect(shown).toEqual(
    expect.arrayContaining([
      wang.person.mailbox,
      wang.session,
      wang.appPassword,
      wang.flow,
      'subject of wang',
      'sent subject of wang',
      'password of wang',
      'contact of wang',
      'left out of wang',
      maskPhone(wang.number),
    ]),
  )
  expect(text).not.toContain(wang.number)
  expect(text).not.toContain(wang.person.sid)
})

describe('T34 staff of any role, before they have verified a caller,', () => {
  /** Whose log it is that an auditor reads; what stands in the queue is there for the desk; and administrators know who made a token or a webhook. */
  const open = /^(audit|requests|tokens|webhooks)\./

  test.each(ROLES)('as %s see of Wang nothing but what is masked', async (role) => {
    await house.owner`delete from rate_hits`
    await lin.person.signIn()
    const actor = { ...(await lin.person.actor()), kind: 'staff', roles: [role] } as Actor
    const masked = [maskPhone(wang.number), maskPhone(wang.oldNumber)]
    const marks = marksOf(wang).filter((mark) => !masked.includes(mark))
    for (const operation of asked.filter(({ name, method, anonymous }) => method === 'GET' && !anonymous && !open.test(name))) {
      const answer = JSON.stringify(await lin.person.call(operation, exampleOf(operation, wang), { actor }))
      expect(
        marks.filter((mark) => answer.includes(mark)),
        operation.name,
      ).toEqual([])
    }
  })

  test('have every request of the queue without the address or a number', async () => {
    const actor = { ...(await lin.person.actor()), kind: 'staff', roles: ['agent'] } as Actor
    const { person, number, oldNumber, heldMail, name } = wang
    for (const operation of asked.filter(({ name, method }) => method === 'GET' && name.startsWith('requests.'))) {
      const answer = JSON.stringify(await lin.person.call(operation, exampleOf(operation, wang), { actor }))
      for (const mark of [person.mailbox, number, oldNumber, heldMail, `subject of ${name}`]) expect(answer).not.toContain(mark)
    }
  })
})
