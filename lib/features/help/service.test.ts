import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decideRequestOperation, showRequestOperation } from '#lib/features/requests/operations.ts'
import { listSessionsOperation } from '#lib/features/sso/operations.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { enqueue } from '#lib/platform/jobs.ts'
import { naughtyStrings } from '#lib/platform/testing/hostile.ts'
import { anonymous, codeOf, done, type House, type Person, REQUEST, testHouse } from '#lib/platform/testing/house.ts'
import { lettersTo } from '#lib/platform/testing/letters.ts'
import * as help from './operations.ts'

const HELPDESK = 'service@yunling.example'
const CONTACTS = { hotlineZh: '校内6120', hotlineEn: '6120 on campus', hoursZh: '每天24小时', hoursEn: '24 hours a day', mail: HELPDESK }

let house: House
let admin: Person
beforeAll(async () => {
  house = await testHouse()
  admin = await house.person('admin', { groups: ['mail-admins'] })
  await house.person('service')
})
beforeEach(async () => {
  await house.forgetLimits()
  // A test may have moved the clocks past the end of the session.
  await admin.signIn({ groups: ['mail-admins'] })
  done(await admin.call(help.setContactsOperation, CONTACTS))
})

let people = 0
const somebody = () => house.person(`user${++people}`)
const write = (person: Person, input: object = {}) =>
  person.call(help.writeMessageOperation, { topic: 'received', text: 'Nothing arrives.', ...input })
const lettersAbout = async (reference: string) => (await lettersTo(house, HELPDESK)).filter(({ subject }) => subject?.includes(reference))

describe('Contacts', () => {
  test('set by an administrator they are on every page at once, and what is left out is gone', async () => {
    const shown = async () => done(await help.showContactsOperation.execute(anonymous(), {}, house))
    expect(await shown()).toEqual({
      hotline: { zh: '校内6120', en: '6120 on campus' },
      hours: { zh: '每天24小时', en: '24 hours a day' },
      ...{ mobile: '', mail: HELPDESK },
    })
    done(await admin.call(help.setContactsOperation, { mobile: '138 7100 6120' }))
    expect(await shown()).toMatchObject({ hotline: { zh: '', en: '' }, mobile: '138 7100 6120', mail: '' })
  })

  test('T45 the audit keeps what stood there before', async () => {
    done(await admin.call(help.setContactsOperation, { ...CONTACTS, hotlineZh: '校内6121' }))
    const [row] = await house.owner`
      select detail from audit_log where operation = 'help.set-contacts' and phase = 'outcome' order by seq desc limit 1`
    expect(JSON.parse(row?.detail)).toMatchObject({ hotline: '校内6121', hotlineBefore: '校内6120' })
  })

  test('T45 the audit keeps the English hotline and the hours, too: whoever exchanges one has its callers', async () => {
    done(await admin.call(help.setContactsOperation, { ...CONTACTS, hotlineEn: '6666 on campus', hoursEn: 'At night' }))
    const [row] = await house.owner`
      select detail from audit_log where operation = 'help.set-contacts' and phase = 'outcome' order by seq desc limit 1`
    expect(JSON.parse(row?.detail)).toMatchObject({
      ...{ hotlineEn: '6666 on campus', hotlineEnBefore: '6120 on campus', hours: '每天24小时', hoursBefore: '每天24小时' },
      ...{ hoursEn: 'At night', hoursEnBefore: '24 hours a day' },
    })
  })

  test('T33 no address or line of them breaks out of its line', async () => {
    for (const text of naughtyStrings().filter((text) => /[\p{Cc}\p{Cf}]/u.test(text.trim())))
      expect(codeOf(await admin.call(help.setContactsOperation, { hotlineZh: text })), JSON.stringify(text)).toBe('invalid_input')
  })
})

describe('A message to the helpdesk', () => {
  test('arrives there as a mail that answers to the person, with what they let go along', async () => {
    const lin = await somebody()
    const recent = (await lin.call(listSessionsOperation, { mailbox: admin.mailbox })).reference
    const facts = done(await lin.call(help.prepareMessageOperation))
    expect(facts).toMatchObject({
      address: lin.mailbox,
      browser: 'Safari · macOS',
      open: true,
      recent: [{ reference: recent, operation: 'sso.list' }],
    })

    const input = { text: '来信没有到。\r\n\n第二段 <b>', about: 'ph_abcdefgh23', page: '/received', recent: [recent], browser: true }
    const { reference } = done(await write(lin, input))
    await house.work()
    const [letter, ...more] = await lettersAbout(reference)
    expect(more).toEqual([])
    expect(letter).toMatchObject({
      subject: `Help ${reference} ph_abcdefgh23: Incoming mail, spam`,
      to: [{ address: HELPDESK }],
      replyTo: [{ address: lin.mailbox }],
    })
    for (const told of ['来信没有到。\n\n第二段 <b>', reference, 'ph_abcdefgh23', '/received', 'Safari · macOS', recent, lin.mailbox])
      expect(letter?.text).toContain(told)
    expect(letter?.html).toContain('第二段 &lt;b&gt;')
    expect(letter?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('no')

    const [receipt] = (await lettersTo(house, lin.mailbox)).slice(-1)
    expect(receipt?.subject).toContain(reference)
    const [row] = await house.owner`select state, mail, topic, body from help_messages where mailbox = ${lin.mailbox}`
    expect(row).toEqual({ state: 'open', mail: 'sent', topic: 'received', body: '来信没有到。\n\n第二段 <b>' })
  })

  test('is not refused for signs that nobody sees: what was pasted with them arrives without them', async () => {
    const lin = await somebody()
    done(await write(lin, { text: ' first\u000bsecond\u2028third\u001b[0m\r\n\tl\u202east\u2069 ' }))
    const [row] = await house.owner`select body from help_messages where mailbox = ${lin.mailbox}`
    expect(row?.body).toBe('first\nsecond\nthird[0m\n\tlast')
    for (const text of [' \u001b\v', 'a\u0000b', '\ud800']) expect(codeOf(await write(lin, { text }))).toBe('invalid_input')
  })

  test('waits in the queue of the helpdesk as well, with its words and its number, and is closed when it is answered', async () => {
    const [lin, agent] = [await somebody(), await house.person('chen.jing', { groups: ['helpdesk'] })]
    const { reference } = done(await write(lin, { text: 'Line one.\nLine two.', page: '/received' }))
    const [{ id } = { id: '' }] = await house.owner`select id from staff_requests where mailbox = ${lin.mailbox}`
    expect(done(await agent.call(showRequestOperation, { mailbox: lin.mailbox, id }))).toMatchObject({
      ...{ kind: 'message', words: 'Line one.\nLine two.', requestedBy: null },
      message: { reference, topic: 'received', page: '/received', about: null, browser: null, recent: [] },
    })
    done(await agent.call(decideRequestOperation, { mailbox: lin.mailbox, id, decision: 'answer', words: 'It is there now' }))
    expect(await house.owner`select state from help_messages where reference = ${reference}`).toEqual([{ state: 'closed' }])

    done(await write(agent))
    expect(await house.owner`select from staff_requests where mailbox = ${agent.mailbox}`).toEqual([])
  })

  test('tells nothing of what the person has unticked', async () => {
    const lin = await somebody()
    const { reference } = done(await write(lin))
    await house.work()
    const [letter] = await lettersAbout(reference)
    expect(letter?.text).not.toMatch(/Browser|Page|Reference of what/)
  })

  test('F3 a crash between delivery and its record sends the same mail again, octet for octet', async () => {
    const lin = await somebody()
    const { reference } = done(await write(lin))
    await house.work()
    const [first] = await lettersAbout(reference)
    await house.owner`update help_messages set mail = 'queued', sent_at = null where reference = ${reference}`
    const [{ id } = { id: '' }] = await house.owner`select id from help_messages where reference = ${reference}`
    await enqueue(house.db, 'help.send', { messageId: id })
    await house.work()
    const letters = await lettersAbout(reference)
    expect(letters.map(({ raw }) => raw.toString())).toEqual([first, first].map((letter) => letter?.raw.toString()))
    await enqueue(house.db, 'help.send', { messageId: id })
    await house.work()
    expect(await lettersAbout(reference)).toHaveLength(2)
  })

  test('F3 a mail system that is away keeps it queued, and it arrives later', async () => {
    const lin = await somebody()
    const { reference } = done(await write(lin))
    const { helpJobs } = await import('./jobs.ts')
    const [row] = await house.owner`select id from help_messages where reference = ${reference}`
    const append = () => Promise.reject(new MailCoreError('unreachable'))
    const away = { db: house.db, mail: { ...house.mail, mailbox: { ...house.mail.mailbox, append } } }
    await expect(helpJobs.tasks['help.send']?.({ messageId: row?.id }, away)).rejects.toThrow(MailCoreError)
    expect(await lettersAbout(reference)).toEqual([])
    await house.work()
    expect(await lettersAbout(reference)).toHaveLength(1)
  })

  test('T33 no text, number or page puts a header into the mail', async () => {
    const lin = await somebody()
    for (const text of naughtyStrings()) {
      for (const field of ['about', 'page', 'topic']) {
        const input = { mailbox: lin.mailbox, topic: 'received', text: 'x', [field]: text }
        if (help.writeMessageOperation.input.safeParse(input).success) expect(text, field).toMatch(/^[\w@/.-]+$/)
      }
    }
    const { reference } = done(await write(lin, { text: 'a\r\n\r\nBcc: everybody@yunling.example\r\nSubject: forged' }))
    await house.work()
    const [letter] = await lettersAbout(reference)
    expect([letter?.to?.map(({ address }) => address), letter?.cc, letter?.bcc]).toEqual([[HELPDESK], undefined, undefined])
    expect(letter?.headers.filter(({ key }) => key === 'subject')).toHaveLength(1)
    expect(letter?.text).toContain('Bcc: everybody@yunling.example')
  })

  test('five an hour, and not a sixth', async () => {
    const lin = await somebody()
    for (let n = 0; n < 5; n++) done(await write(lin))
    expect(codeOf(await write(lin))).toBe('rate_limited')
    await house.later('61 minutes')
    await lin.signIn()
    expect(codeOf(await write(lin))).toBe('done')
  })

  test('is sent once under one key, however often its answer got lost', async () => {
    const lin = await somebody()
    const again = () => lin.call(help.writeMessageOperation, { topic: 'other', text: 'x' }, { idempotencyKey: 'k1' })
    expect([codeOf(await again()), codeOf(await again())]).toEqual(['done', 'already_done'])
    expect(await house.owner`select from help_messages where mailbox = ${lin.mailbox}`).toHaveLength(1)
  })

  test('is refused where the site has named no address for it', async () => {
    const lin = await somebody()
    done(await admin.call(help.setContactsOperation, { hotlineZh: '6120' }))
    expect(done(await lin.call(help.prepareMessageOperation)).open).toBe(false)
    expect(codeOf(await write(lin))).toBe('helpdesk_no_mail')
  })

  test('T34 cannot be written in the name of another', async () => {
    const lin = await somebody()
    expect(codeOf(await write(lin, { mailbox: admin.mailbox }))).toBe('forbidden')
  })
})

describe('Articles', () => {
  test('are found and read without a session, in the language of the browser', async () => {
    const ask = (locale: 'zh-CN' | 'en') => anonymous({ ...REQUEST, locale })
    const found = async (locale: 'zh-CN' | 'en', text: string) =>
      done(await help.searchHelpOperation.execute(ask(locale), { text }, house)).articles[0]
    expect(await found('en', '收不到邮件')).toMatchObject({
      slug: 'did-it-arrive',
      group: 'mail',
      title: 'No mail arrives: see where it went',
    })
    expect(await found('zh-CN', 'no mail arrives')).toMatchObject({ title: '收不到邮件：查一查它到了哪里' })
    const article = done(await help.readArticleOperation.execute(ask('en'), { slug: 'did-it-arrive' }, house))
    expect(article).toMatchObject({ title: 'No mail arrives: see where it went', pages: ['/received'] })
    expect(article.blocks[0]).toMatchObject({ kind: 'paragraph' })
    expect(codeOf(await help.readArticleOperation.execute(ask('en'), { slug: 'constructor' }, house))).toBe('not_found')
  })
})
