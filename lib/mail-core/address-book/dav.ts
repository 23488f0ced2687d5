import { createHash } from 'node:crypto'
import {
  type DAVResponse,
  davRequest,
  deleteObject,
  fetchHomeUrl,
  fetchPrincipalUrl,
  propfind,
  serviceDiscovery,
  syncCollection,
  updateObject,
} from 'tsdav'
import { MailCoreError } from '../errors.ts'
import { davFetch } from './dav-fetch.ts'
import { isId } from './table.ts'

export interface DavConfig {
  /**
   * Where a mailbox's books are, `https://dav.example/{mailbox}/`; `{user}` is what stands before the @. With neither, the server is
   * asked (RFC 6764, RFC 5397, RFC 6352 7.1.1), which it can only answer for who signs in: then `remoteUserHeader` is needed.
   */
  url: string
  /** An account that may open every book. */
  user?: string
  password?: string
  /** Names the mailbox on whose behalf is asked, where the server believes the portal: `X-Remote-User`. */
  remoteUserHeader?: string
  /** PEM certificates to trust in place of the system's. */
  ca?: string
  /** For each request; 20 s. */
  timeoutMs?: number
}

export interface Resource {
  href: string
  etag: string
}

export interface Listing {
  /** All that there is, not only what changed. */
  full: boolean
  there: Resource[]
  gone: string[]
  /** Null: the server keeps none, and is asked for everything each time. */
  token: string | null
}

/** One mailbox on the server. Paths are as `hrefIn` makes them; what the server refuses, or does not answer, is `MailCoreError`. */
export interface Dav {
  /** The URL of the book: the first one there is, else one that is made. */
  findBook(): Promise<string>
  changes(book: string, token: string | null): Promise<Listing>
  /** Those that are not there any more are left out; `failed`, those that the server does not give. */
  cards(book: string, hrefs: string[]): Promise<{ cards: (Resource & { vcard: string })[]; failed: string[] }>
  /** `precondition`: it is there already, or another version, or not there; `taken`: another card has its UID. The ETag may be kept back. */
  put(
    book: string,
    href: string,
    vcard: string,
    etag: string | null,
  ): Promise<{ outcome: 'done' | 'precondition' | 'taken'; etag: string | null }>
  remove(book: string, href: string, etag: string): Promise<'done' | 'precondition' | 'gone'>
}

const BOOK = 'contacts/'
const MOST_PARTS = 200
/** A server may have to look at every card of a large book before it answers. */
const SLOW = 4
const CARD_TYPE = { 'Content-Type': 'text/vcard; charset=utf-8' }
const NAMESPACES = { 'xmlns:d': 'DAV:', 'xmlns:card': 'urn:ietf:params:xml:ns:carddav' }

/** CardDAV (RFC 6352) with what it stands on: extended MKCOL (RFC 5689) and sync-collection (RFC 6578). */
export function davServer(config: DavConfig & { timeoutMs: number }): { of(mailbox: string): Dav; check(): Promise<void> } {
  const request = davFetch(config)
  const basic: Record<string, string> =
    config.user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${config.user}:${config.password ?? ''}`).toString('base64')}` }
  return {
    of(mailbox) {
      const name = config.remoteUserHeader
      const headers = { ...basic, ...(name ? { [name]: headerValue(mailbox) } : {}) }
      return davOf(config.url, mailbox, request(headers), request(headers, SLOW))
    },
    async check() {
      const response = await request(basic)(new URL('/', config.url).href, { method: 'OPTIONS' })
      if (response.status >= 500) throw new MailCoreError('unreachable', { cause: new Error(`status ${response.status}`) })
      if (config.user !== undefined && response.status === 401) throw new MailCoreError('refused', { cause: new Error('status 401') })
    },
  }
}

/** Only what cannot be taken for anything else in a header or a path. */
function headerValue(mailbox: string): string {
  if (!/^[\x21-\x7e]{1,320}$/.test(mailbox)) throw new MailCoreError('refused')
  return mailbox
}

function homeOf(url: string, mailbox: string): string {
  const segment = (text: string) => {
    if (!/^[^\p{Cc}\s/\\%?#;]{1,320}$/u.test(text) || /^\.+$/.test(text)) throw new MailCoreError('refused')
    return encodeURIComponent(text)
  }
  const filled = url
    .replace('{mailbox}', () => segment(mailbox))
    .replace('{user}', () => segment(mailbox.slice(0, mailbox.lastIndexOf('@'))))
  return filled.endsWith('/') ? filled : `${filled}/`
}

function davOf(url: string, mailbox: string, fetch: typeof globalThis.fetch, slow: typeof globalThis.fetch): Dav {
  return {
    findBook: () => findBook(/\{(mailbox|user)\}/.test(url) ? homeOf(url, mailbox) : null, url, fetch),

    async changes(book, token) {
      if (token !== null) {
        const since = await synced(book, token, slow)
        if (since) return { ...since, full: false }
      }
      const all = await synced(book, '', slow)
      if (all) return { ...all, full: true }
      const listed = await propfind({ url: book, props: { 'd:getetag': {} }, depth: '1', fetch: slow })
      expectMultistatus(listed)
      return { full: true, ...resourcesIn(book, listed), token: null }
    },

    async cards(book, hrefs) {
      const props = { 'd:getetag': {}, 'card:address-data': {} }
      const body = { 'addressbook-multiget': { _attributes: NAMESPACES, 'd:prop': props, 'd:href': hrefs } }
      // Not tsdav's addressBookMultiGet: there, one card that is gone fails them all.
      const responses = await davRequest({
        url: book,
        init: { method: 'REPORT', namespace: 'card', headers: { depth: '1' }, body },
        fetch: slow,
      })
      expectMultistatus(responses)
      const byHref = new Map(responses.map((response) => [hrefIn(book, response.href), response]))
      const cards = hrefs.flatMap((href) => {
        const props = byHref.get(href)?.props
        const [etag, vcard] = [textOf(props?.getetag), textOf(props?.addressData)]
        return etag && vcard ? { href, etag, vcard } : []
      })
      const found = new Set(cards.map(({ href }) => href))
      return { cards, failed: hrefs.filter((href) => !found.has(href) && byHref.get(href)?.status !== 404) }
    },

    async put(book, href, vcard, etag) {
      const headers = { ...CARD_TYPE, ...(etag === null ? { 'If-None-Match': '*' } : { 'If-Match': etag }) }
      const answer = await updateObject({ url: new URL(href, book).href, data: vcard, headers, fetch })
      if (answer.status === 412 || (answer.status === 404 && etag !== null)) return { outcome: 'precondition', etag: null }
      if (answer.status === 409) {
        // RFC 6352, 6.3.2.1. Else the book itself is not there.
        if ((await answer.text()).includes('no-uid-conflict')) return { outcome: 'taken', etag: null }
        throw new MailCoreError('not_found')
      }
      expectStatus(answer.status)
      return { outcome: 'done', etag: answer.headers.get('etag') }
    },

    async remove(book, href, etag) {
      const { status } = await deleteObject({ url: new URL(href, book).href, etag, fetch })
      if (status === 404 || status === 410) return 'gone'
      if (status === 412) return 'precondition'
      expectStatus(status)
      return 'done'
    },
  }
}

async function findBook(given: string | null, url: string, fetch: typeof globalThis.fetch): Promise<string> {
  const home = given ?? (await discoverHome(url, fetch))
  const list = () => propfind({ url: home, props: { 'd:resourcetype': {} }, depth: '1', fetch })
  const booksIn = (responses: DAVResponse[]) =>
    responses
      .filter(({ props }) => props?.resourcetype && 'addressbook' in props.resourcetype)
      .flatMap(({ href }) => (href ? new URL(href, home).href : []))
      .toSorted()
  let responses = await list()
  if (responses.some(({ status }) => status === 404)) {
    const [made] = await davRequest({ url: home, init: { method: 'MKCOL', body: undefined }, fetch })
    // 405: another was quicker.
    if (made?.status !== 405) expectOk(made ? [made] : [])
    responses = await list()
  }
  expectMultistatus(responses)
  const [book] = booksIn(responses)
  if (book) return book.endsWith('/') ? book : `${book}/`
  const made = new URL(BOOK, home).href
  const type = { 'd:collection': {}, 'card:addressbook': {} }
  const body = { mkcol: { _attributes: NAMESPACES, 'd:set': { 'd:prop': { 'd:resourcetype': type, 'd:displayname': 'Contacts' } } } }
  const [answer] = await davRequest({ url: made, init: { method: 'MKCOL', namespace: 'd', body }, fetch })
  if (answer?.status !== 405 && answer?.status !== 409) expectOk(answer ? [answer] : [])
  return made
}

async function discoverHome(url: string, fetch: typeof globalThis.fetch): Promise<string> {
  const account = { serverUrl: url, accountType: 'carddav' as const }
  try {
    const rootUrl = new URL(url).pathname === '/' ? await serviceDiscovery({ account, fetch }) : url
    const principalUrl = await fetchPrincipalUrl({ account: { ...account, rootUrl }, fetch })
    const home = await fetchHomeUrl({ account: { ...account, rootUrl, principalUrl }, fetch })
    return home.endsWith('/') ? home : `${home}/`
  } catch (cause) {
    if (cause instanceof MailCoreError) throw cause
    throw new MailCoreError('refused', { cause })
  }
}

/** Null: the server does not know the token, or the report. */
async function synced(book: string, from: string, fetch: typeof globalThis.fetch): Promise<Omit<Listing, 'full'> | null> {
  const [there, gone] = [new Map<string, Resource>(), new Set<string>()]
  let token = from
  for (let part = 0; part < MOST_PARTS; part++) {
    const responses = await syncCollection({ url: book, props: { 'd:getetag': {} }, syncLevel: 1, syncToken: token, fetch })
    const status = responses[0]?.status ?? 0
    const isRefused = (status >= 400 && status < 500 && status !== 401) || status === 501
    if (isRefused && !multistatusIn(responses)) return null
    const { syncToken } = expectMultistatus(responses)
    const found = resourcesIn(book, responses)
    for (const resource of found.there) {
      there.set(resource.href, resource)
      gone.delete(resource.href)
    }
    for (const href of found.gone) {
      there.delete(href)
      gone.add(href)
    }
    token = textOf(syncToken)
    if (token === '') return null
    // RFC 6578, 3.6: there is more.
    const more = responses.some(({ href, status }) => status === 507 && href !== undefined && hrefIn(book, href) === null)
    if (!more) return { there: [...there.values()], gone: [...gone], token }
  }
  throw new MailCoreError('refused')
}

function resourcesIn(book: string, responses: DAVResponse[]): { there: Resource[]; gone: string[] } {
  const named = responses.map((response) => ({ ...response, href: hrefIn(book, response.href) }))
  return {
    there: named.flatMap(({ href, props }) => (href && textOf(props?.getetag) ? { href, etag: textOf(props?.getetag) } : [])),
    gone: named.flatMap(({ href, status }) => (href && status === 404 ? href : [])),
  }
}

/** The path of a resource in the book, always written alike. Null: the book itself, or not of this book. */
function hrefIn(book: string, href: string | undefined): string | null {
  try {
    const [base, url] = [new URL(book), new URL(String(href), book)]
    const [folder, path] = [alike(base.pathname), alike(url.pathname)]
    const name = path.slice(folder.length)
    return url.origin === base.origin && path.startsWith(folder) && name !== '' && !name.includes('/') ? path : null
  } catch {
    return null
  }
}

const alike = (path: string) =>
  path
    .split('/')
    .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
    .join('/')

/** What the portal calls a resource. */
export function idOf(href: string): string {
  const name = decodeURIComponent(href.slice(href.lastIndexOf('/') + 1))
  const id = name.replace(/\.vcf$/i, '')
  return name.endsWith('.vcf') && isId(id) ? id : `other-${createHash('sha256').update(name).digest('base64url')}`
}

export const hrefOf = (book: string, id: string): string => `${alike(new URL(book).pathname)}${encodeURIComponent(id)}.vcf`

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  const part = value !== null && typeof value === 'object' ? ('_cdata' in value ? value._cdata : '_text' in value ? value._text : '') : ''
  return Array.isArray(part) ? part.join('') : typeof part === 'string' ? part : ''
}

const multistatusIn = ([first]: DAVResponse[]) => (first?.raw as { multistatus?: { syncToken?: unknown } } | undefined)?.multistatus

/** Any other page, such as a proxy's, says nothing about what is there. */
function expectMultistatus(responses: DAVResponse[]): { syncToken?: unknown } {
  const multistatus = multistatusIn(responses)
  if (multistatus) return multistatus
  expectOk(responses)
  throw new MailCoreError('refused')
}

function expectOk(responses: DAVResponse[]): void {
  for (const { ok, status } of responses) if (!ok) expectStatus(status)
}

function expectStatus(status: number): void {
  if (status >= 200 && status < 300) return
  const code = status === 404 || status === 410 ? 'not_found' : status >= 500 && status !== 507 ? 'unreachable' : 'refused'
  throw new MailCoreError(code, { cause: new Error(`status ${status}`) })
}
