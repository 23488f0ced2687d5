import { describe, expect, test } from 'vitest'
import { letter, type MailboxHarness, newQueueId, received } from './house.ts'

const EVER = { since: new Date(0), limit: 10 }
let serial = 0

/** How every adapter takes a mail back out of a mailbox. */
export function describeWithdrawal(house: () => MailboxHarness): void {
  const port = () => house().mailbox
  const newMail = () => ({ queueId: newQueueId(), messageId: `<${++serial}.recall@yunling.example>` })

  describe('withdrawing', () => {
    test.each(['INBOX', 'Trash', '项目/滇池'])('An unread copy in %s goes, past Trash and past restoring', async (folder) => {
      const address = await house().putMailbox()
      const mail = newMail()
      await port().append(address, folder, received(mail.queueId, mail.messageId))
      await port().append(address, folder, letter('Stays'))
      expect(await port().copyOf(address, mail)).toBe('unread')
      expect(await port().withdraw(address, mail)).toBe('withdrawn')
      expect(await port().recent(address, { folder, limit: 5 })).toMatchObject([{ subject: 'Stays' }])
      expect((await port().deleted(address, EVER)).messages).toEqual([])
      expect(await port().copyOf(address, mail)).toBe('none')
      expect(await port().withdraw(address, mail)).toBe('none')
    })

    test('A copy that was read stays, unless what was read is to go too', async () => {
      const address = await house().putMailbox()
      const mail = newMail()
      await port().append(address, 'INBOX', received(mail.queueId, mail.messageId), { seen: true })
      expect(await port().copyOf(address, mail)).toBe('read')
      expect(await port().withdraw(address, mail)).toBe('read')
      expect(await port().recent(address, { folder: 'INBOX', limit: 5 })).toHaveLength(1)
      expect(await port().withdraw(address, mail, { readToo: true })).toBe('withdrawn')
      expect(await port().recent(address, { folder: 'INBOX', limit: 5 })).toEqual([])
      expect((await port().deleted(address, EVER)).messages).toEqual([])
    })

    test('Of several copies, one that was read counts', async () => {
      const address = await house().putMailbox()
      const mail = newMail()
      await port().append(address, 'INBOX', received(mail.queueId, mail.messageId))
      await port().append(address, 'Archive', received(mail.queueId, mail.messageId), { seen: true })
      expect(await port().copyOf(address, mail)).toBe('read')
      expect(await port().withdraw(address, mail)).toBe('read')
      expect(await port().recent(address, { folder: 'INBOX', limit: 5 })).toHaveLength(1)
    })

    test('What was deleted unread cannot be restored any more, and nobody hears that it was there', async () => {
      const address = await house().putMailbox()
      const mail = newMail()
      await port().append(address, 'INBOX', received(mail.queueId, mail.messageId))
      await house().expunge(address, 'INBOX')
      expect(await port().copyOf(address, mail)).toBe('none')
      expect(await port().withdraw(address, mail)).toBe('none')
      expect((await port().deleted(address, EVER)).messages).toEqual([])
    })

    test('A mail without a Message-ID is known by its queue id', async () => {
      const address = await house().putMailbox()
      const mail = { messageId: null, queueId: newQueueId() }
      await port().append(address, 'INBOX', received(newQueueId(), null, 'Stays'))
      await port().append(address, 'INBOX', received(mail.queueId, null))
      expect(await port().withdraw(address, mail)).toBe('withdrawn')
      expect(await port().recent(address, { folder: 'INBOX', limit: 5 })).toMatchObject([{ subject: 'Stays' }])
    })

    test('T43 a copy that fits only one of both is somebody else’s mail', async () => {
      const address = await house().putMailbox()
      const mail = newMail()
      await port().append(address, 'INBOX', received(newQueueId(), mail.messageId, 'Planted'))
      await port().append(address, 'INBOX', received(mail.queueId, newMail().messageId, 'Other'))
      await port().append(address, 'Sent', Buffer.from(`Message-ID: ${mail.messageId}\r\nSubject: Own\r\n\r\n`))
      expect(await port().copyOf(address, mail)).toBe('none')
      expect(await port().withdraw(address, mail, { readToo: true })).toBe('none')
      expect(await port().recent(address, { folder: 'INBOX', limit: 5 })).toHaveLength(2)
      expect(await port().recent(address, { folder: 'Sent', limit: 5 })).toHaveLength(1)
    })

    test.each([
      ['"', 'x'],
      ['<a"b@c>', ''],
      ['<>', ''],
      ['', ''],
      ['<5@elsewhere.example>', ''],
      ['<5@elsewhere.example>', '*'],
      ['<5@elsewhere.example>', '4bXYZ or all'],
    ])('T43 what may not be put into a search finds nothing: %j %j', async (messageId, queueId) => {
      const address = await house().putMailbox()
      await port().append(address, 'INBOX', received(queueId || 'x', messageId))
      expect(await port().copyOf(address, { messageId, queueId })).toBe('none')
      expect(await port().withdraw(address, { messageId, queueId }, { readToo: true })).toBe('none')
      expect(await port().recent(address, { folder: 'INBOX', limit: 5 })).toHaveLength(1)
    })

    test('T34 nothing is withdrawn from another mailbox', async () => {
      const [lin, wang] = [await house().putMailbox(), await house().putMailbox()]
      const mail = newMail()
      await port().append(lin, 'INBOX', received(mail.queueId, mail.messageId))
      expect(await port().withdraw(wang, mail)).toBe('none')
      expect(await port().copyOf(lin, mail)).toBe('unread')
    })
  })
}
