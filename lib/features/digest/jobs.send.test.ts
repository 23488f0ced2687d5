import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { digestJobs } from './jobs.ts'
import { setDigestOperation } from './operations.ts'

let house: House
let lin: Person
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
  await house.work()
})
beforeEach(async () => {
  await house.owner`truncate digests, digest_settings, link_tokens, quarantine, mailbox_messages, rate_hits, graphile_worker._private_jobs cascade`
  done(await lin.call(setDigestOperation, { frequency: 'immediate', hour: 8, weekday: 1 }))
})

const round = () => digestJobs.tasks['digest.round']?.({}, house)
const send = (digestId: string, on: Resources = house) => digestJobs.tasks['digest.send']?.({ digestId }, on)
const hold = (subject: string) => holdMail(house, { mailbox: lin.mailbox, subject })
const digestsOf = () => lettersTo(house, lin.mailbox)
const queued = async () => (await house.owner`select id from digests where state = 'queued' order by period`).map(({ id }) => id as string)

/** The house with a mail store that does this in place of taking a mail. */
const withAppend = (append: (address: string, folder: string, raw: Uint8Array) => Promise<void>): Resources => ({
  ...house,
  mail: { ...house.mail, mailbox: { ...house.mail.mailbox, append } },
})

describe('F3 once and no more', () => {
  test('a crash between the announcement and the delivery: the same mail octet for octet, and what came since in the next one', async () => {
    const first = await hold('first')
    await round()
    const [id = ''] = await queued()
    const tried: Buffer[] = []
    const crash = withAppend(async (_, __, raw) => {
      tried.push(Buffer.from(raw))
      throw new MailCoreError('unreachable')
    })
    await expect(send(id, crash)).rejects.toThrow(MailCoreError)
    await hold('second')
    done(await lin.call(setDigestOperation, { frequency: 'immediate', hour: 3, weekday: 2 }))
    await house.mail.quarantine.remove(lin.mailbox, [first])
    await house.owner`update trace_recipients set subject = 'rewritten' where queue_id = ${first}`
    await send(id)
    await send(id)
    const [sent, ...more] = await digestsOf()
    expect(more).toEqual([])
    expect(sent?.raw.equals(tried[0] as Buffer)).toBe(true)
    expect(sent?.messageId).toBe(`<digest.${id}@yunling.example>`)
    expect(sent?.text).toContain('first')
    expect(sent?.text).not.toContain('second')
    await house.owner`truncate graphile_worker._private_jobs cascade`
    await round()
    await house.work()
    expect((await digestsOf()).at(-1)?.text).toContain('second')
    expect((await digestsOf()).at(-1)?.text).not.toContain('first')
  })

  test('a crash between the delivery and its record: the same mail again, under the same Message-ID', async () => {
    await hold('one')
    await round()
    const [id = ''] = await queued()
    const mails: Buffer[] = []
    const hang = withAppend(async (_, __, raw) => {
      mails.push(Buffer.from(raw))
      if (mails.length === 1) throw new Error('killed after the server took it')
    })
    await expect(send(id, hang)).rejects.toThrow('killed')
    await send(id, hang)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.equals(mails[1] as Buffer)).toBe(true)
  })

  test('F12 two workers at one digest at once write the same mail, whatever each has read', async () => {
    await hold('one')
    await round()
    const [id = ''] = await queued()
    const mails: Buffer[] = []
    const both = Promise.withResolvers<void>()
    let reading = 0
    const worker = (subject: string): Resources => {
      const { mail } = withAppend(async (_, __, raw) => void mails.push(Buffer.from(raw)))
      const find: typeof mail.trace.find = async (mailbox, held) => {
        if (++reading === 2) both.resolve()
        await both.promise
        const found = await mail.trace.find(mailbox, held)
        return found && { ...found, subject }
      }
      return { ...house, mail: { ...mail, trace: { ...mail.trace, find } } }
    }
    await Promise.all([send(id, worker('read by one')), send(id, worker('read by the other'))])
    expect(new Set(mails.map((raw) => raw.toString('hex'))).size).toBe(1)
    expect(await queued()).toEqual([])
  })

  test('a mailbox that will never take it ends the tries', async () => {
    await hold('one')
    await round()
    const [id = ''] = await queued()
    await send(
      id,
      withAppend(() => Promise.reject(new MailCoreError('not_found'))),
    )
    expect(await queued()).toEqual([])
  })
})

test('of more than fifty it names the newest and tells the number of the others, all of them once', async () => {
  for (let n = 0; n < 53; n++) await holdMail(house, { mailbox: lin.mailbox, subject: `number ${n}.`, ago: n * 1_000 })
  await house.owner`update quarantine set held_at = arrived_at`
  await round()
  await house.work()
  const [mail] = await digestsOf()
  expect(mail?.subject).toBe('53 messages held back')
  expect(mail?.text).toContain('number 49.')
  expect(mail?.text).not.toContain('number 50.')
  expect(mail?.text).toContain('3 more are not listed here: http://127.0.0.1:3000/received?result=held')
  await round()
  await house.work()
  expect(await digestsOf()).toHaveLength(1)
})

test('T40 malware and phishing get no link that releases them', async () => {
  for (const verdict of ['spam', 'phishing', 'malware', 'blocked'] as const)
    await holdMail(house, { mailbox: lin.mailbox, subject: verdict, verdict })
  await round()
  await house.work()
  const links = await house.owner`
    select q.verdict, array_agg(l.purpose order by l.purpose) as purposes from link_tokens l join quarantine q on q.queue_id = l.subject
    where l.mailbox = ${lin.mailbox} group by 1`
  expect(Object.fromEntries(links.map(({ verdict, purposes }) => [verdict, purposes]))).toEqual({
    spam: ['digest.allow', 'digest.delete', 'digest.release'],
    blocked: ['digest.allow', 'digest.delete', 'digest.release'],
    phishing: ['digest.delete'],
    malware: ['digest.delete'],
  })
})

test('T39 the tokens stand in the mail alone: the database has their hashes, for seven days', async () => {
  await hold('one')
  await round()
  await house.work()
  const [mail] = await digestsOf()
  const tokens = [...(mail?.text ?? '').matchAll(/\/link\/([\w-]{43})(?![\w-])/g)].map(([, token]) => token as string)
  expect(new Set(tokens).size).toBe(4)
  const cells = (await everyCell(house.owner)).filter(({ place }) => place !== 'mailbox_messages.raw')
  for (const token of tokens) expect(placesOf(cells, token)).toEqual([])
  const [lives] = await house.owner`
    select count(*)::int as links, max(expires_at - created_at) = interval '7 days' as week from link_tokens where purpose <> 'digest.unsubscribe'`
  expect(lives).toEqual({ links: 3, week: true })
  expect(await house.owner`select from digests where contents is not null`).toHaveLength(0)
})
