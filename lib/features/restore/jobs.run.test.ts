import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Mailbox } from '#lib/mail-core/mailbox/port.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lostMail } from '#lib/platform/testing/lost-mail.ts'
import * as restore from './operations.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const { somebody, removed, start, show, lying, notices, run, repeat } = lostMail(() => house)

/** Nobody is at it any more. */
const letGo = (id: string) => house.owner`update restore_jobs set claimed_until = now() where id = ${id}`
const away = () => Promise.reject(new MailCoreError('unreachable'))

// biome-ignore lint/correctness/useYield: it never gets so far
async function* unreachable(): ReturnType<Mailbox['deletedIds']> {
  await away()
}

async function* batches(ids: string[][]) {
  for (const batch of ids) yield batch.map((id) => ({ id, folder: 'INBOX', size: 1_000 }))
}

describe('A restore that is interrupted', () => {
  const twoBatches = async (lin: Person) => {
    const ids = [[await removed(lin, 'one'), await removed(lin, 'two')], [await removed(lin, 'three')]] as [string[], string[]]
    return { ids, id: await start(lin, { all: true }) }
  }

  test('F5 by a mail server that dies in the middle of a batch goes on, and reports nothing of its own work as gone', async () => {
    const lin = await somebody()
    const { id, ids } = await twoBatches(lin)
    const { mailbox } = house.mail
    await run(lin, id, {
      deletedIds: () => batches(ids),
      restore: async (address, batch) => {
        await mailbox.restore(address, batch.slice(0, 1))
        return away()
      },
    })
    expect(await show(lin, id)).toMatchObject({ state: 'running', restored: 0, waiting: true })
    await run(lin, id)
    expect(await show(lin, id)).toMatchObject({ state: 'running', restored: 0 })
    await letGo(id)
    await repeat('restore.resume')
    await house.work()
    expect(await show(lin, id)).toMatchObject({ state: 'done', total: 3, restored: 3, gone: 0, waiting: false })
    expect(await lying(lin)).toEqual(['INBOX: one', 'INBOX: three', 'INBOX: two'])
  })

  test('F3 by a worker that is killed after the mails are back and before that is written down goes on where it was', async () => {
    const lin = await somebody()
    const chosen = [await removed(lin, 'one'), await removed(lin, 'two'), await removed(lin, 'three')]
    const id = await start(lin, { ids: chosen })
    const { mailbox } = house.mail
    const killed = async (address: string, batch: string[]) => {
      await mailbox.restore(address, batch)
      throw new Error('killed')
    }
    await expect(run(lin, id, { restore: killed })).rejects.toThrow('killed')
    await letGo(id)
    await run(lin, id)
    expect(await show(lin, id)).toMatchObject({ state: 'done', total: 3, restored: 3, gone: 0 })
  })

  test('F5 by an outage of more than a day is given up, and its owner is told what is back', async () => {
    const lin = await somebody()
    const { id, ids } = await twoBatches(lin)
    let calls = 0
    const { mailbox } = house.mail
    const once: Mailbox['restore'] = (address, batch) => (calls++ === 0 ? mailbox.restore(address, batch) : away())
    await run(lin, id, { deletedIds: () => batches(ids), restore: once })
    await house.later('23 hours')
    await lin.signIn()
    await run(lin, id, { restore: away, deletedIds: () => batches(ids) })
    expect(await show(lin, id)).toMatchObject({ state: 'running', restored: 2, waiting: true })
    await house.later('2 hours')
    await lin.signIn()
    await run(lin, id, { restore: away, deletedIds: () => batches(ids) })
    expect(await show(lin, id)).toMatchObject({ state: 'failed', restored: 2, total: 3, gone: 0, waiting: false })
    expect(await notices(lin)).toEqual([{ kind: 'restore_failed', count: 2, left: 1 }])
    await start(lin, { all: true })
    await house.work()
    expect(await lying(lin)).toContain('INBOX: three')
  })

  test('F5 by two outages with work between them is given up for neither, though they are a day apart', async () => {
    const lin = await somebody()
    const { id, ids } = await twoBatches(lin)
    await run(lin, id, { deletedIds: unreachable })
    await house.later('23 hours')
    let calls = 0
    const { mailbox } = house.mail
    const once: Mailbox['restore'] = (address, batch) => (calls++ === 0 ? mailbox.restore(address, batch) : away())
    await run(lin, id, { deletedIds: () => batches(ids), restore: once })
    await house.later('2 hours')
    await lin.signIn()
    await run(lin, id, { restore: away })
    expect(await show(lin, id)).toMatchObject({ state: 'running', restored: 2, waiting: true })
    await house.later('1 minute')
    await run(lin, id)
    expect(await show(lin, id)).toMatchObject({ state: 'done', restored: 3 })
  })

  test('by a mail server that says no, for want of room, ends with what is back, and another one can begin', async () => {
    const lin = await somebody()
    const { id, ids } = await twoBatches(lin)
    let calls = 0
    const { mailbox } = house.mail
    const full = () => Promise.reject(new MailCoreError('refused'))
    const once: Mailbox['restore'] = (address, batch) => (calls++ === 0 ? mailbox.restore(address, batch) : full())
    await run(lin, id, { deletedIds: () => batches(ids), restore: once })
    expect(await show(lin, id)).toMatchObject({ state: 'failed', restored: 2, total: 3, waiting: false })
    await start(lin, { all: true })
    await house.work()
    expect(await lying(lin)).toContain('INBOX: three')
  })

  test('by its owner stops also while the mail server is away', async () => {
    const lin = await somebody()
    const { id, ids } = await twoBatches(lin)
    await run(lin, id, { deletedIds: () => batches(ids), restore: away })
    done(await lin.call(restore.stopRestoreOperation, { id }))
    await letGo(id)
    await run(lin, id, { deletedIds: () => batches(ids), restore: away })
    expect(await show(lin, id)).toMatchObject({ state: 'stopped', restored: 0 })
  })

  test('by its owner stops after the batch that is under way, and keeps what is back', async () => {
    const lin = await somebody()
    const { id, ids } = await twoBatches(lin)
    const { mailbox } = house.mail
    const stopped: Mailbox['restore'] = async (address, batch) => {
      done(await lin.call(restore.stopRestoreOperation, { id }))
      return mailbox.restore(address, batch)
    }
    await run(lin, id, { deletedIds: () => batches(ids), restore: stopped })
    expect(await show(lin, id)).toMatchObject({ state: 'stopped', total: 3, restored: 2, gone: 0, stopping: false })
    expect(await lying(lin)).toEqual(['INBOX: one', 'INBOX: two'])
    expect(codeOf(await lin.call(restore.stopRestoreOperation, { id }))).toBe('not_found')
  })

  test('by its owner before its turn ends without having restored anything', async () => {
    const lin = await somebody()
    const { id } = await twoBatches(lin)
    done(await lin.call(restore.stopRestoreOperation, { id }))
    await house.work()
    expect(await show(lin, id)).toMatchObject({ state: 'stopped', restored: 0 })
    expect(await lying(lin)).toEqual([])
  })
})
