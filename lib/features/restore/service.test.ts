import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeOf, done, type House, testHouse } from '#lib/platform/testing/house.ts'
import { lostMail } from '#lib/platform/testing/lost-mail.ts'
import * as restore from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const { somebody, removed, list, subjects, start, show, lying, notices, run, repeat, deleteAtOnce } = lostMail(() => house)

describe('The list', () => {
  test('T42 offers what was deleted 6 days and 23 hours ago, not 7 days and 1 hour, and never what another one deleted', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    await removed(lin, 'in time', { deletedAgo: '6 days 23 hours' })
    const late = await removed(lin, 'too late', { deletedAgo: '7 days 1 hour' })
    const theirs = await removed(wang, 'somebody else’s')
    expect(await subjects(lin)).toEqual(['in time'])
    expect(await subjects(lin, { from: '2020-01-01T00:00:00.000Z' })).toEqual(['in time'])
    expect(done(await lin.call(restore.countDeletedOperation)).count).toBe(1)
    expect(codeOf(await lin.call(restore.startRestoreOperation, { ids: [late] }))).toBe('restore_gone')
    expect(codeOf(await lin.call(restore.startRestoreOperation, { ids: [theirs] }))).toBe('restore_gone')
    await start(lin, { all: true, from: '2020-01-01T00:00:00.000Z' })
    await house.work()
    expect(await lying(lin)).toEqual(['INBOX: in time'])
    expect(await lying(wang)).toEqual([])
  })

  test('T42 what is offered now is not offered when the clock has moved, and goes for good a day later', async () => {
    const lin = await somebody()
    await removed(lin, 'for a while', { deletedAgo: '6 days 23 hours' })
    expect(await subjects(lin)).toEqual(['for a while'])
    await house.later('2 hours')
    await lin.signIn()
    expect(await subjects(lin)).toEqual([])
    const kept = () => house.owner`select from mailbox_messages where address = ${lin.mailbox}`
    const keep = () => repeat('restore.keep-deleted')
    await keep()
    expect(await kept()).toHaveLength(1)
    await house.later('1 day')
    await keep()
    expect(await kept()).toHaveLength(0)
  })

  test('is read in pages, newest deletion first, and narrowed by words, by folder and by time', async () => {
    const lin = await somebody()
    for (const [n, subject] of ['one', 'two', '三 100%_'].entries()) await removed(lin, subject, { deletedAgo: `${n + 1} hours` })
    await removed(lin, 'four', { deletedAgo: '4 hours', folder: '项目/滇池 "50%"' })
    const first = await list(lin, { limit: 3 })
    expect(first.mails.map(({ subject }) => subject)).toEqual(['one', 'two', '三 100%_'])
    expect(await list(lin, { limit: 3, after: first.next })).toMatchObject({ mails: [{ subject: 'four' }], next: null })
    expect(await subjects(lin, { text: '100%_' })).toEqual(['三 100%_'])
    expect(await subjects(lin, { text: '滇池 "50%' })).toEqual(['four'])
    expect(await subjects(lin, { folder: '项目/滇池 "50%"' })).toEqual(['four'])
    const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
    expect(await subjects(lin, { from: at(2.5), until: at(1.5) })).toEqual(['two'])
  })

  test('names the client that deleted each, where the log has told of it', async () => {
    const lin = await somebody()
    await removed(lin, 'known', { size: 4_321 })
    await removed(lin, 'unknown', { size: 1_234 })
    await house.owner`update mailbox_messages set message_id = '<known@x.example>' where subject = 'known'`
    await deleteAtOnce(lin, { mails: 1, client: 'iPhone Mail', messageId: '<known@x.example>', size: 4_321, ago: '1 hour' })
    const by = (await list(lin)).mails.map(({ subject, deletedBy }) => [subject, deletedBy?.client])
    expect(by.sort()).toEqual([
      ['known', 'iPhone Mail'],
      ['unknown', undefined],
    ])
  })

  test('without a bound phone nothing is read, counted, restored or stopped', async () => {
    const lin = await house.person('unbound')
    const id = await removed(lin, 'mine')
    const job = crypto.randomUUID()
    for (const [operation, input] of [
      [restore.listDeletedOperation, {}],
      [restore.countDeletedOperation, {}],
      [restore.startRestoreOperation, { ids: [id] }],
      [restore.showRestoreOperation, { id: job }],
      [restore.stopRestoreOperation, { id: job }],
    ] as const)
      expect(codeOf(await lin.call(operation as typeof restore.listDeletedOperation, input))).toBe('phone_required')
  })
})

describe('A restore', () => {
  test('puts each mail back into its folder, whatever the name of it is, and says where', async () => {
    const lin = await somebody()
    const folders = ['INBOX', '项目/滇池', '100%_done', `a "quoted" 'name'`, 'A/B.C\\D']
    for (const folder of folders) await removed(lin, `of ${folder}`, { folder })
    const id = await start(lin, { all: true })
    await house.work()
    expect((await lying(lin)).sort()).toEqual(folders.map((folder) => `${folder}: of ${folder}`).sort())
    const told = await show(lin, id)
    expect(told).toMatchObject({ state: 'done', total: 5, restored: 5, gone: 0 })
    expect(told.folders.map(({ folder, restored }) => [folder, restored]).sort()).toEqual(folders.map((folder) => [folder, 1]).sort())
    expect(await list(lin)).toMatchObject({ mails: [], running: null })
    expect(await notices(lin)).toEqual([])
  })

  test('of a search leaves what does not fit, and what is deleted later', async () => {
    const lin = await somebody()
    await removed(lin, 'water samples')
    await removed(lin, 'something else')
    await start(lin, { all: true, text: 'WATER' })
    await removed(lin, 'water, deleted on purpose', { deletedAgo: '-5 seconds' })
    await house.work()
    expect(await lying(lin)).toEqual(['INBOX: water samples'])
  })

  test('counts what was restored in another tab meanwhile as gone', async () => {
    const lin = await somebody()
    const ids = [await removed(lin, 'one'), await removed(lin, 'two'), await removed(lin, 'three')] as [string, string, string]
    await house.mail.mailbox.restore(lin.mailbox, [ids[0]])
    const id = await start(lin, { ids })
    await house.mail.mailbox.restore(lin.mailbox, [ids[1]])
    await house.work()
    expect(await show(lin, id)).toMatchObject({ state: 'done', total: 3, restored: 1, gone: 2, folders: [{ restored: 1, gone: 1 }] })
    expect(await lying(lin)).toEqual(['INBOX: one', 'INBOX: three', 'INBOX: two'])
    expect(codeOf(await lin.call(restore.startRestoreOperation, { ids }))).toBe('restore_gone')
  })

  test('is not begun where there is no room for it, and says how much is missing', async () => {
    const lin = await somebody()
    await house.owner`insert into mailbox_quotas (address, limit_bytes) values (${lin.mailbox}, ${10 * 2 ** 20})`
    const large = await removed(lin, 'large', { size: 12 * 2 ** 20 })
    const small = await removed(lin, 'small', { size: 2 ** 20 })
    expect(await lin.call(restore.startRestoreOperation, { ids: [large] })).toMatchObject({ code: 'restore_no_room', values: { over: 2 } })
    expect(await lin.call(restore.startRestoreOperation, { all: true })).toMatchObject({ code: 'restore_no_room', values: { over: 3 } })
    expect(done(await lin.call(restore.countDeletedOperation))).toMatchObject({
      ...{ count: 2, bytes: 13 * 2 ** 20, usedAfter: 13 * 2 ** 20, limitBytes: 10 * 2 ** 20 },
      folders: [{ folder: 'INBOX', count: 2 }],
    })
    await start(lin, { ids: [small] })
    await house.work()
    expect(await lying(lin)).toEqual(['INBOX: small'])
  })

  test('F12 begun ten times at once by two portals is one restore', async () => {
    const lin = await somebody()
    const ids = [await removed(lin, 'one'), await removed(lin, 'two')]
    const on = (n: number) => (n % 2 === 0 ? house : house.second())
    const codes = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => codeOf(await lin.call(restore.startRestoreOperation, { ids }, { on: on(n) }))),
    )
    expect(codes.sort()).toEqual(['done', ...Array(9).fill('restore_running')])
    await house.work()
    expect(await lying(lin)).toEqual(['INBOX: one', 'INBOX: two'])
  })

  test('F12 worked on by two workers at once puts each mail back once, and counts it once', async () => {
    const lin = await somebody()
    for (let n = 0; n < 20; n++) await removed(lin, `number ${n}`)
    const id = await start(lin, { all: true })
    await Promise.all([run(lin, id), run(lin, id, {}, house.second()), run(lin, id)])
    expect(await lying(lin)).toHaveLength(20)
    expect(await show(lin, id)).toMatchObject({ state: 'done', total: 20, restored: 20, gone: 0 })
  })

  test('is told to its owner by mail when it was a long one', async () => {
    const lin = await somebody()
    await house.owner`
      insert into mailbox_messages (address, folder, subject, received_at, size, raw, deleted_at)
      select ${lin.mailbox}, 'INBOX', 'n' || n, now(), 10, '', now() - interval '1 hour' from generate_series(1, 1001) n`
    await start(lin, { all: true })
    await house.work()
    expect(await notices(lin)).toEqual([{ kind: 'restore_done', count: 1001, gone: 0 }])
  })

  test('of another one is neither shown nor stopped', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    await removed(wang, 'theirs')
    const id = await start(wang, { all: true })
    expect(codeOf(await lin.call(restore.showRestoreOperation, { id }))).toBe('not_found')
    expect(codeOf(await lin.call(restore.stopRestoreOperation, { id }))).toBe('not_found')
    await house.work()
    expect(await show(wang, id)).toMatchObject({ state: 'done', restored: 1 })
  })
})
