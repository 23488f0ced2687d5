import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { naughtyStrings } from '../naughty-strings.ts'
import type { Trace } from './port.ts'
import { deletionTests } from './testing/deletion-tests.ts'
import { type Mail, newMailbox, type Removal, type Step } from './testing/mail-log.ts'
import { sentTests } from './testing/sent-tests.ts'

export interface TraceHarness {
  trace: Trace
  /** The same adapter, where no server is. */
  unreachable: Trace
  /** Makes this come about. Resolves with the mail's id once the trace has heard of it. */
  happen(mail: Mail): Promise<string>
  /** Makes a client delete these mails. Resolves once the trace has heard of it. */
  remove(removal: Removal): Promise<void>
  close?(): Promise<void>
}

const INBOX: Step = { what: 'delivered', folder: 'INBOX' }
const JUNK: Step = { what: 'delivered', folder: 'Junk' }
const FULL: Step = { what: 'deferred', status: '4.2.2', text: 'host 127.0.0.1 said: 452 4.2.2 Quota exceeded' }
const GONE: Step = { what: 'bounced', status: '5.1.1', text: 'host 127.0.0.1 said: 550 5.1.1 User unknown' }
const REFUSED: Step = { what: 'rejected', status: '5.7.1', text: 'Spam message rejected' }

/** What every adapter of the trace keeps. */
export function describeTrace(name: string, makeHarness: () => Promise<TraceHarness>): void {
  describe(`trace: ${name}`, () => {
    let harness: TraceHarness
    let trace: Trace

    beforeAll(async () => {
      harness = await makeHarness()
      trace = harness.trace
    })
    afterAll(() => harness.close?.())

    const mailTo = (mailbox: string, steps: Step[], more: Partial<Mail> = {}) =>
      harness.happen({ recipients: [{ mailbox, steps }], ...more })

    /** One mail a minute, the last one now. */
    async function mailsTo(
      mailbox: string,
      number: number,
      over: (index: number) => Partial<Mail> & { steps?: Step[] } = () => ({}),
    ): Promise<string[]> {
      const ids: string[] = []
      for (let index = 0; index < number; index++) {
        const { steps = [INBOX], ...more } = over(index)
        ids.push(await mailTo(mailbox, steps, { arrivedAt: new Date(Date.now() - (number - index) * 60_000), ...more }))
      }
      return ids.reverse()
    }

    test('A mail is found with its whole story, in order', async () => {
      const [mailbox, arrivedAt] = [newMailbox(), new Date(Date.now() - 90_000)]
      const id = await mailTo(mailbox, [FULL, INBOX], { arrivedAt, subject: '实验室报告', size: 4_096, login: 'zhao@elsewhere.example' })
      expect(await trace.find(mailbox, id)).toMatchObject({
        id,
        arrivedAt,
        from: { address: 'zhao@elsewhere.example' },
        sender: 'zhao@elsewhere.example',
        login: 'zhao@elsewhere.example',
        subject: '实验室报告',
        size: 4_096,
        messageId: expect.stringMatching(/^<.+@elsewhere\.example>$/),
        client: { ip: '203.0.113.9', name: 'mx.elsewhere.example' },
        outcome: 'delivered',
        folder: 'INBOX',
        reason: null,
        events: [
          { what: 'arrived', at: arrivedAt },
          { what: 'deferred', reason: 'mailbox_full', status: '4.2.2' },
          { what: 'delivered', folder: 'INBOX' },
        ],
      })
    })

    test.each([
      ['delivered', INBOX, { outcome: 'delivered', folder: 'INBOX', reason: null }],
      ['put among the junk', JUNK, { outcome: 'junk', folder: 'Junk', reason: null }],
      ['made to wait', FULL, { outcome: 'waiting', folder: null, reason: 'mailbox_full' }],
      ['returned', GONE, { outcome: 'failed', folder: null, reason: 'unknown_recipient' }],
      ['refused', REFUSED, { outcome: 'rejected', folder: null, reason: 'content_refused' }],
    ])('A mail that was %s is shown so', async (_, step, shown) => {
      const mailbox = newMailbox()
      const id = await mailTo(mailbox, [step])
      expect(await trace.page(mailbox, { limit: 2 })).toMatchObject([{ id, ...shown }])
    })

    test('A mail to several people becomes something else for each', async () => {
      const [one, two] = [newMailbox(), newMailbox()]
      const id = await harness.happen({
        recipients: [
          { mailbox: one, steps: [INBOX] },
          { mailbox: two, steps: [GONE] },
        ],
      })
      expect(await trace.find(one, id)).toMatchObject({ outcome: 'delivered', subject: 'Hello' })
      expect(await trace.find(two, id)).toMatchObject({ outcome: 'failed', subject: 'Hello' })
    })

    test('A bounce has no sender', async () => {
      const mailbox = newMailbox()
      const id = await mailTo(mailbox, [INBOX], { sender: '' })
      expect(await trace.find(mailbox, id)).toMatchObject({ sender: '', from: null })
    })

    test('T34 one mailbox sees nothing of another', async () => {
      const [one, two] = [newMailbox(), newMailbox()]
      const id = await mailTo(one, [INBOX])
      expect(await trace.page(two, { limit: 5 })).toEqual([])
      expect(await trace.find(two, id)).toBeNull()
      await trace.moved(two, id, 'Trash')
      expect(await trace.find(two, id)).toBeNull()
    })

    test('Pages meet without gap or repeat, down and up', async () => {
      const mailbox = newMailbox()
      const ids = await mailsTo(mailbox, 7)
      const page = async (query: { before?: string; after?: string }) =>
        (await trace.page(mailbox, { limit: 3, ...query })).map(({ id }) => id)
      expect(await page({})).toEqual(ids.slice(0, 3))
      expect(await page({ before: ids[2] })).toEqual(ids.slice(3, 6))
      expect(await page({ before: ids[5] })).toEqual(ids.slice(6))
      expect(await page({ before: ids[6] })).toEqual([])
      expect(await page({ after: ids[6] })).toEqual(ids.slice(3, 6))
      expect(await page({ after: ids[3] })).toEqual(ids.slice(0, 3))
      expect(await page({ after: ids[0] })).toEqual([])
    })

    test('Mails of one outcome, or of several, are found, newest first, on every page', async () => {
      const mailbox = newMailbox()
      const steps = [INBOX, JUNK, GONE]
      const ids = await mailsTo(mailbox, 6, (index) => ({ steps: [steps[index % 3] as Step] }))
      const page = async (query: Partial<Parameters<Trace['page']>[1]>) =>
        (await trace.page(mailbox, { limit: 10, ...query })).map(({ id }) => ids.indexOf(id))
      expect(await page({ outcomes: ['failed'] })).toEqual([0, 3])
      expect(await page({ outcomes: ['junk', 'failed'] })).toEqual([0, 1, 3, 4])
      expect(await page({ outcomes: ['junk', 'failed'], limit: 2, before: ids[1] })).toEqual([3, 4])
      expect(await page({ outcomes: ['junk', 'failed'], limit: 2, after: ids[4] })).toEqual([1, 3])
      expect(await page({ outcomes: ['held'] })).toEqual([])
      expect(await page({ outcomes: [] })).toEqual([])
    })

    test('A period begins with its first moment and ends before its last', async () => {
      const mailbox = newMailbox()
      const ids = await mailsTo(mailbox, 4)
      const times = (await trace.page(mailbox, { limit: 4 })).map(({ arrivedAt }) => arrivedAt)
      expect((await trace.page(mailbox, { limit: 9, since: times[2], until: times[0] })).map(({ id }) => id)).toEqual(ids.slice(1, 3))
    })

    test('Mails are found by a part of sender or subject, in capitals or not', async () => {
      const mailbox = newMailbox()
      const subjects = ['Laboratory Report', '实验室报告', '100%', 'a_b', 'acb', 'back\\slash']
      await mailsTo(mailbox, subjects.length, (index) => ({ subject: subjects[index] }))
      const by = async (text: string) => (await trace.page(mailbox, { limit: 10, text })).map(({ subject }) => subject)
      expect(await by('report')).toEqual(['Laboratory Report'])
      expect(await by('验室')).toEqual(['实验室报告'])
      expect(await by('%')).toEqual(['100%'])
      expect(await by('a_b')).toEqual(['a_b'])
      expect(await by('k\\s')).toEqual(['back\\slash'])
      expect(await by('ZHAO@')).toHaveLength(subjects.length)
      expect(await by('nothing like it')).toEqual([])
    })

    test('T28 naughty strings find nothing and break nothing', async () => {
      const mailbox = newMailbox()
      await mailTo(mailbox, [INBOX], { subject: 'plain' })
      for (const text of naughtyStrings().slice(0, 120)) {
        expect(await trace.find(mailbox, text), text).toBeNull()
        expect(await trace.page(mailbox, { limit: 1, before: text }), text).toEqual([])
        await trace.page(mailbox, { limit: 1, text })
      }
      expect(await trace.page(mailbox, { limit: 5 })).toHaveLength(1)
    })

    test('A mail that its owner took out of the junk is delivered mail from then on', async () => {
      const mailbox = newMailbox()
      const id = await mailTo(mailbox, [JUNK])
      await trace.moved(mailbox, id, 'INBOX')
      const found = await trace.find(mailbox, id)
      expect(found).toMatchObject({ outcome: 'delivered', folder: 'INBOX' })
      expect(found?.events.at(-1)).toMatchObject({ what: 'moved', folder: 'INBOX' })
    })

    test('Days that are over are forgotten, those within the time are kept', async () => {
      const mailbox = newMailbox()
      const [old, young] = [new Date(Date.now() - 40 * 86_400_000), new Date(Date.now() - 20 * 86_400_000)]
      await mailTo(mailbox, [INBOX], { arrivedAt: old })
      const id = await mailTo(mailbox, [INBOX], { arrivedAt: young })
      await trace.keep(30)
      expect(await trace.page(mailbox, { limit: 5 })).toMatchObject([{ id }])
    })

    sentTests(() => harness)
    deletionTests(() => harness)

    test('It can be checked', async () => {
      await expect(trace.check()).resolves.toBeUndefined()
    })

    test('It ends when it is told to', async () => {
      const end = new AbortController()
      const following = trace.follow(end.signal)
      end.abort()
      await expect(following).resolves.toBeUndefined()
      await expect(trace.follow(end.signal)).resolves.toBeUndefined()
    })

    test('Without its server every method says so, and no more', async () => {
      const { unreachable } = harness
      const id = await mailTo(newMailbox(), [INBOX])
      const calls = [
        () => unreachable.page('lin@yunling.example', { limit: 1 }),
        () => unreachable.find('lin@yunling.example', id),
        () => unreachable.sent('lin@yunling.example', { limit: 1 }),
        () => unreachable.findSent('lin@yunling.example', id),
        () => unreachable.deletedBy('lin@yunling.example', [{ id: '1', messageId: null, size: 1, deletedAt: new Date() }]),
        () => unreachable.massDeletions('lin@yunling.example', new Date(), 2),
        () => unreachable.moved('lin@yunling.example', id, 'INBOX'),
        () => unreachable.keep(30),
        () => unreachable.check(),
      ]
      for (const call of calls)
        await expect(call()).rejects.toMatchObject({ name: 'MailCoreError', message: 'unreachable', code: 'unreachable' })
    })
  })
}
