import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AddressBook } from '#lib/mail-core/address-book/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { addressBooks, HEADS, withMail } from '#lib/platform/testing/address-books.ts'
import { codeOf, done, type House, testHouse } from '#lib/platform/testing/house.ts'
import * as contacts from './operations.ts'

let house: House
const { somebody, save, all, names, upload, start, run, report, bringIn, undo, letWaitingGoOn } = addressBooks(() => house)
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const people = (count: number) =>
  `${HEADS}\n${Array.from({ length: count }, (_, n) => `P${String(n).padStart(4, '0')},p${n}@partner.example,,\n`).join('')}`

const away = () => Promise.reject(new MailCoreError('unreachable', { cause: new Error('no route') }))

/** One call after the other: those of these numbers fail, before or after they did their work. */
function failing(which: { before?: number[]; after?: number[] }, transactional: boolean): Partial<AddressBook> & { calls: number[] } {
  const calls: number[] = []
  return {
    calls,
    transactional,
    async apply(mailbox, changes) {
      const call = calls.push(changes.length)
      if (which.before?.includes(call)) return away()
      const applied = await house.mail.addressBook.apply(mailbox, changes)
      return which.after?.includes(call) ? away() : applied
    },
  }
}

describe('the address book', () => {
  test('gets a whole file at once where it has transactions, all or nothing', async () => {
    const lin = await somebody()
    const id = await start(lin, [people(250)])
    const book = failing({ before: [1] }, true)
    await run(lin, id, book)
    expect(await names(lin)).toEqual([])
    expect(await report(lin, id)).toMatchObject({ state: 'running', done: 0, waiting: true })
    await letWaitingGoOn()
    await run(lin, id, book)
    expect(book.calls).toEqual([250, 250])
    expect(await report(lin, id)).toMatchObject({ state: 'done', done: 250, added: 250, waiting: false })
  })

  test('that goes away in the middle gets the rest when it is back, and nobody twice', async () => {
    const lin = await somebody()
    const id = await start(lin, [people(250)])
    const book = failing({ before: [2], after: [3] }, false)
    await run(lin, id, book)
    expect(await report(lin, id)).toMatchObject({ state: 'running', done: 100, added: 100, total: 250, waiting: true })
    for (const _ of ['its answer is lost', 'it is back']) {
      await letWaitingGoOn()
      await run(lin, id, book)
    }
    expect(await report(lin, id)).toMatchObject({ state: 'done', added: 250, skipped: 0, waiting: false })
    expect(done(await lin.call(contacts.listContactsOperation)).count).toBe(250)
  })

  test('that says no ends the import, with what came in until then', async () => {
    const lin = await somebody()
    const id = await start(lin, [people(150)])
    let calls = 0
    const apply: AddressBook['apply'] = (mailbox, changes) =>
      calls++ === 0 ? house.mail.addressBook.apply(mailbox, changes) : Promise.reject(new MailCoreError('refused'))
    await run(lin, id, { apply, transactional: false })
    expect(await report(lin, id)).toMatchObject({ state: 'failed', added: 100, undoUntil: expect.any(Date) })
    expect(await undo(lin, id)).toMatchObject({ state: 'undone' })
    expect(await names(lin)).toEqual([])
  })

  test('that is away for more than a day ends the import', async () => {
    const lin = await somebody()
    const id = await start(lin, [people(2)])
    await run(lin, id, { apply: away })
    await house.owner`update contact_imports set claimed_until = now(), failing_since = now() - interval '25 hours' where id = ${id}`
    await run(lin, id, { apply: away })
    expect(await report(lin, id)).toMatchObject({ state: 'failed', added: 0 })
  })

  test('changed by another between plan and deed keeps what the other wrote', async () => {
    const lin = await somebody()
    const { id: known } = await save(lin, withMail('Wang', 'wang@partner.example'))
    const id = await start(lin, [`${HEADS}\nWang,wang@partner.example,13900139000,\n`])
    const apply: AddressBook['apply'] = async (mailbox, changes) => {
      await save(lin, withMail('Wang, changed', 'wang@partner.example'), { id: known })
      return house.mail.addressBook.apply(mailbox, changes)
    }
    await run(lin, id, { apply })
    expect(await report(lin, id)).toMatchObject({ state: 'done', changed: 0, skipped: 1 })
    expect(await all(lin)).toMatchObject([{ name: 'Wang, changed', phones: [] }])
  })
})

test('F5 two workers at one import do it once, and one that was killed is followed by another', async () => {
  const lin = await somebody()
  const id = await start(lin, [people(30)])
  await Promise.all([run(lin, id), run(lin, id, {}, house.second())])
  expect(await report(lin, id)).toMatchObject({ state: 'done', added: 30 })
  const next = await start(lin, [people(40)])
  await house.owner`update contact_imports set state = 'running', claim = gen_random_uuid(), claimed_until = now() where id = ${next}`
  const { taskList } = await import('#lib/worker.ts')
  await taskList(house)['contacts.resume']?.({}, {} as never)
  await house.work()
  expect(await report(lin, next)).toMatchObject({ state: 'done', added: 10, skipped: 30 })
})

describe('an undo', () => {
  test('takes back all that nobody has touched since, and leaves and counts the rest', async () => {
    const lin = await somebody()
    await save(lin, withMail('Old', 'p0@partner.example', { nickname: 'O' }))
    await save(lin, withMail('Other', 'other@partner.example'))
    const before = await all(lin)
    const { id } = await bringIn(lin, [`${HEADS}\nP0,p0@partner.example,,Partner\nP1,p1@partner.example,,\nP2,p2@partner.example,,\n`])
    const edited = (await all(lin)).find(({ name }) => name === 'P2')
    await save(lin, withMail('P2', 'p2@partner.example', { nickname: 'mine' }), { id: edited?.id })
    expect(await undo(lin, id)).toMatchObject({ state: 'undone', kept: 1, total: 3, done: 3, undoUntil: null })
    const now = (await all(lin)).map(({ version: _, ...rest }) => rest)
    expect(now).toMatchObject([...before.map(({ version: _, ...rest }) => rest), { name: 'P2', nickname: 'mine' }])
    expect(codeOf(await lin.call(contacts.undoImportOperation, { id }))).toBe('contact_undo_over')
  })

  test('takes back also who came in one file and was filled in from the next', async () => {
    const lin = await somebody()
    const files = [
      `${HEADS}\nW,w@partner.example,,\n`,
      `${HEADS}\nW,w@partner.example,13900139000,\n`,
      `${HEADS}\nW,w@partner.example,,Partner\n`,
    ]
    const { id } = await bringIn(lin, files)
    expect(await all(lin)).toMatchObject([{ phones: [{}], organisation: 'Partner' }])
    expect(await undo(lin, id)).toMatchObject({ state: 'undone', kept: 0 })
    expect(await names(lin)).toEqual([])
  })

  test('goes on where it was when the address book comes back', async () => {
    const lin = await somebody()
    const { id } = await bringIn(lin, [people(250)])
    done(await lin.call(contacts.undoImportOperation, { id }))
    const book = failing({ after: [2] }, false)
    await run(lin, id, book)
    expect(await report(lin, id)).toMatchObject({ state: 'undoing', total: 250, done: 100, waiting: true })
    await letWaitingGoOn()
    await run(lin, id, book)
    expect(await report(lin, id)).toMatchObject({ state: 'undone', kept: 0, done: 250 })
    expect(await names(lin)).toEqual([])
  })

  test('is over after seven days, waits for an import under way, and is the owner’s', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    const { id } = await bringIn(lin, [people(1)])
    expect(codeOf(await wang.call(contacts.undoImportOperation, { id }))).toBe('not_found')
    const next = await start(lin, [people(2)])
    expect(codeOf(await lin.call(contacts.undoImportOperation, { id }))).toBe('contact_import_running')
    await run(lin, next)
    await house.owner`update contact_imports set finished_at = now() - interval '7 days 1 minute' where id = ${id}`
    expect(codeOf(await lin.call(contacts.undoImportOperation, { id }))).toBe('contact_undo_over')
  })

  test('F12 asked for while imports begin is one of them at a time', async () => {
    const lin = await somebody()
    const { id } = await bringIn(lin, [people(1)])
    const files = [{ file: await upload(lin, people(2)), group: null }]
    const tries = Array.from({ length: 6 }, (_, n) =>
      n % 2 === 0
        ? lin.call(contacts.undoImportOperation, { id })
        : lin.call(contacts.importFilesOperation, { files, duplicates: 'merge' }, { on: house.second() }),
    )
    const codes = (await Promise.all(tries)).map(codeOf)
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes.filter((code) => code !== 'done').every((code) => /^(contact_import_running|not_found)$/.test(code))).toBe(true)
  })
})
