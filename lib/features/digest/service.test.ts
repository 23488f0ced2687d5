import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { randomToken } from '#lib/platform/crypto.ts'
import { insertLinks } from '#lib/platform/link-tokens.ts'
import { state } from '#lib/platform/testing/dump.ts'
import { holdMail } from '#lib/platform/testing/hold-mail.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import { checkLinkOperation, followLinkOperation, setDigestOperation, showDigestOperation, unsubscribeOperation } from './operations.ts'

let house: House
let lin: Person
beforeAll(async () => {
  house = await testHouse()
  lin = await house.person('lin')
  await house.work()
})
beforeEach(async () => {
  await house.owner`truncate digest_settings, link_tokens, quarantine, sender_rules, mailbox_messages, rate_hits`
})

const hold = (mail: Partial<Parameters<typeof holdMail>[1]> = {}) => holdMail(house, { mailbox: lin.mailbox, ...mail })
async function link(action: 'release' | 'allow' | 'delete' | 'unsubscribe', subject?: string): Promise<string> {
  const token = randomToken()
  await insertLinks(house.db, [{ token, purpose: `digest.${action}`, mailbox: lin.mailbox, subject }], '7 days')
  return token
}
const check = (token: string) => checkLinkOperation.execute(anonymous(), { token }, house)
const follow = (token: string, on: Parameters<typeof followLinkOperation.execute>[2] = house) =>
  followLinkOperation.execute(anonymous(), { token }, on)
const stop = (token: string) => unsubscribeOperation.execute(anonymous(), { token }, house)
const show = async () => done(await lin.call(showDigestOperation))
const stateOf = async (id: string) => (await house.mail.quarantine.find(lin.mailbox, [id]))[0]?.state
const inbox = async () =>
  (await house.owner`select subject from mailbox_messages where address = ${lin.mailbox}`).map(({ subject }) => subject)

describe('the choice', () => {
  test('is daily at eight until another is made, and tells when the next digest comes', async () => {
    const { next, ...choice } = await show()
    expect(choice).toEqual({ frequency: 'daily', hour: 8, weekday: 1, held: 0 })
    expect(next?.toISOString()).toMatch(/T00:00:00.000Z$/)
    expect(next?.getTime()).toBeGreaterThan(Date.now())
  })

  test('is kept, with the language in which it was made', async () => {
    await hold()
    const set = done(await lin.call(setDigestOperation, { frequency: 'weekly', hour: '21', weekday: '5' }))
    expect(set).toMatchObject({ frequency: 'weekly', hour: 21, weekday: 5, held: 1 })
    expect(set.next?.toISOString()).toMatch(/T13:00:00.000Z$/)
    expect(set.next?.getUTCDay()).toBe(5)
    expect(await show()).toEqual(set)
    expect([...(await house.owner`select locale from digest_settings`)]).toEqual([{ locale: 'en' }])
  })

  test.each(['never', 'immediate'] as const)('%s has no next time', async (frequency) => {
    expect(done(await lin.call(setDigestOperation, { frequency, hour: 8, weekday: 1 })).next).toBeNull()
  })
})

describe('T39 a link', () => {
  test('that is looked at a thousand times does nothing', async () => {
    const id = await hold()
    const tokens = [await link('release', id), await link('allow', id), await link('delete', id), await link('unsubscribe')]
    const before = await state(house.owner)
    for (let n = 0; n < 250; n++) for (const token of tokens) expect(codeOf(await check(token))).toBe('done')
    expect(await state(house.owner)).toEqual(before)
    expect(await stateOf(id)).toBe('held')
  })

  test('releases its mail, which arrives once', async () => {
    const [id, other] = [await hold({ subject: 'wanted' }), await hold({ subject: 'other' })]
    const token = await link('release', id)
    expect(done(await follow(token))).toEqual({ action: 'release', outcome: 'done', allowed: null })
    expect([await stateOf(id), await stateOf(other)]).toEqual(['releasing', 'held'])
    await house.work()
    expect(await inbox()).toEqual(['wanted'])
  })

  test('can also put the sender on the list of allowed ones', async () => {
    const id = await hold({ from: 'Editor@Journal.example' })
    expect(done(await follow(await link('allow', id)))).toEqual({ action: 'allow', outcome: 'done', allowed: 'editor@journal.example' })
    expect([...(await house.owner`select mailbox, sender, verdict from sender_rules`)]).toEqual([
      { mailbox: lin.mailbox, sender: 'editor@journal.example', verdict: 'allow' },
    ])
  })

  test('T27 never puts an address of the site itself there, and still releases', async () => {
    const id = await hold({ from: 'rector@yunling.example' })
    expect(done(await follow(await link('allow', id)))).toEqual({ action: 'allow', outcome: 'done', allowed: null })
    expect(await stateOf(id)).toBe('releasing')
  })

  test('deletes its mail', async () => {
    const id = await hold()
    expect(done(await follow(await link('delete', id)))).toMatchObject({ action: 'delete', outcome: 'done' })
    expect(await stateOf(id)).toBe('deleted')
  })

  test('acts once, however many follow it at once', async () => {
    const id = await hold()
    const token = await link('release', id)
    const codes = (await Promise.all(Array.from({ length: 20 }, (_, n) => follow(token, n % 2 ? house.second() : house)))).map(codeOf)
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes.filter((code) => code === 'link_invalid')).toHaveLength(19)
    await house.work()
    expect(await inbox()).toHaveLength(1)
  })

  test('is good for seven days', async () => {
    const id = await hold()
    const token = await link('release', id)
    await house.owner`update link_tokens set expires_at = expires_at - interval '6 days 23 hours'`
    expect(codeOf(await check(token))).toBe('done')
    await house.owner`update link_tokens set expires_at = expires_at - interval '1 hour'`
    expect(codeOf(await check(token))).toBe('link_invalid')
    expect(codeOf(await follow(token))).toBe('link_invalid')
    expect(await stateOf(id)).toBe('held')
  })

  test('that is used, too old, of another purpose or never ours gets one and the same answer', async () => {
    const id = await hold()
    const used = await link('delete', id)
    await follow(used)
    const ofPhone = randomToken()
    await insertLinks(house.db, [{ token: ofPhone, purpose: 'phone.cancel-change', mailbox: lin.mailbox }], '72 hours')
    const answers = []
    for (const token of [used, ofPhone, randomToken()]) answers.push({ ...(await check(token)), reference: '' })
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    for (const token of [ofPhone, randomToken(), await link('unsubscribe')]) expect(codeOf(await follow(token))).toBe('link_invalid')
    expect(codeOf(await stop(await link('release', id)))).toBe('link_invalid')
  })

  test('is still good when the mail system could not act', async () => {
    const id = await hold()
    const token = await link('release', id)
    const startRelease = () => Promise.reject(new MailCoreError('unreachable'))
    const away = { ...house, mail: { ...house.mail, quarantine: { ...house.mail.quarantine, startRelease } } }
    expect(codeOf(await follow(token, away))).toBe('mail_unreachable')
    expect(done(await follow(token))).toMatchObject({ outcome: 'done' })
  })

  test('to a mail that is already decided says so, and does nothing more', async () => {
    const id = await hold()
    const [release, remove] = [await link('release', id), await link('delete', id)]
    await follow(release)
    expect(done(await check(remove))).toMatchObject({ action: 'delete', mail: { now: 'decided' } })
    expect(done(await follow(remove))).toMatchObject({ action: 'delete', outcome: 'decided' })
    expect(await stateOf(id)).toBe('releasing')
  })

  test('is written down in the owner’s record, as done by the holder of the link', async () => {
    const id = await hold()
    const { reference } = await follow(await link('release', id))
    const [row] =
      await house.owner`select mailbox, actor_kind, detail, outcome from audit_log where reference = ${reference} and phase = 'outcome'`
    expect({ ...row, detail: JSON.parse(row?.detail) }).toEqual({
      mailbox: lin.mailbox,
      actor_kind: 'anonymous',
      detail: { action: 'release', outcome: 'done' },
      outcome: 'done',
    })
  })
})

describe('T40 a link that was forwarded', () => {
  test('shows sender and subject, never the text', async () => {
    const id = await hold({
      subject: 'Grant',
      from: 'dean@elsewhere.example',
      raw: 'From: <a@b.example>\r\nSubject: Grant\r\n\r\nthe secret text\r\n',
    })
    const shown = done(await check(await link('release', id)))
    expect(shown).toEqual({
      action: 'release',
      mail: {
        from: { name: '', address: 'dean@elsewhere.example' },
        subject: 'Grant',
        heldAt: expect.any(Date),
        expiresAt: expect.any(Date),
        now: 'held',
      },
    })
  })

  test.each(['malware', 'phishing'] as const)('releases no %s', async (verdict) => {
    const id = await hold({ verdict })
    expect(done(await check(await link('release', id)))).toMatchObject({ mail: { now: 'helpdesk' } })
    expect(done(await check(await link('delete', id)))).toMatchObject({ mail: { now: 'held' } })
    for (const action of ['release', 'allow'] as const)
      expect(done(await follow(await link(action, id)))).toEqual({ action, outcome: 'helpdesk', allowed: null })
    expect(await stateOf(id)).toBe('held')
    expect(await house.owner`select from sender_rules`).toHaveLength(0)
  })
})

describe('unsubscribing', () => {
  test('stops digests and keeps the hour for later', async () => {
    done(await lin.call(setDigestOperation, { frequency: 'weekly', hour: 21, weekday: 5 }))
    expect(codeOf(await stop(await link('unsubscribe')))).toBe('done')
    expect(await show()).toMatchObject({ frequency: 'never', hour: 21, weekday: 5, next: null })
  })

  test('is answered alike when the provider asks again, but stops nothing that was chosen since', async () => {
    const token = await link('unsubscribe')
    expect([codeOf(await stop(token)), codeOf(await stop(token))]).toEqual(['done', 'done'])
    done(await lin.call(setDigestOperation, { frequency: 'daily', hour: 8, weekday: 1 }))
    expect(codeOf(await stop(token))).toBe('done')
    expect((await show()).frequency).toBe('daily')
  })
})
