import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { naughtyStrings } from '../../naughty-strings.ts'
import type { TraceHarness } from '../contract.ts'
import type { DeletedMail } from '../port.ts'
import { newMailbox, type Removal } from './mail-log.ts'

const MINUTE_MS = 60_000
const ago = (minutes: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 - minutes * MINUTE_MS)
const newMail = (at = ago(60)): Removal['mails'][number] => ({ messageId: `<${randomUUID()}@elsewhere.example>`, size: 2_048, at })
const mails = (count: number, at: Date, apartMs = 1_000) =>
  Array.from({ length: count }, (_, index) => newMail(new Date(at.getTime() + index * apartMs)))

/** Who deleted what, and whether that was a lot at once. */
export function deletionTests(harness: () => TraceHarness): void {
  const asked = ({ messageId, size, at }: Removal['mails'][number], id = 'it'): DeletedMail => ({ id, messageId, size, deletedAt: at })
  const deleter = async (mailbox: string, mail: DeletedMail) => (await harness().trace.deletedBy(mailbox, [mail])).get(mail.id)

  test('A deletion names the client, its address and its protocol', async () => {
    const [mailbox, one, two] = [newMailbox(), newMail(), newMail()]
    await harness().remove({ mailbox, client: 'Mozilla Thunderbird', ip: '203.0.113.9', mails: [one] })
    await harness().remove({ mailbox, protocol: 'pop3', ip: '2001:db8::7', mails: [two] })
    const found = await harness().trace.deletedBy(mailbox, [asked(one, 'one'), asked(two, 'two'), asked(newMail(), 'three')])
    expect(found).toEqual(
      new Map([
        ['one', { client: 'Thunderbird', ip: '203.0.113.9', protocol: 'imap' }],
        ['two', { client: null, ip: '2001:db8::7', protocol: 'pop3' }],
      ]),
    )
    expect(await harness().trace.deletedBy(mailbox, [])).toEqual(new Map())
  })

  test('T34 one mailbox sees nothing of what was deleted in another', async () => {
    const [one, two, mail] = [newMailbox(), newMailbox(), newMail()]
    await harness().remove({ mailbox: one, mails: [mail, newMail()] })
    expect(await deleter(two, asked(mail))).toBeUndefined()
    expect(await harness().trace.massDeletions(two, ago(120), 1)).toEqual([])
  })

  test('Of a mail that was deleted twice, each deletion is told apart', async () => {
    const [mailbox, mail] = [newMailbox(), newMail()]
    const again = { ...mail, at: ago(58) }
    await harness().remove({ mailbox, client: 'Foxmail', mails: [mail] })
    await harness().remove({ mailbox, client: 'Outlook', mails: [again] })
    expect(await deleter(mailbox, asked(mail))).toMatchObject({ client: 'Foxmail' })
    expect(await deleter(mailbox, asked(again))).toMatchObject({ client: 'Outlook' })
  })

  test('A mail of another size, or one deleted at another time, is another mail', async () => {
    const [mailbox, mail] = [newMailbox(), newMail()]
    await harness().remove({ mailbox, mails: [mail] })
    expect(await deleter(mailbox, { ...asked(mail), size: 2_049 })).toBeUndefined()
    expect(await deleter(mailbox, { ...asked(mail), deletedAt: ago(49) })).toBeUndefined()
    expect(await deleter(mailbox, { ...asked(mail), deletedAt: ago(51) })).toBeDefined()
  })

  test.each([
    ['none', null],
    ['one of 300 octets', `<${'x'.repeat(40)}${'y'.repeat(250)}@b.example>`],
    ['one with commas and sizes', '<a, size=9, vsize=9, uid=1@b.example>'],
    ['one with quotes', `<"a b' c"@b.example>`],
    ['one that is no text', '<=?UTF-8?Q?=00?=@b.example>'],
    ['one that forges a session', '<x>: Info: ID sent: name=Foxmail'],
    ['one that forges a deletion', '<: box=.EXPUNGED/INBOX, uid=7, msgid=<y>, size=1, vsize=1'],
  ])('T28 a mail whose Message-ID is %s is found', async (_, messageId) => {
    const mailbox = newMailbox()
    const mail = { ...newMail(), messageId }
    await harness().remove({ mailbox, client: 'Roundcube Webmail', mails: [mail] })
    expect(await deleter(mailbox, asked(mail))).toMatchObject({ client: 'Roundcube' })
  })

  test('T28 naughty Message-IDs find nothing and break nothing', async () => {
    const mailbox = newMailbox()
    await harness().remove({ mailbox, mails: [newMail()] })
    const all = naughtyStrings().map((messageId, index) => asked({ ...newMail(), messageId }, String(index)))
    expect(await harness().trace.deletedBy(mailbox, all)).toEqual(new Map())
  })

  test('Many deletions by one client within ten minutes are told of, newest first', async () => {
    const mailbox = newMailbox()
    await harness().remove({ mailbox, client: 'iPhone Mail', ip: '203.0.113.9', mails: mails(12, ago(100)) })
    await harness().remove({ mailbox, client: 'Foxmail', ip: '203.0.113.10', mails: mails(10, ago(50), MINUTE_MS) })
    await harness().remove({ mailbox, protocol: 'pop3', ip: '203.0.113.9', mails: mails(9, ago(20)) })
    const [foxmail, phone] = [
      { client: 'Foxmail', ip: '203.0.113.10', protocol: 'imap', from: ago(50), to: ago(41), count: 10 },
      { client: 'iPhone Mail', ip: '203.0.113.9', protocol: 'imap', count: 12 },
    ]
    const told = await harness().trace.massDeletions(mailbox, ago(110), 10)
    expect(told).toMatchObject([{ ...foxmail, from: expect.any(Date), to: expect.any(Date) }, phone])
    expect((told[0]?.to.getTime() ?? 0) - (told[0]?.from.getTime() ?? 0)).toBe(9 * MINUTE_MS)
    expect(await harness().trace.massDeletions(mailbox, ago(60), 10)).toMatchObject([{ client: 'Foxmail' }])
    expect(await harness().trace.massDeletions(mailbox, ago(110), 13)).toEqual([])
  })

  test('Deletions that are far apart are no mass of them, two masses are two, and one that goes on is one', async () => {
    const [slow, twice, long] = [newMailbox(), newMailbox(), newMailbox()]
    await harness().remove({ mailbox: slow, mails: mails(10, ago(100), 2 * MINUTE_MS) })
    await harness().remove({ mailbox: twice, mails: [...mails(6, ago(100)), ...mails(5, ago(50))] })
    await harness().remove({ mailbox: long, mails: mails(40, ago(100), MINUTE_MS) })
    const counts = async (mailbox: string) => (await harness().trace.massDeletions(mailbox, ago(110), 5)).map(({ count }) => count)
    expect(await harness().trace.massDeletions(slow, ago(110), 7)).toEqual([])
    expect(await counts(twice)).toEqual([5, 6])
    expect(await counts(long)).toEqual([40])
  })

  test('Mailboxes out of which much was deleted are found, and no others', async () => {
    const [much, little, before] = [newMailbox(), newMailbox(), newMailbox()]
    await harness().remove({ mailbox: much, mails: mails(6, ago(30)) })
    await harness().remove({ mailbox: little, mails: mails(5, ago(30)) })
    await harness().remove({ mailbox: before, mails: mails(6, ago(70)) })
    const found = await harness().trace.mailboxesWithDeletions(ago(60), 6)
    expect([much, little, before].map((mailbox) => found.includes(mailbox))).toEqual([true, false, false])
  })

  test('Deletions are kept for eight days', async () => {
    const [mailbox, old, young] = [newMailbox(), newMail(ago(10 * 24 * 60)), newMail(ago(7 * 24 * 60))]
    await harness().remove({ mailbox, mails: [old, young] })
    await harness().trace.keep(30)
    expect(await deleter(mailbox, asked(old))).toBeUndefined()
    expect(await deleter(mailbox, asked(young))).toBeDefined()
  })
}
