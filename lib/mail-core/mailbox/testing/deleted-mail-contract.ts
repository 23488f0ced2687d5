import { describe, expect, test } from 'vitest'
import type { DeletedQuery } from '../port.ts'
import { allDeleted, letter, type MailboxHarness, newQueueId } from './house.ts'

const EVER: DeletedQuery = { since: new Date(0) }
const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`

/** What every adapter keeps of deleted mail. */
export function describeDeletedMail(house: () => MailboxHarness): void {
  const port = () => house().mailbox
  const subjects = async (address: string, query: DeletedQuery = EVER) =>
    (await port().deleted(address, { ...query, limit: 50 })).messages.map(({ subject }) => subject)
  const ids = async (address: string) => (await port().deleted(address, { ...EVER, limit: 50 })).messages.map(({ id }) => id)
  const put = (address: string, folder: string, subject: string, from?: string) =>
    port().append(address, folder, letter(encoded(subject), from && `${encoded(from)} <${subject.length}@elsewhere.example>`))

  async function drop(address: string, folder: string, ...subjects: string[]): Promise<void> {
    for (const subject of subjects) {
      await put(address, folder, subject)
      await house().expunge(address, folder)
    }
  }

  describe('deleted mail', () => {
    test('Nothing was deleted from a new mailbox', async () => {
      const address = await house().putMailbox()
      expect(await port().deleted(address, { ...EVER, limit: 10 })).toEqual({ messages: [], next: null })
      expect(await port().countDeleted(address, EVER)).toEqual({ count: 0, bytes: 0, folders: [] })
      expect(await allDeleted(port(), address, EVER)).toEqual([])
    })

    test('What was deleted is shown with its head, its folder and when', async () => {
      const address = await house().putMailbox()
      const raw = letter(encoded('实验室报告'), `${encoded('赵敏')} <zhao@elsewhere.example>`)
      const receivedAt = new Date('2026-03-04T05:06:07Z')
      await port().append(address, 'Archive', raw, { receivedAt })
      const before = Math.floor(Date.now() / 1_000) * 1_000
      await house().expunge(address, 'Archive')
      const { messages, next } = await port().deleted(address, { ...EVER, limit: 10 })
      expect(next).toBeNull()
      expect(messages).toEqual([
        {
          id: expect.stringMatching(/^[\w.-]+$/),
          from: { name: '赵敏', address: 'zhao@elsewhere.example' },
          subject: '实验室报告',
          receivedAt,
          size: raw.length,
          folder: 'Archive',
          deletedAt: expect.any(Date),
          messageId: expect.stringMatching(/^<\d+@x>$/),
        },
      ])
      const deletedAt = messages[0]?.deletedAt.getTime() ?? 0
      expect(deletedAt).toBeGreaterThanOrEqual(before)
      expect(deletedAt).toBeLessThanOrEqual(Date.now() + 1_000)
      expect(await port().recent(address, { folder: 'Archive', limit: 5 })).toEqual([])
    })

    test('What went through Trash goes back to where it was before, and is deleted only when it leaves Trash', async () => {
      const address = await house().putMailbox()
      await put(address, 'Projects', 'Through Trash')
      await house().moveToTrash(address, 'Projects')
      expect(await subjects(address)).toEqual([])
      await house().expunge(address, 'Trash')
      const { messages } = await port().deleted(address, { ...EVER, limit: 10 })
      expect(messages).toMatchObject([{ subject: 'Through Trash', folder: 'Projects' }])
      await port().restore(address, [messages[0]?.id ?? ''])
      expect(await port().recent(address, { folder: 'Projects', limit: 5 })).toMatchObject([{ subject: 'Through Trash' }])
    })

    test('What nobody knows the folder of goes from Trash to the inbox', async () => {
      const address = await house().putMailbox()
      await drop(address, 'Trash', 'Stored in Trash')
      expect((await port().deleted(address, { ...EVER, limit: 5 })).messages).toMatchObject([{ folder: 'INBOX' }])
      expect(await subjects(address, { ...EVER, folder: 'INBOX' })).toEqual(['Stored in Trash'])
    })

    test('The latest deletion comes first, whatever folder it was in, and its times are kept to the second', async () => {
      const address = await house().putMailbox()
      await put(address, 'Drafts', 'Through Trash')
      await house().moveToTrash(address, 'Drafts')
      await drop(address, 'Junk', 'First')
      await house().nextMoment()
      await house().expunge(address, 'Trash')
      await house().nextMoment()
      await drop(address, 'INBOX', 'Third')
      const { messages } = await port().deleted(address, { ...EVER, limit: 10 })
      expect(messages.map(({ subject }) => subject)).toEqual(['Third', 'Through Trash', 'First'])
      const second = messages[1]?.deletedAt as Date
      const justAfter = new Date(second.getTime() + 1)
      expect(await subjects(address, { since: second })).toEqual(['Third', 'Through Trash'])
      expect(await subjects(address, { since: justAfter })).toEqual(['Third'])
      expect(await subjects(address, { ...EVER, until: second })).toEqual(['First'])
      expect(await subjects(address, { ...EVER, until: justAfter })).toEqual(['Through Trash', 'First'])
      expect(await port().countDeleted(address, { since: second, until: justAfter })).toMatchObject({ count: 1 })
      expect(await allDeleted(port(), address, { since: second })).toHaveLength(2)
    })

    test('Pages follow one another while more is deleted, each mail once', async () => {
      const address = await house().putMailbox()
      for (const folder of ['INBOX', 'Junk', 'Drafts']) await drop(address, folder, `${folder} 1`, `${folder} 2`, `${folder} 3`)
      const seen: string[] = []
      let after: string | undefined
      for (let page = 0; page < 5; page++) {
        const { messages, next } = await port().deleted(address, { ...EVER, limit: 2, after })
        expect(messages).toHaveLength(page < 4 ? 2 : 1)
        seen.push(...messages.map(({ subject }) => subject))
        if (page === 1) await house().nextMoment()
        if (page === 1) await drop(address, 'INBOX', 'Deleted meanwhile')
        after = next ?? undefined
        expect(next === null).toBe(page === 4)
      }
      expect(new Set(seen).size).toBe(9)
      expect(seen).not.toContain('Deleted meanwhile')
    })

    test.each(['', 'x', '1.2', '1.00000000000000000000000000000000.1.1\r\n', '9'.repeat(300)])(
      'T28 %j is the end of no page',
      async (after) => {
        const address = await house().putMailbox()
        await expect(port().deleted(address, { ...EVER, limit: 2, after })).rejects.toMatchObject({ code: 'refused' })
      },
    )

    test('It is found by a part of sender, subject or folder, in letters of either case', async () => {
      const address = await house().putMailbox()
      const drops: [folder: string, subject: string, from: string][] = [
        ['INBOX', '关于滇池水质的报告', 'Sensor'],
        ['项目/滇池', 'Weekly Numbers', 'Wang'],
        ['Projects', 'Minutes', '王敏'],
      ]
      for (const [folder, subject, from] of drops) {
        await put(address, folder, subject, from)
        if (folder === 'Projects') await house().moveToTrash(address, folder)
        await house().expunge(address, folder === 'Projects' ? 'Trash' : folder)
        await house().nextMoment()
      }
      const find = (text: string) => subjects(address, { ...EVER, text })
      expect(await find('滇池')).toEqual(['Weekly Numbers', '关于滇池水质的报告'])
      expect(await find('WEEKLY num')).toEqual(['Weekly Numbers'])
      expect(await find('王')).toEqual(['Minutes'])
      expect(await find('project')).toEqual(['Minutes'])
      expect(await find('14@ELSEWHERE')).toEqual(['Weekly Numbers'])
      for (const nothing of ['no such text', '%', '*', '"', '\\', 'x" ALL "', '滇池\u0000', '_']) {
        expect([nothing, await find(nothing)]).toEqual([
          nothing,
          nothing.startsWith('滇池') ? ['Weekly Numbers', '关于滇池水质的报告'] : [],
        ])
      }
      expect(await subjects(address, { ...EVER, folder: '项目/滇池' })).toEqual(['Weekly Numbers'])
      expect(await subjects(address, { ...EVER, folder: 'Projects' })).toEqual(['Minutes'])
      expect(await subjects(address, { ...EVER, folder: 'Projects', text: '滇池' })).toEqual([])
      expect(await subjects(address, { ...EVER, folder: 'projects' })).toEqual([])
      expect(await subjects(address, { ...EVER, folder: 'Trash' })).toEqual([])
    })

    test('It is counted by folder, with what it takes, and named in full', async () => {
      const address = await house().putMailbox()
      const [one, two] = [letter('One'), letter('Another')]
      await port().append(address, 'INBOX', one)
      await port().append(address, 'INBOX', two)
      await house().expunge(address, 'INBOX')
      await drop(address, 'Junk', 'Spam')
      const { bytes, ...rest } = await port().countDeleted(address, EVER)
      expect(rest).toMatchObject({
        count: 3,
        folders: [
          { folder: 'INBOX', count: 2, bytes: one.length + two.length },
          { folder: 'Junk', count: 1 },
        ],
      })
      expect(bytes).toBe(rest.folders.reduce((sum, folder) => sum + folder.bytes, 0))
      expect(await port().countDeleted(address, { ...EVER, text: 'another' })).toMatchObject({ count: 1, bytes: two.length })
      const named = await allDeleted(port(), address, EVER)
      expect(named.map(({ id }) => id).sort()).toEqual((await ids(address)).sort())
      expect(named.reduce((sum, { size }) => sum + size, 0)).toBe(bytes)
    })

    test('What was deleted counts no longer against the quota', async () => {
      const address = await house().putMailbox()
      await port().append(address, 'INBOX', Buffer.concat([letter('Large'), Buffer.alloc(100_000, 'x\r\n')]))
      await house().expunge(address, 'INBOX')
      expect((await port().quota(address)).usedBytes).toBeLessThan(1_024)
    })

    test('T42 it is kept for so many days and no longer', async () => {
      const address = await house().putMailbox()
      await drop(address, 'INBOX', 'Kept')
      await house().nextMoment()
      await port().keepDeleted(1)
      expect(await subjects(address)).toEqual(['Kept'])
      await port().keepDeleted(0)
      expect(await subjects(address)).toEqual([])
    })
  })

  describe('restoring', () => {
    test.each([
      'INBOX',
      '项目/滇池',
      '100%',
      `it's "quoted"`,
      'a&b',
      'INBOX/sub',
      'trailing ',
      '😀 party',
      'x'.repeat(200),
      '滇'.repeat(80),
      'a=20b~c',
      'back\\slash',
      '#public',
      '$Orig-INBOX',
      '&bsds-',
    ])('Mail of folder %j is back in it, also when the folder is gone', async (folder) => {
      const address = await house().putMailbox()
      const raw = letter('Precious')
      const receivedAt = new Date('2026-03-04T05:06:07Z')
      await port().append(address, folder, raw, { receivedAt, seen: true })
      await house().moveToTrash(address, folder)
      await house().expunge(address, 'Trash')
      await port().append(address, folder, letter('Direct'), { receivedAt })
      await house().expunge(address, folder)
      if (folder !== 'INBOX') await house().removeFolder(address, folder)
      const { messages } = await port().deleted(address, { ...EVER, limit: 5 })
      expect(messages.map((message) => message.folder)).toEqual([folder, folder])
      const all = messages.map(({ id }) => id)
      const { restored, gone } = await port().restore(address, all)
      expect(gone).toEqual([])
      expect(restored.sort((a, b) => all.indexOf(a.id) - all.indexOf(b.id))).toEqual(all.map((id) => ({ id, folder })))
      const stored = await house().read(address, folder)
      expect(stored).toContainEqual({ raw, seen: true, receivedAt })
      expect(stored).toContainEqual({ raw: letter('Direct'), seen: false, receivedAt })
      expect(stored).toHaveLength(2)
      expect(await ids(address)).toEqual([])
    })

    test('A folder that is removed loses nothing', async () => {
      const address = await house().putMailbox()
      for (const subject of ['One', 'Two']) await put(address, 'Old/2025', subject)
      await house().removeFolder(address, 'Old/2025')
      expect((await subjects(address)).sort()).toEqual(['One', 'Two'])
      await port().restore(address, await ids(address))
      expect(await house().read(address, 'Old/2025')).toHaveLength(2)
    })

    test('What was restored once is gone the second time, and there is one copy', async () => {
      const address = await house().putMailbox()
      await drop(address, 'INBOX', 'Once')
      const [id = ''] = await ids(address)
      expect(await port().restore(address, [id, id])).toEqual({ restored: [{ id, folder: 'INBOX' }], gone: [] })
      expect(await port().restore(address, [id])).toEqual({ restored: [], gone: [id] })
      expect(await house().read(address, 'INBOX')).toHaveLength(1)
    })

    test('F12 two that restore the same at once leave one copy of each', async () => {
      const address = await house().putMailbox()
      for (let mail = 0; mail < 40; mail++) await put(address, 'INBOX', `Mail ${mail}`)
      await house().expunge(address, 'INBOX')
      const all = await ids(address)
      const answers = await Promise.all([port(), house().another, port()].map((each) => each.restore(address, all)))
      expect(answers.flatMap(({ restored }) => restored.map(({ id }) => id)).sort()).toEqual(all.sort())
      expect(answers.flatMap(({ gone }) => gone)).toHaveLength(80)
      expect(await house().read(address, 'INBOX')).toHaveLength(40)
    })

    test('T42 what somebody else deleted is gone, and stays where it is', async () => {
      const [lin, wang] = [await house().putMailbox(), await house().putMailbox()]
      await drop(lin, 'INBOX', 'Private')
      const [id = ''] = await ids(lin)
      await drop(wang, 'INBOX', 'Own')
      expect(await port().restore(wang, [id])).toEqual({ restored: [], gone: [id] })
      expect(await house().read(wang, 'INBOX')).toEqual([])
      expect(await ids(lin)).toEqual([id])
    })

    test.each(['', 'x', '*', '1:*', `${'0'.repeat(32)}.1.1:*`, 'a\r\nb', '00000000-0000-4000-8000-000000000000', newQueueId()])(
      'T28 there is nothing to restore under %j',
      async (id) => {
        const address = await house().putMailbox()
        await drop(address, 'INBOX', 'Stays')
        expect(await port().restore(address, [id])).toEqual({ restored: [], gone: [id] })
      },
    )
  })
}
