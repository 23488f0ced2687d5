import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { insertSenderRule } from '#db/factories.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import type { Operation } from '#lib/platform/operation.ts'
import { codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import {
  checkSenderOperation,
  exportSendersOperation,
  importSendersOperation,
  listSendersOperation,
  previewImportOperation,
  putSendersOperation,
  removeSendersOperation,
} from './operations.ts'

let house: House
let people = 0
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const somebody = () => house.person(`user${++people}`)
const ZHAO = 'zhao@elsewhere.example'
const put = (person: Person, senders: string[], verdict = 'block', more = {}) =>
  person.call(putSendersOperation, { senders, verdict, ...more })
const listOf = async (person: Person) => done(await person.call(listSendersOperation))
const asFile = (text: string | Buffer, verdict = 'block') => ({ file: Buffer.from(text).toString('base64'), verdict })
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const auditOf = async (person: Person) => {
  const rows = await house.owner`
    select operation, detail from audit_log where mailbox = ${person.mailbox} and operation like 'sender-lists%' and phase = 'outcome' order by seq`
  return rows.map(({ operation, detail }) => [operation, JSON.parse(detail)])
}

describe('putting senders on a list', () => {
  test('the filter knows it when the answer comes, and the audit says whom', async () => {
    const lin = await somebody()
    expect(done(await put(lin, ['Zhao@Elsewhere.Example', 'x.example']))).toEqual({
      put: [ZHAO, '@x.example'],
      added: [ZHAO, '@x.example'],
      turned: [],
      refused: [],
      expiresAt: null,
      told: true,
    })
    expect(await house.mail.senderRules.verdictOf(lin.mailbox, 'anybody@x.example')).toBe('block')
    expect(await auditOf(lin)).toEqual([['sender-lists.put', { names: [ZHAO, '@x.example'], more: 0, verdict: 'block', expiry: null }]])
  })

  test('of many the audit names twenty and counts the rest', async () => {
    const lin = await somebody()
    done(
      await put(
        lin,
        Array.from({ length: 23 }, (_, n) => `s${n}@x.example`),
      ),
    )
    const [[, detail]] = (await auditOf(lin)) as [[string, { names: string[]; more: number }]]
    expect([detail.names.length, detail.more]).toEqual([20, 3])
  })

  test.each([
    ['oneself', (lin: Person) => [lin.mailbox], 'block', 'sender_is_self'],
    ['a colleague', () => ['wang@yunling.example'], 'allow', 'sender_own_domain'],
    ['one’s organisation', () => ['yunling.example'], 'allow', 'sender_own_domain'],
    ['a part of it', () => ['@lab.yunling.example'], 'allow', 'sender_own_domain'],
    ['the sender of security notices', () => ['no-reply@yunling.example'], 'block', 'sender_notices'],
    ['their domain', () => ['@yunling.example'], 'block', 'sender_notices'],
  ])('T27 %s is refused with its reason', async (_, whom, verdict, code) => {
    const lin = await somebody()
    expect(await put(lin, whom(lin), verdict)).toMatchObject({ ok: false, code, fields: ['senders'] })
    expect((await listOf(lin)).items).toEqual([])
  })

  test('T27 among others it is told, and the others are put', async () => {
    const lin = await somebody()
    expect(done(await put(lin, ['wang@yunling.example', ZHAO], 'allow'))).toMatchObject({ put: [ZHAO], refused: ['wang@yunling.example'] })
  })

  test.each([
    '*',
    '*@*',
    '@*',
    '*@elsewhere.example',
    '@cn',
    '@com.cn',
    'zhao',
    '',
    'a b@x.example',
    '赵@x.example',
    'zhao@x.example\n'.repeat(2),
  ])('T27 T30 %j is no sender', async (sender) => {
    expect(await put(await somebody(), [sender])).toMatchObject({ ok: false, code: 'invalid_input', fields: ['senders.0'] })
  })

  test('501 at once are too many, and 501 in all', async () => {
    const lin = await somebody()
    const some = (count: number) => Array.from({ length: count }, (_, n) => `s${n}@x.example`)
    expect(codeOf(await put(lin, some(501)))).toBe('invalid_input')
    done(await put(lin, some(500)))
    expect(await put(lin, [ZHAO])).toMatchObject({ ok: false, code: 'sender_limit', values: { most: 500, now: 500, over: 1 } })
  })

  test('F6 without the filter it is saved, and the list says that the filter has still to be told', async () => {
    const lin = await somebody()
    const away = async () => {
      throw new MailCoreError('timeout')
    }
    const on = { ...house, mail: { ...house.mail, senderRules: { replace: away, verdictOf: away, check: away } } }
    expect(done(await lin.call(putSendersOperation, { senders: [ZHAO], verdict: 'block' }, { on }))).toMatchObject({ told: false })
    expect(await listOf(lin)).toMatchObject({ told: false, items: [{ sender: ZHAO }] })
    await house.work()
    expect(await listOf(lin)).toMatchObject({ told: true })
  })
})

describe('a last day', () => {
  test('F11 counts to its end where the site is', async () => {
    const lin = await somebody()
    const day = dayIn(10)
    const { expiresAt } = done(await put(lin, [ZHAO], 'block', { expiresOn: day }))
    expect(expiresAt?.toISOString()).toBe(`${day}T15:59:59.000Z`)
    expect((await listOf(lin)).items).toMatchObject([{ sender: ZHAO, expiresAt }])
  })

  test.each([
    ['yesterday', dayIn(-2)],
    ['in eleven years', dayIn(11 * 366)],
  ])('%s is refused', async (_, expiresOn) => {
    expect(await put(await somebody(), [ZHAO], 'block', { expiresOn })).toMatchObject({ code: 'sender_expiry', fields: ['expiresOn'] })
  })

  test.each(['2027-02-30', 'tomorrow', '2027-1-1', '', 7, null])('T6 %j is none', async (expiresOn) => {
    expect(codeOf(await put(await somebody(), [ZHAO], 'block', { expiresOn }))).toBe('invalid_input')
  })

  test('what is over is not on the list', async () => {
    const lin = await somebody()
    await insertSenderRule(house.db, { mailbox: lin.mailbox, sender: ZHAO, verdict: 'block', expiresIn: '-1 second' })
    expect((await listOf(lin)).items).toEqual([])
    expect(done(await lin.call(checkSenderOperation, { sender: ZHAO })).rule).toBeNull()
  })
})

describe('the list', () => {
  test('the newest first, with the last hit and how each domain reads', async () => {
    const lin = await somebody()
    const { mailbox } = lin
    await insertSenderRule(house.db, { mailbox, sender: ZHAO, verdict: 'allow', createdAgo: '3 days', hitAgo: '1 hour' })
    await insertSenderRule(house.db, { mailbox, sender: '@xn--fsqu00a.example', verdict: 'block', createdAgo: '1 day' })
    const { items, most, told } = await listOf(lin)
    expect([most, told]).toEqual([500, true])
    expect(items).toMatchObject([
      { sender: '@xn--fsqu00a.example', unicode: '@例子.example', hits: 0, lastHitAt: null },
      { sender: ZHAO, unicode: null, hits: 1, lastHitAt: expect.any(Date) },
    ])
  })

  test('an address with another verdict than its domain is explained at both', async () => {
    const lin = await somebody()
    done(await put(lin, ['@x.example', 'spam@y.example', 'also@x.example'], 'block'))
    done(await put(lin, ['billing@x.example', 'office@x.example', '@y.example'], 'allow'))
    const of = new Map((await listOf(lin)).items.map((item) => [item.sender, [item.insteadOf, item.exceptions]]))
    expect(Object.fromEntries(of)).toEqual({
      '@x.example': [null, 2],
      'billing@x.example': ['@x.example', 0],
      'office@x.example': ['@x.example', 0],
      'also@x.example': [null, 0],
      '@y.example': [null, 1],
      'spam@y.example': ['@y.example', 0],
    })
  })

  test('the export is the same', async () => {
    const lin = await somebody()
    done(await put(lin, [ZHAO]))
    expect(done(await lin.call(exportSendersOperation))).toEqual(await listOf(lin))
  })
})

describe('taking senders off', () => {
  test('the next message obeys, and what it was can be put back', async () => {
    const lin = await somebody()
    done(await put(lin, [ZHAO, '@x.example'], 'allow', { expiresOn: dayIn(3) }))
    const { removed } = done(await lin.call(removeSendersOperation, { senders: [ZHAO, 'nobody@x.example'] }))
    expect(removed).toMatchObject([{ sender: ZHAO, verdict: 'allow', expiresAt: expect.any(Date) }])
    expect(await house.mail.senderRules.verdictOf(lin.mailbox, ZHAO)).toBeNull()
    expect((await listOf(lin)).items).toHaveLength(1)
  })

  test('T34 nobody takes off or learns what another listed', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    done(await put(wang, [ZHAO]))
    expect(codeOf(await lin.call(removeSendersOperation, { senders: [ZHAO] }))).toBe('not_found')
    expect(done(await lin.call(checkSenderOperation, { sender: ZHAO })).rule).toBeNull()
    for (const operation of [listSendersOperation, putSendersOperation, removeSendersOperation] as unknown as Operation[])
      expect(codeOf(await lin.call(operation, { mailbox: wang.mailbox, senders: [ZHAO], verdict: 'allow' }))).toBe('forbidden')
    expect((await listOf(wang)).items).toMatchObject([{ sender: ZHAO, verdict: 'block' }])
  })
})

describe('what would happen to mail from a sender', () => {
  test.each([
    ['billing@x.example', 'address', { sender: 'billing@x.example', verdict: 'allow' }, { sender: '@x.example', verdict: 'block' }],
    ['also@x.example', 'address', { sender: 'also@x.example', verdict: 'block' }, null],
    ['Other@X.example', 'domain', { sender: '@x.example', verdict: 'block' }, null],
    ['x.example', 'domain', { sender: '@x.example', verdict: 'block' }, null],
    ['other@lab.x.example', null, null, null],
  ])('%s', async (sender, by, rule, givesWay) => {
    const lin = await somebody()
    done(await put(lin, ['@x.example', 'also@x.example'], 'block'))
    done(await put(lin, ['billing@x.example'], 'allow'))
    expect(done(await lin.call(checkSenderOperation, { sender }))).toMatchObject({ by, rule, givesWay })
    const [row] = await house.owner`select verdict from sender_rule(${lin.mailbox}, ${[sender.toLowerCase()]})`
    if (sender.includes('@')) expect(row?.verdict ?? null).toBe(rule?.verdict ?? null)
  })
})

describe('bringing a list along', () => {
  test('the preview says what would come of it and changes nothing', async () => {
    const lin = await somebody()
    done(await put(lin, [ZHAO, 'same@x.example'], 'block'))
    const file = asFile(
      `sender,verdict,expires\n${ZHAO},allow,\nsame@x.example,block,\nnew@x.example,,\n*@x.example,block,\nwang@yunling.example,allow,\n` +
        `past@x.example,block,2020-01-01\n${lin.mailbox},block,\nx@x.example,perhaps,`,
    )
    expect(done(await lin.call(previewImportOperation, file))).toEqual({
      added: 1,
      same: 1,
      turned: { count: 1, senders: [ZHAO] },
      total: 3,
      most: 500,
      faulty: {
        count: 5,
        lines: [
          { line: 5, text: '*@x.example', fault: 'wildcard' },
          { line: 6, text: 'wang@yunling.example', fault: 'own_domain' },
          { line: 7, text: 'past@x.example', fault: 'day' },
          { line: 8, text: lin.mailbox, fault: 'self' },
          { line: 9, text: 'perhaps', fault: 'verdict' },
        ],
      },
    })
    expect((await listOf(lin)).items).toHaveLength(2)
    expect((await auditOf(lin)).map(([operation]) => operation)).toEqual(['sender-lists.put'])
  })

  test('all that can be read is put, each with its own verdict and last day', async () => {
    const lin = await somebody()
    const day = dayIn(30)
    const text = `发件人,处理,到期\n${ZHAO},允许,${day}\n@x.example,屏蔽,\nfoo,屏蔽,`
    expect(done(await lin.call(importSendersOperation, asFile(text)))).toEqual({ added: 2, turned: 0, faulty: 1, told: true })
    const items = (await listOf(lin)).items.map(({ sender, verdict, expiresAt }) => [sender, verdict, expiresAt?.toISOString()])
    expect(items).toEqual([
      ['@x.example', 'block', undefined],
      [ZHAO, 'allow', `${day}T15:59:59.000Z`],
    ])
    expect(await auditOf(lin)).toEqual([['sender-lists.import', { names: [ZHAO, '@x.example'], more: 0 }]])
  })

  test('T31 one in GBK and one in UTF-16 read alike', async () => {
    const lin = await somebody()
    const gbk = Buffer.from('b7a2bcfec8cb0a7a68616f40656c736577686572652e6578616d706c650a', 'hex')
    for (const file of [gbk, Buffer.from(`\uFEFF发件人\n${ZHAO}\n`, 'utf16le')])
      expect(done(await lin.call(previewImportOperation, asFile(file)))).toMatchObject({ added: 1, faulty: { count: 0 } })
  })

  test('T31 one that would be too long changes nothing, and so does an empty one', async () => {
    const lin = await somebody()
    done(await put(lin, [ZHAO]))
    const many = asFile(Array.from({ length: 500 }, (_, n) => `s${n}@x.example`).join('\n'))
    expect(done(await lin.call(previewImportOperation, many))).toMatchObject({ total: 501, most: 500 })
    expect(await lin.call(importSendersOperation, many)).toMatchObject({ code: 'sender_limit', values: { over: 1 } })
    expect(codeOf(await lin.call(importSendersOperation, asFile('# nothing\nfoo')))).toBe('sender_file_empty')
    expect((await listOf(lin)).items).toHaveLength(1)
  })

  test('T31 over 100 KB is refused', async () => {
    const lin = await somebody()
    const line = `${'x'.repeat(49)}@x.example\n`
    expect(codeOf(await lin.call(previewImportOperation, asFile(line.repeat(1_600))))).toBe('done')
    expect(codeOf(await lin.call(previewImportOperation, asFile(line.repeat(1_700))))).toBe('invalid_input')
  })
})

test('T27 a person who blocks all they can still gets every security notice', async () => {
  const lin = await somebody()
  done(await put(lin, ['helpdesk@yunling.example', 'wang@yunling.example', '@elsewhere.example']))
  expect(codeOf(await put(lin, ['no-reply@yunling.example']))).toBe('sender_notices')
  const { enqueueNotice } = await import('#lib/platform/notices/enqueue.ts')
  await enqueueNotice(house.db, { mailbox: lin.mailbox, kind: 'app_passwords_suspended', params: {} })
  await house.work()
  const mails = await house.owner`select from_address from mailbox_messages where address = ${lin.mailbox} and folder = 'INBOX'`
  expect(mails.map((row) => row.from_address)).toEqual(['no-reply@yunling.example'])
})
