import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Resources } from '#lib/platform/context.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import { digestJobs } from './jobs.ts'
import { setDigestOperation } from './operations.ts'
import type { Frequency } from './schema.ts'

let house: House
let lin: Person
let wang: Person
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
  wang = await house.person('wang')
  await house.work()
})
beforeEach(async () => {
  await house.owner`truncate digests, digest_settings, link_tokens, quarantine, mailbox_messages, rate_hits, graphile_worker._private_jobs cascade`
})

const round = (on: Resources = house) => digestJobs.tasks['digest.round']?.({}, on)
const send = (digestId: string, on: Resources = house) => digestJobs.tasks['digest.send']?.({ digestId }, on)
/** The last round was so long ago. */
const lastRound = (ago: string) => house.owner`update digest_rounds set until = now() - ${ago}::interval`
const hold = (subject: string, { mailbox } = lin) => holdMail(house, { mailbox, subject })
const digestsOf = ({ mailbox } = lin) => lettersTo(house, mailbox)
const subjectsOf = async (person = lin) => (await digestsOf(person)).map(({ subject }) => subject)
const queued = async () => (await house.owner`select id from digests where state = 'queued' order by period`).map(({ id }) => id as string)
const choose = async (frequency: Frequency, hour = 8, weekday = 1) => done(await lin.call(setDigestOperation, { frequency, hour, weekday }))

/** The hour that comes `hours` after this one, by the site's clock. */
async function hourIn(hours: number): Promise<number> {
  const [row] =
    await house.owner`select extract(hour from (now() + make_interval(hours => ${hours})) at time zone 'Asia/Shanghai')::int as hour`
  return row?.hour
}

describe('who is due', () => {
  test('gets one digest of everything that was held, at the hour chosen, and each mail once', async () => {
    await choose('daily', await hourIn(0))
    await hold('one')
    await hold('two')
    await lastRound('90 minutes')
    await round()
    await round()
    await house.work()
    expect(await subjectsOf()).toEqual(['2 messages held back'])
    await lastRound('25 hours')
    await round()
    await house.work()
    expect(await digestsOf()).toHaveLength(1)
  })

  test('hears of it daily in both languages without ever having chosen', async () => {
    await hold('one')
    await lastRound('24 hours')
    await round()
    await house.work()
    expect(await subjectsOf()).toEqual(['1封来信没有进收件箱 · 1 message held back'])
  })

  test('waits for the hour: what is held in between is told then, not now', async () => {
    await choose('daily', await hourIn(12))
    await hold('one')
    await lastRound('90 minutes')
    await round()
    await house.work()
    expect(await digestsOf()).toEqual([])
  })

  test('hears at once of what is held, as soon as a round is made', async () => {
    await choose('immediate')
    for (const subject of ['one', 'two']) {
      await hold(subject)
      await round()
      await house.work()
    }
    expect(await subjectsOf()).toEqual(['1 message held back', '1 message held back'])
  })

  test('never hears of anything who does not want to, not even of what is queued', async () => {
    await choose('never')
    await hold('one')
    await lastRound('9 days')
    await round()
    expect(await queued()).toEqual([])
    await choose('immediate')
    await round()
    await choose('never')
    await house.work()
    expect(await digestsOf()).toEqual([])
    await choose('immediate')
    await round()
    await house.work()
    expect(await digestsOf()).toHaveLength(1)
  })

  test('gets no mail about nothing', async () => {
    const id = await hold('one')
    await choose('immediate')
    await round()
    await house.mail.quarantine.remove(lin.mailbox, [id])
    await house.work()
    await lastRound('9 days')
    await round()
    await house.work()
    expect(await digestsOf()).toEqual([])
  })

  test('gets one weekly digest on its day, and none on another', async () => {
    const [today] = await house.owner`select extract(isodow from now() at time zone 'Asia/Shanghai')::int as day`
    const weekday = today?.day as number
    await hold('one')
    await choose('weekly', await hourIn(0), (weekday % 7) + 1)
    await lastRound('90 minutes')
    await round()
    expect(await queued()).toEqual([])
    await choose('weekly', await hourIn(0), weekday)
    await lastRound('90 minutes')
    await round()
    expect(await queued()).toHaveLength(1)
  })
})

describe('F3 once and no more', () => {
  test('a worker that was down for a week catches up with one digest', async () => {
    await hold('one')
    await lastRound('9 days')
    await round()
    await house.work()
    expect(await digestsOf()).toHaveLength(1)
  })

  test('F12 two workers at once send one', async () => {
    await hold('one')
    await hold('one', wang)
    await lastRound('24 hours')
    const second = house.second()
    await Promise.all(Array.from({ length: 10 }, (_, n) => round(n % 2 ? second : house)))
    const ids = await queued()
    expect(ids).toHaveLength(2)
    await house.work()
    expect([(await digestsOf()).length, (await digestsOf(wang)).length]).toEqual([1, 1])
  })

  test('F12 two rounds at once for those who want to hear at once put no mail into two digests', async () => {
    await choose('immediate')
    for (let n = 0; n < 5; n++) await hold(`number ${n}`)
    const second = house.second()
    await Promise.all(Array.from({ length: 6 }, (_, n) => round(n % 2 ? second : house)))
    await Promise.all((await queued()).map((id, n) => send(id, n % 2 ? second : house)))
    const text = (await digestsOf()).map((mail) => mail.text).join('')
    for (let n = 0; n < 5; n++) expect(text.split(`number ${n}`)).toHaveLength(2)
  })

  test('a round that breaks off is made again, and finds the same people', async () => {
    await hold('one')
    await hold('one', wang)
    await lastRound('24 hours')
    let asked = 0
    const mailboxesToTell: typeof house.mail.quarantine.mailboxesToTell = async (options) => {
      if (asked++ > 0) throw new MailCoreError('unreachable')
      return house.mail.quarantine.mailboxesToTell({ ...options, limit: 1 })
    }
    const broken = { ...house, mail: { ...house.mail, quarantine: { ...house.mail.quarantine, mailboxesToTell } } }
    await expect(round(broken)).rejects.toThrow(MailCoreError)
    expect(await queued()).toHaveLength(1)
    await round()
    expect(await queued()).toHaveLength(2)
  })
})
