import { describe, expect, test } from 'vitest'
import type { Dns } from '#lib/mail-core/dns/port.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { checkRecord, recordsOf } from './dns-records.ts'
import { type ClientSite, serverOf } from './site.ts'

const SITE: ClientSite = {
  name: { zh: '云岭大学', en: 'Yunling mail' },
  domains: ['yunling.example', 'alumni.yunling.example'],
  servers: [serverOf('imap', 'imap.yunling.example:993'), serverOf('smtp', 'smtp.yunling.example:587')],
  portalUrl: 'https://mailhelp.yunling.example',
}

const linesOf = (site: ClientSite, domain = 'yunling.example') =>
  recordsOf(site, domain).map(({ name, type, value }) => `${name} ${type} ${value}`)

const zoneOf = (zone: Record<string, string[]>): Dns => ({ lookUp: async (name, type) => zone[`${name} ${type}`] ?? [] })
const check = async (zone: Record<string, string[]>, name: string) => {
  const record = recordsOf(SITE, 'yunling.example').find((each) => each.name === name)
  if (!record) throw new Error(name)
  const { published, found } = await checkRecord(zoneOf(zone), record)
  return [published, ...found]
}

describe('The records of a domain', () => {
  test('name each server by how it is reached, and the portal for those who ask it', () => {
    expect(linesOf(SITE)).toEqual([
      '_imaps._tcp.yunling.example SRV 0 1 993 imap.yunling.example.',
      '_submission._tcp.yunling.example SRV 0 1 587 smtp.yunling.example.',
      'autoconfig.yunling.example CNAME mailhelp.yunling.example.',
      'autodiscover.yunling.example CNAME mailhelp.yunling.example.',
      '_autodiscover._tcp.yunling.example SRV 0 1 443 mailhelp.yunling.example.',
    ])
  })

  test('have the digest of the document where the ports allow one, and POP3 where it is offered', () => {
    const servers = [serverOf('imap', 'i.example:993'), serverOf('pop3', 'p.example:995'), serverOf('smtp', 's.example:465')]
    const lines = linesOf({ ...SITE, servers }, 'alumni.yunling.example')
    expect(lines).toContain('_pop3s._tcp.alumni.yunling.example SRV 0 1 995 p.example.')
    expect(lines).toContain('_submissions._tcp.alumni.yunling.example SRV 0 1 465 s.example.')
    expect(lines).toContain('ua-auto-config.alumni.yunling.example CNAME mailhelp.yunling.example.')
    expect(lines.at(-1)).toMatch(/^_ua-auto-config\.alumni\.yunling\.example TXT v=UAAC1; a=sha256; d=[A-Za-z0-9+/]{43}=$/)
  })

  test('of a house that has an address and no name are addresses', () => {
    expect(linesOf({ ...SITE, portalUrl: 'http://127.0.0.1:3000', servers: [serverOf('imap', '127.0.0.1:40993')] })).toEqual([
      'autoconfig.yunling.example A 127.0.0.1',
      'autodiscover.yunling.example A 127.0.0.1',
    ])
  })
})

describe('What is published', () => {
  const IMAPS = '_imaps._tcp.yunling.example'

  test('is right whatever its capitals, priority and weight', async () => {
    expect(await check({ [`${IMAPS} SRV`]: ['10 60 993 IMAP.Yunling.example.'] }, IMAPS)).toEqual([
      'published',
      '10 60 993 IMAP.Yunling.example.',
    ])
  })

  test('is missing, or leads elsewhere', async () => {
    expect(await check({}, IMAPS)).toEqual(['missing'])
    expect(await check({ [`${IMAPS} SRV`]: ['0 1 143 imap.yunling.example.'] }, IMAPS)).toEqual([
      'different',
      '0 1 143 imap.yunling.example.',
    ])
  })

  test('may be the portal’s addresses in place of its name', async () => {
    const zone = { 'mailhelp.yunling.example A': ['192.0.2.7'], 'mailhelp.yunling.example AAAA': ['2001:db8::7'] }
    const name = 'autoconfig.yunling.example'
    expect(await check({ ...zone, [`${name} A`]: ['192.0.2.7'] }, name)).toEqual(['published', '192.0.2.7'])
    expect(await check({ ...zone, [`${name} A`]: ['192.0.2.9'] }, name)).toEqual(['different', '192.0.2.9'])
  })

  test('is not known when no name server answers', async () => {
    const silent: Dns = { lookUp: () => Promise.reject(new MailCoreError('timeout')) }
    const [record] = recordsOf(SITE, 'yunling.example')
    expect(await checkRecord(silent, record as never)).toMatchObject({ published: 'unknown', found: [] })
  })
})
