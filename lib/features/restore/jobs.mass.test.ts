import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { showOverviewOperation } from '#lib/features/overview/operations.ts'
import { done, type House, testHouse } from '#lib/platform/testing/house.ts'
import { lostMail } from '#lib/platform/testing/lost-mail.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const { somebody, removed, list, subjects, start, notices, repeat, deleteAtOnce } = lostMail(() => house)

describe('A mass deletion', () => {
  const tell = () => repeat('restore.tell-mass-deletions')

  test('is told to its owner once, and shown as long as something of it can be taken back', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    await deleteAtOnce(lin, { mails: 200, ago: '20 minutes' })
    await deleteAtOnce(wang, { mails: 199, ago: '20 minutes' })
    const gone = await removed(lin, 'one of them', { deletedAgo: '20 minutes' })
    await Promise.all([tell(), tell()])
    await tell()
    expect(await notices(lin)).toMatchObject([{ kind: 'mass_deletion', count: 200, client: 'iPhone Mail' }])
    expect(await notices(wang)).toEqual([])
    const { mass } = await list(lin)
    expect(mass).toMatchObject({ count: 200, client: 'iPhone Mail', protocol: 'imap' })
    expect(await subjects(lin, { from: mass?.from.toISOString(), until: mass?.to.toISOString() })).toEqual(['one of them'])
    await start(lin, { ids: [gone] })
    await house.work()
    expect((await list(lin)).mass).toBeNull()
  })

  test('that goes on is not told before its end, nor a second time when it has grown', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    await deleteAtOnce(lin, { mails: 250, ago: '10 seconds' })
    await deleteAtOnce(wang, { mails: 250, ago: '4 minutes' })
    await tell()
    expect(await notices(lin)).toEqual([])
    await deleteAtOnce(wang, { mails: 300, ago: '2 minutes' })
    await tell()
    expect(await notices(wang)).toMatchObject([{ kind: 'mass_deletion', count: 250 }])
    const [known] = await house.owner`select mails from mass_deletions where mailbox = ${wang.mailbox}`
    expect(known).toEqual({ mails: 550 })
  })

  test('waits in the overview until something is restored', async () => {
    const lin = await somebody()
    const kinds = async () => done(await lin.call(showOverviewOperation)).attention.map(({ kind }) => kind)
    await deleteAtOnce(lin, { mails: 200, client: null, ago: '20 minutes' })
    await removed(lin, 'one of them', { deletedAgo: '20 minutes' })
    await tell()
    expect(await kinds()).toContain('mass_deletion')
    await start(lin, { all: true })
    expect(await kinds()).not.toContain('mass_deletion')
  })
})
