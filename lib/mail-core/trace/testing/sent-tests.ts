import { expect, test } from 'vitest'
import { naughtyStrings } from '../../naughty-strings.ts'
import type { TraceHarness } from '../contract.ts'
import type { SentQuery } from '../port.ts'
import { type Mail, newMailbox, type Step } from './mail-log.ts'

const INBOX: Step = { what: 'delivered', folder: 'INBOX' }
const JUNK: Step = { what: 'delivered', folder: 'Junk' }
const FULL: Step = { what: 'deferred', status: '4.2.2', text: 'host 127.0.0.1 said: 452 4.2.2 Quota exceeded' }
const GONE: Step = { what: 'bounced', status: '5.1.1', text: 'host mx said: 550 5.1.1 User unknown' }

/** What a mailbox sent: its own, by the login, and what became of it. */
export function sentTests(harness: () => TraceHarness): void {
  const send = (login: string, mail: Partial<Mail> = {}) =>
    harness().happen({ sender: login, login, recipients: [{ mailbox: newMailbox(), steps: [INBOX] }], ...mail })

  /** One mail a minute, the last one now; the newest comes first. */
  async function sendMany(login: string, subjects: string[]): Promise<string[]> {
    const ids: string[] = []
    for (const [index, subject] of subjects.entries())
      ids.push(await send(login, { subject, arrivedAt: new Date(Date.now() - (subjects.length - index) * 60_000) }))
    return ids.reverse()
  }

  test('A mail that somebody sent is shown with what became of it for each recipient', async () => {
    const [login, arrivedAt] = [newMailbox(), new Date(Date.now() - 90_000)]
    const people = ['a', 'b', 'c', 'd'].map((letter) => `${letter}-${newMailbox()}`) as [string, string, string, string]
    const steps = [[INBOX], [FULL, JUNK], [FULL], [GONE]]
    const recipients = people.map((mailbox, index) => ({ mailbox, steps: steps[index] as Step[] })).reverse()
    const id = await send(login, { arrivedAt, subject: '实验室报告', size: 4_096, recipients })
    const at = (seconds: number) => new Date(arrivedAt.getTime() + seconds * 1_000)
    const [a, b, c, d] = people
    const mail = {
      ...{ id, sentAt: arrivedAt, subject: '实验室报告', size: 4_096, messageId: expect.stringMatching(/^<.+@elsewhere\.example>$/) },
      recipients: [
        { address: a, writtenAs: a, outcome: 'delivered', reason: null, at: at(1) },
        { address: b, writtenAs: b, outcome: 'junk', reason: null, at: at(2) },
        { address: c, writtenAs: c, outcome: 'waiting', reason: 'mailbox_full', at: at(1) },
        { address: d, writtenAs: d, outcome: 'failed', reason: 'unknown_recipient', at: at(1) },
      ],
    }
    expect(await harness().trace.sent(login, { limit: 5 })).toEqual([mail])
    expect(await harness().trace.findSent(login, id)).toEqual(mail)
  })

  test('A recipient is shown as the sender wrote it, with the mailbox that it led to', async () => {
    const [login, mailbox, alias] = [newMailbox(), newMailbox(), `${newMailbox()}`]
    const id = await send(login, { recipients: [{ mailbox, writtenAs: alias, steps: [INBOX] }] })
    expect(await harness().trace.findSent(login, id)).toMatchObject({ recipients: [{ address: mailbox, writtenAs: alias }] })
  })

  test('A mail to a thousand people is shown with all of them', async () => {
    const login = newMailbox()
    const recipients = Array.from({ length: 1_000 }, () => ({ mailbox: newMailbox(), steps: [INBOX] }))
    const id = await send(login, { recipients })
    const found = await harness().trace.findSent(login, id)
    expect(found?.recipients.map(({ address }) => address)).toEqual(recipients.map(({ mailbox }) => mailbox).sort())
  })

  test('T43 a mail is the sender’s whose login handed it in, whatever its sender address says', async () => {
    const [lin, wang] = [newMailbox(), newMailbox()]
    const withoutLogin = await harness().happen({ sender: lin, recipients: [{ mailbox: newMailbox(), steps: [INBOX] }] })
    const ofAnother = await send(wang, { sender: lin })
    expect(await harness().trace.sent(lin, { limit: 5 })).toEqual([])
    for (const id of [withoutLogin, ofAnother]) expect(await harness().trace.findSent(lin, id)).toBeNull()
    expect(await harness().trace.findSent(wang, ofAnother)).toMatchObject({ id: ofAnother })
  })

  test('T43 an account with a detail in its name is another account', async () => {
    const lin = newMailbox()
    const id = await send(lin.replace('@', '+other@'))
    expect(await harness().trace.findSent(lin, id)).toBeNull()
  })

  test('T34 one mailbox sees nothing of what another sent, also when it got it', async () => {
    const [lin, wang] = [newMailbox(), newMailbox()]
    const id = await send(lin, { recipients: [{ mailbox: wang, steps: [INBOX] }] })
    expect(await harness().trace.sent(wang, { limit: 5 })).toEqual([])
    expect(await harness().trace.findSent(wang, id)).toBeNull()
  })

  test('When a recipient moves a mail, its sender does not hear when', async () => {
    const [login, mailbox, arrivedAt] = [newMailbox(), newMailbox(), new Date(Date.now() - 90_000)]
    const id = await send(login, { arrivedAt, recipients: [{ mailbox, steps: [INBOX] }] })
    await harness().trace.moved(mailbox, id, 'Archive')
    const found = await harness().trace.findSent(login, id)
    expect(found?.recipients[0]?.at).toEqual(new Date(arrivedAt.getTime() + 1_000))
  })

  test('Pages of sent mail meet without gap or repeat, within a period too', async () => {
    const login = newMailbox()
    const ids = await sendMany(
      login,
      Array.from({ length: 7 }, (_, index) => `Number ${index}`),
    )
    const page = async (query: Partial<SentQuery>) =>
      (await harness().trace.sent(login, { limit: 3, ...query })).map(({ id }) => ids.indexOf(id))
    expect(await page({})).toEqual([0, 1, 2])
    expect(await page({ before: ids[2] })).toEqual([3, 4, 5])
    expect(await page({ before: ids[6] })).toEqual([])
    expect(await page({ after: ids[6] })).toEqual([3, 4, 5])
    expect(await page({ after: ids[0] })).toEqual([])
    const times = (await harness().trace.sent(login, { limit: 9 })).map(({ sentAt }) => sentAt)
    expect(await page({ since: times[4], until: times[2] })).toEqual([3, 4])
  })

  test('Sent mail is found by a part of the subject, or of a recipient as it was written', async () => {
    const [login, mailbox, alias] = [newMailbox(), newMailbox(), newMailbox()]
    await sendMany(login, ['Laboratory Report', '实验室报告', '100%'])
    await send(login, { subject: 'To all', recipients: [{ mailbox, writtenAs: alias, steps: [INBOX] }] })
    const by = async (text: string) => (await harness().trace.sent(login, { limit: 10, text })).map(({ subject }) => subject)
    expect(await by('report')).toEqual(['Laboratory Report'])
    expect(await by('验室')).toEqual(['实验室报告'])
    expect(await by('%')).toEqual(['100%'])
    expect(await by(alias.toUpperCase())).toEqual(['To all'])
    expect(await by(mailbox)).toEqual([])
  })

  test('T28 naughty strings find no sent mail and break nothing', async () => {
    const login = newMailbox()
    await send(login, { subject: 'plain' })
    for (const text of naughtyStrings().slice(0, 60)) {
      expect(await harness().trace.findSent(login, text), text).toBeNull()
      expect(await harness().trace.sent(login, { limit: 1, before: text }), text).toEqual([])
      await harness().trace.sent(login, { limit: 1, text })
    }
  })
}
