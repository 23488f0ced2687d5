import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectSql, type Sql } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { type CarddavServer, radicaleMissing, startRadicale } from '#deploy/counterparts/radicale.ts'
import { carddavAddressBook } from './carddav.ts'
import { describeAddressBook } from './contract.ts'
import type { AddressBook, Contact, ContactCard } from './port.ts'
import { card, FULL } from './testing/cards.ts'
import { readVcards, writeVcard } from './vcard.ts'

const missing = radicaleMissing()
if (missing) console.warn(`Tests with a CardDAV server are skipped. ${missing}`)

const LIN = { address: 'lin@yunling.example', password: 'lin-Password-1' }
const ZHAO = { address: 'zhao@yunling.example', password: 'zhao-Password-1' }

const folder = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'posthouse-carddav-'))
  // Root starts the server as another user, who has to enter here.
  chmodSync(dataDir, 0o755)
  return dataDir
}

describe.skipIf(missing)('Radicale', () => {
  let dataDir: string
  let server: CarddavServer
  let database: TestDatabase
  let sql: Sql
  let book: AddressBook

  beforeAll(async () => {
    dataDir = folder()
    server = await startRadicale({ dataDir, users: [LIN, ZHAO] })
    database = await createTestDatabase()
    sql = connectSql(database.url)
    book = carddavAddressBook(settings())
  })
  afterAll(async () => {
    await server?.stop()
    await sql?.end()
    await database?.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const settings = () => ({
    sql,
    url: `${server.url}/{mailbox}/`,
    user: server.user,
    password: server.password,
    freshMs: 0,
    patienceMs: 20_000,
  })

  /** Another client of the same person. */
  const client = (path: string, method: string, body?: string, headers: Record<string, string> = {}, who = LIN) =>
    fetch(`${server.url}/${who.address}/contacts/${path}`, {
      method,
      body,
      headers: { authorization: `Basic ${Buffer.from(`${who.address}:${who.password}`).toString('base64')}`, ...headers },
    })
  const put = async (name: string, text: string) => {
    const { status } = await client(name, 'PUT', text, { 'content-type': 'text/vcard' })
    expect(status).toBe(201)
  }
  const vcard = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')
  const create = async (one: ContactCard) => {
    const id = randomUUID()
    await book.apply(LIN.address, [{ kind: 'create', id, card: one }])
    return (await book.read(LIN.address, id)) as Contact
  }
  const named = async (text: string) => (await book.list(LIN.address, { text, limit: 10 })).contacts

  describeAddressBook('carddav', async () => {
    const away = { ...settings(), url: 'http://127.0.0.1:1/{mailbox}/' }
    return { addressBook: carddavAddressBook({ ...settings(), freshMs: undefined }), unreachable: carddavAddressBook(away) }
  })

  test('Another client reads what the portal writes, and the portal what that one writes', async () => {
    const mine = await create(FULL)
    const read = await client(`${mine.id}.vcf`, 'GET')
    expect(read.headers.get('etag')).toBe(mine.version)
    expect(readVcards(await read.text())[0]?.card).toEqual(FULL)

    await put('from phone.vcf', vcard('UID:p1', 'FN:王芳', 'N:王;芳;;;', 'TEL;TYPE=CELL:13900139000', 'CATEGORIES:手机'))
    const [theirs] = await named('wangfang')
    expect(theirs).toMatchObject({ name: '王芳', groups: ['手机'], phones: [{ kind: 'mobile', number: '13900139000' }] })
    expect(await book.read(LIN.address, theirs?.id ?? '')).toEqual(theirs)
    await client('from%20phone.vcf', 'DELETE')
    expect(await named('wangfang')).toEqual([])
  })

  test('T34 a person’s own account opens nobody else’s book', async () => {
    const mine = await create(FULL)
    expect((await client(`${mine.id}.vcf`, 'GET', undefined, {}, { ...ZHAO, address: LIN.address })).status).toBe(401)
    const answer = await fetch(`${server.url}/${LIN.address}/contacts/${mine.id}.vcf`, {
      headers: { authorization: `Basic ${Buffer.from(`${ZHAO.address}:${ZHAO.password}`).toString('base64')}` },
    })
    expect(answer.status).toBe(403)
  })

  test('A change keeps what the portal does not know of', async () => {
    const photo = Buffer.alloc(90_000, 7).toString('base64')
    await put(
      'photo.vcf',
      vcard('UID:photo', 'FN:Photo One', 'N:One;Photo;;;', `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`, 'X-OWN:kept', 'NOTE:a'),
    )
    const [contact] = (await named('Photo One')) as [Contact]
    const { id, version, ...shown } = contact
    const changed = { ...shown, note: 'b', groups: ['G'] }
    expect(await book.apply(LIN.address, [{ kind: 'update', id, version, card: changed }])).toMatchObject([{ outcome: 'done' }])
    const text = (await (await client('photo.vcf', 'GET')).text()).replace(/\r?\n[ \t]/g, '')
    expect(text).toContain(photo)
    expect(text).toContain('X-OWN:kept')
    expect(readVcards(text)[0]).toMatchObject({ card: changed, uid: 'photo' })
  })

  test('A contact that is put back has again what the portal does not know of, its UID and its groups', async () => {
    const photo = Buffer.alloc(90_000, 8).toString('base64')
    await put('back.vcf', vcard('UID:back', 'FN:Back One', 'N:One;Back;;;', `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`, 'X-OWN:kept'))
    await put(
      'circle.vcf',
      vcard('UID:circle', 'FN:Circle', 'N:Circle;;;;', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:back'),
    )
    const [contact] = (await named('Back One')) as [Contact]
    const { id, version, ...shown } = contact
    expect(shown.groups).toEqual(['Circle'])
    await book.apply(LIN.address, [{ kind: 'remove', id, version }])
    expect((await client('back.vcf', 'GET')).status).toBe(404)
    expect(await book.apply(LIN.address, [{ kind: 'create', id, card: shown }])).toMatchObject([{ outcome: 'done' }])
    const text = (await (await client('back.vcf', 'GET')).text()).replace(/\r?\n[ \t]/g, '')
    expect(text).toContain(photo)
    expect(text).toContain('X-OWN:kept')
    expect(text).not.toContain('CATEGORIES')
    expect(readVcards(text)[0]).toMatchObject({ uid: 'back' })
    expect(await named('Back One')).toMatchObject([shown])
  })

  test('What another client changed meanwhile is a conflict, and is shown', async () => {
    const mine = await create(card('Meanwhile'))
    await client(`${mine.id}.vcf`, 'PUT', writeVcard(card('Meanwhile too'), { version: '3.0', uid: mine.id }), {
      'content-type': 'text/vcard',
    })
    const slow = carddavAddressBook({ ...settings(), freshMs: 60_000 })
    const change = { kind: 'update', id: mine.id, version: mine.version, card: card('Mine') } as const
    expect(await slow.apply(LIN.address, [change])).toEqual([{ id: mine.id, outcome: 'conflict' }])
    expect(await slow.read(LIN.address, mine.id)).toMatchObject({ name: 'Meanwhile too' })
  })

  test('Groups that are cards of their own name their members, are renamed and left', async () => {
    await put('m1.vcf', vcard('UID:M1', 'FN:Member One', 'N:One;;;;'))
    await put('m2.vcf', vcard('UID:m2', 'FN:Member Two', 'N:Two;;;;', 'CATEGORIES:Own'))
    const apple = ['X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:M1', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:m2']
    await put('team.vcf', vcard('UID:team', 'N:Team;;;;', 'FN:Team', ...apple))
    const groupsOf = async (text: string) => (await named(text))[0]?.groups
    expect(await groupsOf('Member One')).toEqual(['Team'])
    expect(await groupsOf('Member Two')).toEqual(['Own', 'Team'])
    expect((await named('Team')).map(({ name }) => name)).toEqual([])

    const [one] = (await named('Member One')) as [Contact]
    const { id, version, ...shown } = one
    await book.apply(LIN.address, [{ kind: 'update', id, version, card: { ...shown, note: 'new' } }])
    expect(await (await client('m1.vcf', 'GET')).text()).not.toContain('CATEGORIES')
    await book.renameGroup(LIN.address, 'Team', 'Crew')
    expect(await groupsOf('Member One')).toEqual(['Crew'])
    expect(await (await client('team.vcf', 'GET')).text()).toContain('FN:Crew')

    await book.apply(LIN.address, [{ kind: 'update', id, card: { ...shown, groups: [] } }])
    expect(await groupsOf('Member One')).toEqual([])
    expect(await groupsOf('Member Two')).toEqual(['Own', 'Crew'])
    await book.renameGroup(LIN.address, 'Crew', null)
    expect(await groupsOf('Member Two')).toEqual(['Own'])
    expect((await client('team.vcf', 'GET')).status).toBe(404)
  })

  test('A token that the server refuses, and a book that was taken away, are found again from the beginning', async () => {
    const mine = await create(card('Kept there'))
    await sql`update contact_books set sync_token = 'http://radicale.org/ns/sync/nope' where mailbox = ${LIN.address}`
    await client(`${mine.id}.vcf`, 'DELETE')
    expect(await named('Kept there')).toEqual([])
    await create(card('Gone with the book'))
    await client('', 'DELETE')
    expect(await book.count(LIN.address, {})).toBe(0)
    expect(await create(card('In the new book'))).toMatchObject({ name: 'In the new book' })
  })

  test('A second database has its own copy, from the beginning', async () => {
    await create(card('Known'))
    const other = await createTestDatabase()
    const otherSql = connectSql(other.url)
    const elsewhere = carddavAddressBook({ ...settings(), sql: otherSql })
    expect(await elsewhere.count(LIN.address, {})).toBe(await book.count(LIN.address, {}))
    await otherSql.end()
    await other.drop()
  })

  test('A service account with a wrong password is refused', async () => {
    const wrong = carddavAddressBook({ ...settings(), password: 'wrong' })
    await expect(wrong.list(`${randomUUID()}@yunling.example`, { limit: 1 })).rejects.toMatchObject({
      name: 'MailCoreError',
      code: 'refused',
    })
    await expect(wrong.check()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe.skipIf(missing)('Radicale that trusts a header', () => {
  test('The server is asked where each book is', async () => {
    const dataDir = folder()
    const server = await startRadicale({ dataDir, users: null })
    const database = await createTestDatabase()
    const sql = connectSql(database.url)
    const book = carddavAddressBook({ sql, url: server.url, remoteUserHeader: 'X-Remote-User', freshMs: 0, patienceMs: 20_000 })
    const id = randomUUID()
    await book.apply(LIN.address, [{ kind: 'create', id, card: FULL }])
    expect(await book.read(LIN.address, id)).toMatchObject(FULL)
    expect(await book.read(ZHAO.address, id)).toBeNull()
    expect(await sql`select mailbox, url from contact_books order by mailbox`).toEqual([
      { mailbox: LIN.address, url: `${server.url}/${encodeURIComponent(LIN.address)}/contacts/` },
      { mailbox: ZHAO.address, url: `${server.url}/${encodeURIComponent(ZHAO.address)}/contacts/` },
    ])
    await expect(book.list('a\r\nX-Remote-User: lin@yunling.example', { limit: 1 })).rejects.toMatchObject({ code: 'refused' })
    await book.check()
    await server.stop()
    await sql.end()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })
})
