import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connectSql, type Sql } from '#db/client.ts'
import { createTestDatabase, type TestDatabase } from '#db/testing.ts'
import { serve } from '../testing/tcp-server.ts'
import { carddavAddressBook } from './carddav.ts'
import type { AddressBook } from './port.ts'
import { card } from './testing/cards.ts'

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await createTestDatabase()
  sql = connectSql(database.url)
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

const open: { close(): void }[] = []
afterEach(() => {
  for (const { close } of open.splice(0)) close()
})

const MAILBOX = 'lin@yunling.example'
const ERROR = { name: 'MailCoreError', message: expect.stringMatching(/^(unreachable|refused|timeout)$/) }
const at = (port: number, { timeoutMs = 5_000, patienceMs = 20_000 } = {}) =>
  carddavAddressBook({
    ...{ sql, url: `http://127.0.0.1:${port}/{mailbox}/`, user: 'portal', password: 'secret-of-portal' },
    ...{ freshMs: 0, patienceMs, timeoutMs },
  })

/** A server that answers as told, by method. */
async function scripted(
  answer: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<AddressBook & { port: number }> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    answer(request, body, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  open.push({ close: () => server.close() && server.closeAllConnections() })
  const { port } = server.address() as AddressInfo
  return { ...at(port), port }
}

const BOOK = '/lin%40yunling.example/contacts/'
const response = (href: string, inner: string) => `<d:response><d:href>${href}</d:href>${inner}</d:response>`
const ok = (props: string) => `<d:propstat><d:prop>${props}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>`
const gone = '<d:status>HTTP/1.1 404 Not Found</d:status>'
const etag = (version: string) => ok(`<d:getetag>"${version}"</d:getetag>`)
const vcard = (name: string) => `BEGIN:VCARD\nVERSION:3.0\nUID:${name}\nFN:${name}\nEND:VCARD`
const data = (name: string) => ok(`<d:getetag>"1"</d:getetag><c:address-data><![CDATA[${vcard(name)}]]></c:address-data>`)
const isBook = response(BOOK, ok('<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>'))
const xml = (to: ServerResponse, inner: string, status = 207) =>
  to
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">${inner}</d:multistatus>`)
const token = (text: string) => `<d:sync-token>${text}</d:sync-token>`
const namesIn = async (book: AddressBook, mailbox = MAILBOX) => (await book.list(mailbox, { limit: 100 })).contacts.map(({ name }) => name)

test.each([
  ['says nothing', () => {}],
  ['hangs up', (socket: { destroy(): void }) => socket.destroy()],
  ['talks nonsense', (socket: { end(text: string): void }) => socket.end('220 mail.example ESMTP\r\n')],
  [
    'promises more than it says',
    (socket: { write(text: string): void }) => socket.write('HTTP/1.1 207 OK\r\nContent-Length: 999999\r\n\r\n<'),
  ],
])('A server that %s is given up by every method', async (_, talk) => {
  const { port } = await serve(talk as never)
  const book = at(port, { timeoutMs: 300 })
  await expect(book.list(MAILBOX, { limit: 1 })).rejects.toMatchObject(ERROR)
  await expect(book.apply(MAILBOX, [{ kind: 'create', id: 'a', card: card('A') }])).rejects.toMatchObject(ERROR)
  await expect(book.check()).rejects.toMatchObject(ERROR)
})

test.each([
  [
    'endless text',
    (to: ServerResponse) => {
      to.writeHead(207, { 'content-type': 'application/xml' })
      const flood = () => {
        while (!to.destroyed && to.write('x'.repeat(65_536))) {}
      }
      to.on('drain', flood)
      flood()
    },
  ],
  ['no XML', (to: ServerResponse) => to.writeHead(207, { 'content-type': 'application/xml' }).end('<d:multistatus')],
  ['an empty page', (to: ServerResponse) => to.writeHead(200).end()],
  ['an impossible status', (to: ServerResponse) => to.writeHead(999).end()],
  ['nothing but redirections', (to: ServerResponse) => to.writeHead(301, { location: 'http://elsewhere.example/' }).end()],
])('A server that answers with %s does no harm', async (_, answer) => {
  const book = await scripted((_request, _body, to) => void answer(to))
  const failure = await book.list('qian@yunling.example', { limit: 1 }).catch((error) => error)
  expect(failure).toMatchObject(ERROR)
  expect(String(failure.stack)).not.toContain('secret-of-portal')
})

test('T34 a server that names resources elsewhere is not followed, and nobody else is told the password', async () => {
  const heard: string[] = []
  const other = await scripted((request, _body, to) => {
    heard.push(String(request.headers.authorization))
    xml(to, '')
  })
  const book = await scripted((request, body, to) => {
    if (request.method === 'PROPFIND') return xml(to, isBook)
    if (body.includes('sync-collection'))
      return xml(
        to,
        `${token('t')}${response(`http://127.0.0.1:${other.port}/x.vcf`, etag('1'))}${response('/zhao/contacts/b.vcf', etag('1'))}`,
      )
    return xml(to, response('/zhao/contacts/b.vcf', data('Zhao')))
  })
  expect(await namesIn(book)).toEqual([])
  const lured = await scripted((_request, _body, to) => xml(to, isBook.replace(BOOK, `http://127.0.0.1:${other.port}${BOOK}`)))
  await expect(lured.list('sun@yunling.example', { limit: 1 })).rejects.toMatchObject({ code: 'refused' })
  expect(heard).toEqual([])
})

test('One card that is gone, broken or withheld does not keep back the others; what was withheld comes later', async () => {
  let mended = false
  const book = await scripted((request, body, to) => {
    if (request.method === 'PROPFIND') return xml(to, isBook)
    const all = ['good', 'gone', 'broken', 'withheld', 'late']
    if (body.includes('sync-collection'))
      return xml(to, `${token('t')}${all.map((name) => response(`${BOOK}${name}.vcf`, etag('1'))).join('')}`)
    const late = mended ? data('Late') : '<d:status>HTTP/1.1 503 Busy</d:status>'
    const broken = ok('<d:getetag>"1"</d:getetag><c:address-data>hello</c:address-data>')
    const withheld = '<d:status>HTTP/1.1 403 Forbidden</d:status>'
    const answers = { good: data('Good'), gone, broken, withheld, late }
    return xml(
      to,
      Object.entries(answers)
        .map(([name, inner]) => response(`${BOOK}${name}.vcf`, inner))
        .join(''),
    )
  })
  expect(await namesIn(book)).toEqual(['Good'])
  mended = true
  expect(await namesIn(book)).toEqual(['Good', 'Late'])
})

test('A server that lists in parts, and one that knows no sync-collection, are read to the end', async () => {
  const parts = await scripted((request, body, to) => {
    if (request.method === 'PROPFIND') return xml(to, isBook)
    if (body.includes('multiget')) return xml(to, ['a', 'b'].map((name) => response(`${BOOK}${name}.vcf`, data(name))).join(''))
    if (body.includes('<d:sync-token>1<')) return xml(to, `${token('2')}${response(`${BOOK}b.vcf`, etag('1'))}`)
    return xml(
      to,
      `${token('1')}${response(`${BOOK}a.vcf`, etag('1'))}${response(BOOK, '<d:status>HTTP/1.1 507 Insufficient Storage</d:status>')}`,
    )
  })
  expect(await namesIn(parts)).toEqual(['a', 'b'])

  let there = ['a', 'b']
  const plain = await scripted((request, body, to) => {
    if (request.method === 'PROPFIND') return xml(to, isBook + there.map((name) => response(`${BOOK}${name}.vcf`, etag('1'))).join(''))
    if (body.includes('sync-collection')) return to.writeHead(501).end()
    return xml(to, there.map((name) => response(`${BOOK}${name}.vcf`, data(name))).join(''))
  })
  expect(await namesIn(plain)).toEqual(['a', 'b'])
  there = ['b']
  expect(await namesIn(plain)).toEqual(['b'])
})

test('Of a book that is known, only what changed is asked for', async () => {
  const asked: string[] = []
  const book = await scripted((request, body, to) => {
    if (request.method === 'PROPFIND') return xml(to, isBook)
    if (body.includes('multiget')) {
      asked.push(...[...body.matchAll(/<d:href>([^<]*)</g)].map(([, href = '']) => href.replace(BOOK, '')))
      return xml(to, ['a', 'b', 'c'].map((name) => response(`${BOOK}${name}.vcf`, data(name))).join(''))
    }
    asked.push(/<d:sync-token>([^<]*)/.exec(body)?.[1] ?? 'everything')
    if (body.includes('<d:sync-token>1<'))
      return xml(
        to,
        `${token('2')}${response(`${BOOK}a.vcf`, gone)}${response(`${BOOK}b.vcf`, etag('1'))}${response(`${BOOK}c.vcf`, etag('1'))}`,
      )
    return xml(to, `${token('1')}${['a', 'b'].map((name) => response(`${BOOK}${name}.vcf`, etag('1'))).join('')}`)
  })
  expect(await namesIn(book)).toEqual(['a', 'b'])
  expect(await namesIn(book)).toEqual(['b', 'c'])
  expect(asked).toEqual(['everything', 'a.vcf', 'b.vcf', '1', 'c.vcf'])
})

test('F13 a server that takes its time is not waited for, where the copy is recent', async () => {
  let hangs = false
  const book = await scripted((request, body, to) => {
    if (hangs) return
    if (request.method === 'PROPFIND') return xml(to, isBook)
    if (body.includes('multiget')) return xml(to, response(`${BOOK}a.vcf`, data('a')))
    return xml(to, `${token('1')}${response(`${BOOK}a.vcf`, etag('1'))}`)
  })
  expect(await namesIn(book)).toEqual(['a'])
  hangs = true
  const impatient = at(book.port, { patienceMs: 50, timeoutMs: 300 })
  expect(await namesIn(impatient)).toEqual(['a'])
  await sql`update contact_books set synced_at = now() - interval '6 minutes' where store like ${`%:${book.port}/%`}`
  await expect(namesIn(impatient)).rejects.toMatchObject({ code: 'timeout' })
})

test('A page that is none of the server’s takes nothing away', async () => {
  let page = false
  const book = await scripted((request, body, to) => {
    if (page) return to.writeHead(200, { 'content-type': 'text/html' }).end('<p>Back soon</p>')
    if (request.method === 'PROPFIND') return xml(to, isBook)
    if (body.includes('multiget')) return xml(to, response(`${BOOK}a.vcf`, data('a')))
    return xml(to, `${token('1')}${response(`${BOOK}a.vcf`, etag('1'))}`)
  })
  expect(await namesIn(book)).toEqual(['a'])
  page = true
  await expect(namesIn(book)).rejects.toMatchObject({ code: 'refused' })
  page = false
  expect(await namesIn(book)).toEqual(['a'])
})

test('What was done before a server went away stands, and the repetition does the rest', async () => {
  const held = new Map<string, string>()
  let puts = 0
  const book = await scripted((request, body, to) => {
    const path = String(request.url)
    if (request.method === 'PROPFIND') return xml(to, isBook)
    if (body.includes('sync-collection')) return xml(to, token('t'))
    if (body.includes('multiget')) return xml(to, [...held].map(([href, name]) => response(href, data(name))).join(''))
    if (held.has(path)) return to.writeHead(412).end()
    if (++puts === 4) return to.destroy()
    held.set(path, /FN:(.*)/.exec(body)?.[1]?.trim() ?? '')
    return to.writeHead(201, { etag: '"1"' }).end()
  })
  const changes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => ({ kind: 'create', id, card: card(id) }) as const)
  await expect(book.apply('wu@yunling.example', changes)).rejects.toMatchObject({ code: 'unreachable' })
  const applied = await book.apply('wu@yunling.example', changes)
  expect(applied.map(({ outcome }) => outcome)).toEqual(changes.map(() => 'done'))
  expect(held.size).toBe(7)
  expect(puts).toBe(8)
})
