import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addressBooks, HEADS, withMail } from '#lib/platform/testing/address-books.ts'
import { everyCell, placesOf } from '#lib/platform/testing/dump.ts'
import { fewerOf, naughtyStrings } from '#lib/platform/testing/hostile.ts'
import { codeOf, done, type House, testHouse } from '#lib/platform/testing/house.ts'
import * as contacts from './operations.ts'
import { MOST_BYTES } from './schema.ts'

let house: House
const { somebody, save, all, names, upload, start, run, report, bringIn } = addressBooks(() => house)
beforeAll(async () => {
  house = await testHouse()
})
beforeEach(() => house.forgetLimits())

const FRIENDS = `${HEADS}\r\n林晓云,lin@partner.example,13800138000,伙伴\r\n王芳,wang@partner.example,,\r\n没有,,,\r\n坏,nobody.example,,\r\n王芳,wang@partner.example,,\r\n`

describe('a preview', () => {
  test('tells how the file is read and what would come of it, and changes nothing', async () => {
    const lin = await somebody()
    await save(lin, withMail('Wang', 'wang@partner.example', { phones: [{ kind: 'mobile', number: '13900139000' }] }))
    await save(lin, withMail('Lin', 'LIN@partner.example'))
    const file = await upload(lin, FRIENDS)
    const found = done(await lin.call(contacts.previewFileOperation, { file }))
    expect(found).toMatchObject({
      name: 'friends.csv',
      dialect: 'foxmail',
      charset: 'utf-8',
      heads: true,
      rows: 5,
      fresh: 0,
      duplicates: 2,
    })
    expect(found.columns.map(({ head, field }) => [head, field])).toMatchObject([
      ['姓名', 'name'],
      ['电子邮件地址', expect.stringMatching(/^email/)],
      ['手机', 'phone.mobile'],
      ['公司', 'organisation'],
    ])
    expect(found.example).toEqual({ name: 'Lin', fills: expect.arrayContaining(['organisation', 'phones']) })
    expect(found.faults.map(({ row, fault }) => [row, fault])).toEqual([
      [4, 'no_contact'],
      [5, 'bad_address'],
      [6, 'repeated'],
    ])
    expect(await names(lin)).toEqual(['Lin', 'Wang'])
  })

  test('T31 a charset and columns put right by hand count, the same on the API and on the page', async () => {
    const lin = await somebody()
    const file = await upload(lin, Buffer.from('c2edb7bc2c77616e6740706172746e65722e6578616d706c650d0a', 'hex'))
    const mapping = ['nickname', 'email.work']
    const byPage = done(await lin.call(contacts.previewFileOperation, { file, charset: 'gb18030', mapping, heads: false }))
    expect(byPage.first).toMatchObject([{ nickname: '马芳', emails: [{ address: 'wang@partner.example' }] }])
    const asked = { file, charset: 'gb18030', mapping: mapping.join(), heads: 'false' }
    expect(done(await lin.call(contacts.previewFileOperation, asked))).toEqual(byPage)
  })

  test('T31 of what is no address book says why, and a file that is too large is told the limit', async () => {
    const lin = await somebody()
    const file = await upload(lin, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]), 'friends.csv')
    expect(await lin.call(contacts.previewFileOperation, { file })).toMatchObject({
      code: 'contact_file_refused',
      values: { kind: 'archive' },
    })
    const content = Buffer.alloc(MOST_BYTES + 1, 'x').toString('base64')
    const large = await lin.call(contacts.uploadFileOperation, { name: 'large.csv', content })
    expect(large).toMatchObject({ code: 'too_large', values: { most: 5 } })
  })
})

describe('an import', () => {
  test('brings in every row that can be read into its group, and tells of each other row why not', async () => {
    const lin = await somebody()
    const told = await bringIn(lin, [FRIENDS], { group: '伙伴' })
    expect(told).toMatchObject({ state: 'done', total: 5, done: 5, added: 2, changed: 0, skipped: 0, faulty: 3, waiting: false })
    expect(told.files).toMatchObject([{ name: 'friends.csv', group: '伙伴', rows: 5, faulty: 3 }])
    expect(told.files[0]?.faults.map(({ row, fault }) => [row, fault])).toEqual([
      [4, 'no_contact'],
      [5, 'bad_address'],
      [6, 'repeated'],
    ])
    expect(await all(lin)).toMatchObject([
      { name: '林晓云', organisation: '伙伴', groups: ['伙伴'], phones: [{ kind: 'mobile', number: '13800138000' }] },
      { name: '王芳', groups: ['伙伴'] },
    ])
    expect(done(await lin.call(contacts.listImportsOperation)).imports).toMatchObject([{ id: told.id }])
  })

  test('gives back the rows that were left out as a file with the reasons, which can be imported once it is mended', async () => {
    const lin = await somebody()
    const { id } = await bringIn(lin, [FRIENDS])
    const file = done(await lin.call(contacts.leftOutOperation, { id }))
    expect(file).toMatchObject({ count: 3, fileName: expect.stringMatching(/\.csv$/) })
    const text = Buffer.from(file.content, 'base64').toString('utf8')
    expect(text).toContain('Mail incomplete')
    const mended = await bringIn(lin, [text.replace('nobody.example', 'nobody@partner.example')])
    expect(mended).toMatchObject({ added: 1, faulty: 1 })
    expect(await names(lin)).toContain('坏')
  })

  test.each([
    ['merge', { added: 1, changed: 1, skipped: 0 }, [{ name: 'Wang', organisation: 'Old', emails: [{}], phones: [{}] }]],
    ['skip', { added: 1, changed: 0, skipped: 1 }, [{ name: 'Wang', organisation: 'Old', phones: [] }]],
    ['replace', { added: 1, changed: 1, skipped: 0 }, [{ name: '王芳', organisation: 'New', phones: [{}] }]],
    ['keep', { added: 2, changed: 0, skipped: 0 }, [{ name: 'Wang' }, { name: '王芳', organisation: 'New' }]],
  ] as const)('that meets somebody known does with them as was chosen: %s', async (duplicates, counts, expected) => {
    const lin = await somebody()
    await save(lin, withMail('Wang', 'wang@partner.example', { organisation: 'Old' }))
    const text = `${HEADS}\n王芳,wang@partner.example,13900139000,New\nZoe,zoe@partner.example,,\n`
    expect(await bringIn(lin, [text], { duplicates })).toMatchObject(counts)
    const found = (await all(lin)).filter(({ name }) => name !== 'Zoe')
    expect(found).toMatchObject(expected)
    expect(found).toHaveLength(expected.length)
  })

  test('finds the same person within a file and in the file before it', async () => {
    const lin = await somebody()
    const one = `${HEADS}\nWang,wang@partner.example,,\n,wang@partner.example,13900139000,\n`
    const two = `${HEADS}\nWang,wang@partner.example,,Partner\n`
    expect(await bringIn(lin, [one, two])).toMatchObject({ total: 3, added: 1, changed: 2, skipped: 0, faulty: 0 })
    expect(await all(lin)).toMatchObject([{ name: 'Wang', organisation: 'Partner', phones: [{}] }])
  })

  test('T28 brings in naughty strings or says why not, whatever they mean to a database', async () => {
    const lin = await somebody()
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const strings = fewerOf(naughtyStrings())
    const rows = strings.map((text, n) => `${cell(text)},n${n}@partner.example,,${cell(text)}`)
    const { state, added, faulty, total } = await bringIn(lin, [`${HEADS}\r\n${rows.join('\r\n')}\r\n`], {
      group: "'; drop table contacts; --",
    })
    expect(state).toBe('done')
    expect(added + faulty).toBe(total)
    expect(added).toBeGreaterThan(strings.length / 2)
  })

  test('comes after the one that is under way, and takes files of the caller’s own only', async () => {
    const [lin, wang] = [await somebody(), await somebody()]
    const id = await start(lin, [FRIENDS])
    const [taken] = await house.owner`select id from contact_files where import = ${id}`
    expect(codeOf(await lin.call(contacts.previewFileOperation, { file: taken?.id }))).toBe('not_found')
    const file = await upload(lin, FRIENDS)
    const wish = { files: [{ file, group: null }], duplicates: 'merge' }
    expect(codeOf(await lin.call(contacts.importFilesOperation, wish))).toBe('contact_import_running')
    expect(codeOf(await wang.call(contacts.importFilesOperation, wish))).toBe('not_found')
    expect(codeOf(await wang.call(contacts.previewFileOperation, { file }))).toBe('not_found')
    await run(lin, id)
    done(await lin.call(contacts.importFilesOperation, wish))
  })

  test('is refused when the address book would become too full', async () => {
    const lin = await somebody()
    const file = await upload(lin, FRIENDS)
    const on = { ...house, mail: { ...house.mail, addressBook: { ...house.mail.addressBook, count: async () => 19_999 } } }
    const wish = { files: [{ file, group: null }], duplicates: 'merge' }
    const refused = await lin.call(contacts.importFilesOperation, wish, { on })
    expect(refused).toMatchObject({ code: 'contact_limit', values: { over: 1 } })
  })
})

describe('what is kept', () => {
  test('of a file ends with its import, and of an import after seven days', async () => {
    const lin = await somebody()
    const word = 'Wortlaut'
    const { id } = await bringIn(lin, [`${HEADS}\n${word},,,\nZoe,zoe@partner.example,,\n`])
    await upload(lin, `${HEADS}\n${word},,,\n`)
    const { retentionJobs } = await import('#lib/platform/retention.ts')
    const places = async () => [...new Set(placesOf(await everyCell(house.owner), word))].sort()
    expect(await places()).toEqual(['contact_files.content', 'contact_import_rows.cells', 'contact_imports.files'])
    await house.later('25 hours')
    await retentionJobs.tasks['retention.forget']?.({}, house)
    expect(await places()).toEqual(['contact_import_rows.cells', 'contact_imports.files'])
    await lin.signIn()
    expect(await report(lin, id)).toMatchObject({ added: 1 })
    await house.later('6 days')
    await retentionJobs.tasks['retention.forget']?.({}, house)
    expect(await places()).toEqual([])
    await lin.signIn()
    expect(codeOf(await lin.call(contacts.showImportOperation, { id }))).toBe('not_found')
    expect(await names(lin)).toEqual(['Zoe'])
  })

  test('of files that nobody imports is the newest twenty', async () => {
    const lin = await somebody()
    const files = []
    for (let n = 0; n < 21; n++) files.push(await upload(lin, `${HEADS}\nA${n},a${n}@partner.example,,\n`))
    const codes = []
    for (const file of files) codes.push(codeOf(await lin.call(contacts.previewFileOperation, { file })))
    expect(codes).toEqual(['not_found', ...Array(20).fill('done')])
  })

  test('in the audit is counts, file names and groups, nothing of the people', async () => {
    const lin = await somebody()
    await bringIn(lin, [`${HEADS}\nGeheimrat,geheimrat@partner.example,13700137000,\n`])
    const audited = (await everyCell(house.owner)).filter(({ place }) => place.startsWith('audit_log'))
    for (const word of ['Geheimrat', 'geheimrat@partner.example', '13700137000']) expect(placesOf(audited, word)).toEqual([])
    expect(placesOf(audited, 'friends.csv')).not.toEqual([])
  })
})
