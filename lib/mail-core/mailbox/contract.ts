import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MailCoreError } from '../errors.ts'
import type { Mailbox } from './port.ts'
import { describeDeletedMail } from './testing/deleted-mail-contract.ts'
import { allDeleted, letter, type MailboxHarness, newQueueId, received } from './testing/house.ts'
import { describeWithdrawal } from './testing/withdraw-contract.ts'

/** What every mailbox adapter keeps. */
export function describeMailbox(name: string, makeHarness: () => Promise<MailboxHarness>): void {
  describe(`mailbox: ${name}`, () => {
    let harness: MailboxHarness
    let mailbox: Mailbox

    beforeAll(async () => {
      harness = await makeHarness()
      mailbox = harness.mailbox
    })
    afterAll(() => harness.close?.())

    const inbox = (address: string, limit = 10) => mailbox.recent(address, { folder: 'INBOX', limit })

    test('A new mailbox is empty', async () => {
      expect(await inbox(await harness.putMailbox())).toEqual([])
    })

    test('A message comes back with its sender, subject, size and date', async () => {
      const address = await harness.putMailbox()
      const raw = letter('=?UTF-8?B?5a6e6aqM5a6k5oql5ZGK?=', '=?UTF-8?B?6LW15pWP?= <zhao@elsewhere.example>')
      const receivedAt = new Date('2026-03-04T05:06:07Z')
      await mailbox.append(address, 'INBOX', raw, { receivedAt })
      const [message] = await inbox(address)
      expect(message).toEqual({
        id: expect.stringMatching(/./),
        from: { name: '赵敏', address: 'zhao@elsewhere.example' },
        subject: '实验室报告',
        receivedAt,
        size: raw.length,
        unread: true,
      })
    })

    test('A message keeps its id, and no two share one', async () => {
      const address = await harness.putMailbox()
      await mailbox.append(address, 'INBOX', letter('One'))
      await mailbox.append(address, 'INBOX', letter('One'))
      const ids = (await inbox(address)).map(({ id }) => id)
      expect(new Set(ids).size).toBe(2)
      expect(new Set((await inbox(address)).map(({ id }) => id))).toEqual(new Set(ids))
    })

    test('The newest come first, by arrival, and no more than were asked for', async () => {
      const address = await harness.putMailbox()
      for (const day of ['03', '05', '01', '04', '02']) {
        await mailbox.append(address, 'INBOX', letter(`Day ${day}`), { receivedAt: new Date(`2026-05-${day}T08:00:00Z`) })
      }
      expect((await inbox(address, 3)).map(({ subject }) => subject)).toEqual(['Day 05', 'Day 04', 'Day 03'])
    })

    test('A message can be stored as seen', async () => {
      const address = await harness.putMailbox()
      await mailbox.append(address, 'INBOX', letter('Seen'), { seen: true })
      expect(await inbox(address)).toMatchObject([{ subject: 'Seen', unread: false }])
    })

    test('A folder that is not there is empty, and the first message makes it', async () => {
      const address = await harness.putMailbox()
      const folder = '项目 & Co'
      expect(await mailbox.recent(address, { folder, limit: 5 })).toEqual([])
      await mailbox.append(address, folder, letter('First'))
      expect(await mailbox.recent(address, { folder, limit: 5 })).toMatchObject([{ subject: 'First' }])
      expect(await inbox(address)).toEqual([])
    })

    test('T34 one mailbox shows nothing of another', async () => {
      const [one, two] = [await harness.putMailbox(), await harness.putMailbox()]
      await mailbox.append(one, 'INBOX', letter('Private'))
      expect(await inbox(two)).toEqual([])
    })

    test('Missing headers are no error', async () => {
      const address = await harness.putMailbox()
      await mailbox.append(address, 'INBOX', Buffer.from('X-Nothing: here\r\n\r\n'))
      expect(await inbox(address)).toMatchObject([{ from: null, subject: '' }])
    })

    test('T28 a header cannot smuggle a line end', async () => {
      const address = await harness.putMailbox()
      const smuggled = Buffer.from('a\r\nBcc: x@y.example\u0000').toString('base64')
      await mailbox.append(address, 'INBOX', letter(`=?UTF-8?B?${smuggled}?=`, `=?UTF-8?B?${smuggled}?= <a@b.example>`))
      const [message] = await inbox(address)
      expect(`${message?.subject}${message?.from?.name}`).not.toMatch(/[\u0000-\u001f]/)
    })

    test('T28 folder names with line ends and quotes reach no server as commands', async () => {
      const address = await harness.putMailbox()
      await mailbox.append(address, 'INBOX', letter('Kept'))
      for (const folder of ['INBOX\r\na1 DELETE INBOX', '"\r\n', '\u0000', '*', '%', 'a"b\\c']) {
        await mailbox.recent(address, { folder, limit: 5 }).then(
          (messages) => expect(messages).toEqual([]),
          (error) => expect(error).toBeInstanceOf(MailCoreError),
        )
      }
      expect(await inbox(address)).toMatchObject([{ subject: 'Kept' }])
    })

    test('A mail is moved by its queue id and its Message-ID, as it is', async () => {
      const address = await harness.putMailbox()
      const [queueId, messageId] = [newQueueId(), '<1.report@elsewhere.example>']
      await mailbox.append(address, 'INBOX', received(queueId, messageId), { seen: true })
      await mailbox.append(address, 'INBOX', letter('Stays'))
      const [before] = (await inbox(address)).filter(({ subject }) => subject === 'Moved')
      expect(await mailbox.move(address, { messageId, queueId }, { from: 'INBOX', to: '回收 & Co' })).toBe(true)
      expect(await mailbox.recent(address, { folder: '回收 & Co', limit: 5 })).toEqual([before])
      expect(await inbox(address)).toMatchObject([{ subject: 'Stays' }])
      expect(await mailbox.move(address, { messageId, queueId }, { from: '回收 & Co', to: 'INBOX' })).toBe(true)
    })

    test('A mail that came without a Message-ID is moved by its queue id', async () => {
      const address = await harness.putMailbox()
      const identity = { messageId: null, queueId: newQueueId() }
      await mailbox.append(address, 'INBOX', received(newQueueId(), null, 'Stays'))
      await mailbox.append(address, 'INBOX', received(identity.queueId, null))
      expect(await mailbox.move(address, identity, { from: 'INBOX', to: 'Trash' })).toBe(true)
      expect(await inbox(address)).toMatchObject([{ subject: 'Stays' }])
    })

    test('A mail that is not there is not moved', async () => {
      const address = await harness.putMailbox()
      const identity = { messageId: '<2@elsewhere.example>', queueId: newQueueId() }
      expect(await mailbox.move(address, identity, { from: 'INBOX', to: 'Trash' })).toBe(false)
      expect(await mailbox.move(address, identity, { from: 'No such folder', to: 'Trash' })).toBe(false)
      await mailbox.append(address, 'INBOX', received(identity.queueId, identity.messageId))
      expect(await mailbox.move(address, identity, { from: 'Trash', to: 'INBOX' })).toBe(false)
    })

    test('T43 a copy that fits only one of both is somebody else’s mail', async () => {
      const address = await harness.putMailbox()
      const [queueId, messageId] = [newQueueId(), '<3@elsewhere.example>']
      await mailbox.append(address, 'INBOX', received(newQueueId(), messageId, 'Planted'))
      await mailbox.append(address, 'INBOX', received(queueId, '<4@elsewhere.example>', 'Other'))
      expect(await mailbox.move(address, { messageId, queueId }, { from: 'INBOX', to: 'Trash' })).toBe(false)
      expect(await inbox(address)).toHaveLength(2)
    })

    test.each([
      ['"', 'x'],
      ['<a"b@c>', ''],
      ['<a\r\nx LOGOUT>', ''],
      ['<a\\b@c>', ''],
      ['<>', ''],
      ['', ''],
      ['<5@elsewhere.example>', '"'],
      ['<5@elsewhere.example>', '4bXYZ\r\nx LOGOUT'],
      ['<5@elsewhere.example>', '*'],
    ])('T28 what may not be put into a search finds nothing: %j %j', async (messageId, queueId) => {
      const address = await harness.putMailbox()
      const id = newQueueId()
      await mailbox.append(address, 'INBOX', received(id, messageId))
      expect(await mailbox.move(address, { messageId, queueId: queueId || id }, { from: 'INBOX', to: 'Trash' })).toBe(false)
    })

    test('T34 nothing is moved in another mailbox', async () => {
      const [one, two] = [await harness.putMailbox(), await harness.putMailbox()]
      const identity = { messageId: '<6@elsewhere.example>', queueId: newQueueId() }
      await mailbox.append(one, 'INBOX', received(identity.queueId, identity.messageId))
      expect(await mailbox.move(two, identity, { from: 'INBOX', to: 'Trash' })).toBe(false)
      expect(await inbox(one)).toHaveLength(1)
    })

    test('Stored mail counts against the quota', async () => {
      const address = await harness.putMailbox()
      const before = await mailbox.quota(address)
      await mailbox.append(address, 'INBOX', Buffer.concat([letter('Large'), Buffer.alloc(100_000, 'x\r\n')]))
      const after = await mailbox.quota(address)
      expect(after.usedBytes - before.usedBytes).toBeGreaterThan(90_000)
      expect(after.limitBytes).toBe(before.limitBytes)
      if (after.limitBytes !== null) expect(after.limitBytes).toBeGreaterThan(after.usedBytes)
    })

    test('Ending the sessions of somebody who has none is no error', async () => {
      await expect(mailbox.endSessions(await harness.putMailbox())).resolves.toBeUndefined()
    })

    test.each(['*', '*@yunling.example', 'l?n@yunling.example'])('Sessions are ended for one address, not for %s', async (mask) => {
      await expect(mailbox.endSessions(mask)).rejects.toMatchObject({ name: 'MailCoreError', message: 'refused', code: 'refused' })
    })

    test('It can be checked', async () => {
      await expect(mailbox.check()).resolves.toBeUndefined()
    })

    describeDeletedMail(() => harness)
    describeWithdrawal(() => harness)

    test('Without its server every method says so, and no more', async () => {
      const { unreachable } = harness
      const address = 'lin@yunling.example'
      const calls = [
        () => unreachable.recent(address, { folder: 'INBOX', limit: 1 }),
        () => unreachable.quota(address),
        () => unreachable.append(address, 'INBOX', letter('Lost')),
        () => unreachable.move(address, { messageId: '<1@x>', queueId: newQueueId() }, { from: 'INBOX', to: 'Trash' }),
        () => unreachable.deleted(address, { since: new Date(0), limit: 1 }),
        () => unreachable.countDeleted(address, { since: new Date(0) }),
        () => allDeleted(unreachable, address, { since: new Date(0) }),
        () => unreachable.restore(address, ['x']),
        () => unreachable.keepDeleted(8),
        () => unreachable.copyOf(address, { messageId: '<1@x>', queueId: newQueueId() }),
        () => unreachable.withdraw(address, { messageId: '<1@x>', queueId: newQueueId() }),
        () => unreachable.check(),
      ]
      for (const call of calls)
        await expect(call()).rejects.toMatchObject({ name: 'MailCoreError', message: 'unreachable', code: 'unreachable' })
    })
  })
}
