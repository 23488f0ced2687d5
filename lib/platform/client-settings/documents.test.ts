import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { children, parseXml, textOf } from '../xml.ts'
import { appleProfile } from './apple-profile.ts'
import { autoconfigXml } from './autoconfig.ts'
import { autodiscoverErrorXml, autodiscoverXml, readAutodiscover } from './autodiscover.ts'
import { paccDigest, paccDocument } from './pacc.ts'
import { type ClientSite, isOfSite, serverOf } from './site.ts'

const SITE: ClientSite = {
  name: { zh: '云岭大学 <邮件> & "我"', en: 'Yunling mail' },
  domains: ['yunling.example', 'alumni.yunling.example'],
  servers: [
    serverOf('imap', 'imap.yunling.example:993'),
    serverOf('pop3', '[2001:db8::1]:995'),
    serverOf('smtp', 'smtp.yunling.example:587'),
  ],
  portalUrl: 'https://mailhelp.yunling.example',
}
const LIN = 'lin.yue@yunling.example'

/** An element as data: its attributes, and its children by name in their order. */
type Tree = { [name: string]: string | Tree }[]
const treeOf = (element: Element): Tree =>
  children(element, element.namespaceURI ?? '').map((child) => {
    const attributes = Array.from(child.attributes).map(({ name, value }) => `[${name}=${value}]`)
    const name = `${child.localName}${attributes.join('')}`
    return { [name]: children(child, child.namespaceURI ?? '').length > 0 ? treeOf(child) : (child.textContent ?? '') }
  })
/** The parser leaves `namespaceURI` undefined where there is none. */
const plain = (text: string) => parseXml(text.replace('<clientConfig', '<clientConfig xmlns="none"'))

describe('What Thunderbird reads', () => {
  test('has the elements of the format in their order, for every domain of the site', () => {
    const server = (host: string, port: string, socketType: string) => [
      { hostname: host },
      { port },
      { socketType },
      { authentication: 'password-cleartext' },
      { username: '%EMAILADDRESS%' },
    ]
    expect(treeOf(plain(autoconfigXml(SITE)))).toEqual([
      {
        'emailProvider[id=yunling.example]': [
          { domain: 'yunling.example' },
          { domain: 'alumni.yunling.example' },
          { displayName: SITE.name.zh },
          { displayShortName: SITE.name.zh },
          { 'incomingServer[type=imap]': server('imap.yunling.example', '993', 'SSL') },
          { 'incomingServer[type=pop3]': server('2001:db8::1', '995', 'SSL') },
          { 'outgoingServer[type=smtp]': server('smtp.yunling.example', '587', 'STARTTLS') },
          {
            'documentation[url=https://mailhelp.yunling.example/client-setup]': [
              { 'descr[lang=zh-CN]': SITE.name.zh },
              { 'descr[lang=en]': SITE.name.en },
            ],
          },
        ],
      },
    ])
  })
})

const REQUEST = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'
const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a'
const ask = (inner: string, namespace = REQUEST) =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${namespace}"><Request>${inner}</Request></Autodiscover>`

describe('What Outlook asks', () => {
  test('is read with and without the schema that it wants', () => {
    const schema = `<AcceptableResponseSchema>${RESPONSE}</AcceptableResponseSchema>`
    for (const inner of [`<EMailAddress> ${LIN} </EMailAddress>${schema}`, `${schema}<EMailAddress>${LIN}</EMailAddress>`])
      expect(readAutodiscover(ask(inner))).toEqual({ address: LIN })
    expect(readAutodiscover(ask(`<EMailAddress>${LIN}</EMailAddress>`))).toEqual({ address: LIN })
  })

  test('gets the error for another service where it is one', () => {
    const mobile = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006'
    const inner = `<EMailAddress>${LIN}</EMailAddress><AcceptableResponseSchema>${mobile}</AcceptableResponseSchema>`
    expect(readAutodiscover(ask(inner))).toEqual({ error: 'not_provided' })
  })

  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
    .split('')
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'[index]};`.repeat(10)}">`)
    .join('')}]>`
  test.each([
    ['nothing', ''],
    ['no XML', 'emailaddress=lin'],
    ['another namespace', ask(`<EMailAddress>${LIN}</EMailAddress>`, 'urn:other')],
    ['no address', ask('<Other/>')],
    ['an empty address', ask('<EMailAddress> </EMailAddress>')],
    ['an entity bomb', ask('<EMailAddress>&h;</EMailAddress>').replace('?>', `?>${bomb}`)],
    ['an external entity', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>${ask('<EMailAddress>&e;</EMailAddress>')}`],
    ['an entity without a declaration', ask('<EMailAddress>&e;</EMailAddress>')],
    ['half of it', ask(`<EMailAddress>${LIN}</EMailAddress>`).slice(0, -20)],
    ['deep nesting', ask('<a>'.repeat(3_000) + '</a>'.repeat(3_000))],
    ['JSON', JSON.stringify({ EMailAddress: LIN })],
  ])('is an invalid request when it is %s', (_, body) => {
    expect(readAutodiscover(body)).toEqual({ error: 'invalid_request' })
  })

  test('is answered with the protocols in the order of the published schema', () => {
    const root = parseXml(autodiscoverXml(SITE, LIN))
    expect(root.namespaceURI).toBe('http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006')
    const [response] = children(root, RESPONSE, 'Response')
    const common = (type: string, server: string, port: string) => [
      { Type: type },
      { Server: server },
      { Port: port },
      { LoginName: LIN },
      { DomainRequired: 'off' },
      { SPA: 'off' },
      { SSL: 'on' },
    ]
    expect(treeOf(response as Element)).toEqual([
      {
        Account: [
          { AccountType: 'email' },
          { Action: 'settings' },
          { Protocol: [...common('IMAP', 'imap.yunling.example', '993'), { AuthRequired: 'on' }] },
          { Protocol: [...common('POP3', '2001:db8::1', '995'), { AuthRequired: 'on' }] },
          {
            Protocol: [
              ...common('SMTP', 'smtp.yunling.example', '587'),
              { Encryption: 'TLS' },
              { AuthRequired: 'on' },
              { UsePOPAuth: 'on' },
              { SMTPLast: 'off' },
            ],
          },
        ],
      },
    ])
  })

  test('T6 markup in an address stays text', () => {
    const address = '"</LoginName><Server>evil.example</Server>"&\u0000@yunling.example'
    const [response] = children(parseXml(autodiscoverXml(SITE, address)), RESPONSE, 'Response')
    const text = JSON.stringify(treeOf(response as Element))
    expect(text.match(/"Server":/g)).toHaveLength(3)
    expect(text).toContain(JSON.stringify(address.replace('\u0000', '')).slice(1, -1))
  })

  test('may be refused with a code, in the envelope of the schema', () => {
    const root = parseXml(autodiscoverErrorXml('not_here'))
    expect(textOf(root.getElementsByTagName('ErrorCode')[0])).toBe('500')
  })
})

describe('The document of the draft', () => {
  const servers = [serverOf('imap', 'i.example:993'), serverOf('smtp', 's.example:465')]

  test('names the hosts, and its digest is of these very octets', () => {
    const document = paccDocument({ name: SITE.name, servers }) as string
    expect(JSON.parse(document)).toEqual({
      protocols: { imap: { host: 'i.example' }, submit: { host: 's.example' } },
      authentication: { password: true },
      info: { provider: { name: 'Yunling mail' } },
    })
    expect(paccDigest(document)).toBe(`v=UAAC1; a=sha256; d=${createHash('sha256').update(document).digest('base64')}`)
  })

  test('is none where the ports are others, since it cannot say them', () => {
    expect(paccDocument(SITE)).toBeNull()
    expect(paccDocument({ name: SITE.name, servers: servers.slice(0, 1) })).toBeNull()
  })
})

describe('The profile of Apple', () => {
  const valuesOf = (dict: Element): Record<string, string> => {
    const items = Array.from(dict.childNodes).filter((node): node is Element => node.nodeType === 1)
    return Object.fromEntries(
      items.flatMap((key, index) => (index % 2 === 0 ? [[key.textContent, textIn(items[index + 1] as Element)]] : [])),
    )
  }
  const textIn = (element: Element) => (/^(true|false)$/.test(element.tagName) ? element.tagName : (element.textContent ?? ''))
  const read = (profile: string) => {
    const root = parseXml(profile.replace(/<!DOCTYPE[^>]+>/, ''))
    const [outer, inner] = Array.from(root.getElementsByTagName('dict'))
    return { outer: valuesOf(outer as Element), inner: valuesOf(inner as Element) }
  }
  const make = (over: object = {}) => appleProfile({ site: SITE, address: LIN, name: '林 <悦>', siteName: SITE.name.zh, ...over })

  test('has one account, for the servers of the site', () => {
    const { outer, inner } = read(make())
    expect(outer).toMatchObject({ PayloadType: 'Configuration', PayloadVersion: '1', PayloadRemovalDisallowed: 'false' })
    expect(inner).toMatchObject({
      PayloadType: 'com.apple.mail.managed',
      EmailAccountType: 'EmailTypeIMAP',
      EmailAccountName: '林 <悦>',
      EmailAccountDescription: SITE.name.zh,
      EmailAddress: LIN,
      IncomingMailServerHostName: 'imap.yunling.example',
      IncomingMailServerPortNumber: '993',
      IncomingMailServerUseSSL: 'true',
      IncomingMailServerUsername: LIN,
      OutgoingMailServerHostName: 'smtp.yunling.example',
      OutgoingMailServerPortNumber: '587',
      OutgoingMailServerUseSSL: 'true',
      OutgoingPasswordSameAsIncomingPassword: 'true',
    })
    expect(inner).not.toHaveProperty('IncomingPassword')
  })

  test('takes the place of the one before, and never that of another mailbox', () => {
    const ids = (profile: string) => profile.match(/[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}/g)
    expect(ids(make())).toHaveLength(2)
    expect(ids(make({ secret: 'x' }))).toEqual(ids(make()))
    expect(new Set([...(ids(make()) ?? []), ...(ids(make({ address: 'li.na@yunling.example' })) ?? [])]).size).toBe(4)
  })

  test('brings the app password along where it is meant to', () => {
    expect(read(make({ secret: 'abcdefghijklmnopqrstuvwx' })).inner.IncomingPassword).toBe('abcdefghijklmnopqrstuvwx')
  })
})

test('An address is of this site by its domain alone, in capitals too', () => {
  for (const address of [LIN, 'nobody@YUNLING.example', 'a@b@alumni.yunling.example']) expect(isOfSite(SITE, address)).toBe(true)
  for (const address of ['lin@other.example', 'lin@sub.yunling.example', 'lin@yunling.example.evil.example', 'yunling.example', '@'])
    expect(isOfSite(SITE, address)).toBe(false)
})
