import { isIP } from 'node:net'
import type { Dns, RecordType } from '#lib/mail-core/dns/port.ts'
import { paccDigest, paccDocument } from './pacc.ts'
import type { ClientServer, ClientSite } from './site.ts'

export interface DnsRecord {
  /** Without the dot at its end. */
  name: string
  type: RecordType
  value: string
  /** Which clients find the site by it. */
  use: 'servers' | 'thunderbird' | 'outlook' | 'pacc'
}

export type Published = 'published' | 'missing' | 'different' | 'unknown'

export interface CheckedRecord extends DnsRecord {
  published: Published
  /** What stands there instead. */
  found: string[]
}

/** RFC 6186 section 3 and RFC 8314 section 5.1: the name says whether TLS comes first. */
const SERVICES = {
  imap: { tls: '_imaps', starttls: '_imap' },
  pop3: { tls: '_pop3s', starttls: '_pop3' },
  smtp: { tls: '_submissions', starttls: '_submission' },
} as const

/** What a site publishes for one of its domains, so that a client needs no more than the address. */
export function recordsOf(site: ClientSite, domain: string): DnsRecord[] {
  const portal = new URL(site.portalUrl).hostname.replace(/^\[|\]$/g, '')
  const document = paccDocument(site)
  const toPortal = (name: string, use: DnsRecord['use']): DnsRecord => ({ name: `${name}.${domain}`, use, ...pointingAt(portal) })
  return [
    // An SRV record leads to a name, never to an address (RFC 2782).
    ...site.servers.filter(({ host }) => !isIP(host)).map((server) => serviceRecord(server, domain)),
    toPortal('autoconfig', 'thunderbird'),
    toPortal('autodiscover', 'outlook'),
    ...(isIP(portal)
      ? []
      : [{ name: `_autodiscover._tcp.${domain}`, type: 'SRV' as const, value: `0 1 443 ${portal}.`, use: 'outlook' as const }]),
    ...(document === null
      ? []
      : [
          toPortal('ua-auto-config', 'pacc'),
          { name: `_ua-auto-config.${domain}`, type: 'TXT' as const, value: paccDigest(document), use: 'pacc' as const },
        ]),
  ]
}

const serviceRecord = ({ protocol, security, port, host }: ClientServer, domain: string): DnsRecord => ({
  name: `${SERVICES[protocol][security]}._tcp.${domain}`,
  type: 'SRV',
  value: `0 1 ${port} ${host}.`,
  use: 'servers',
})

function pointingAt(host: string): Pick<DnsRecord, 'type' | 'value'> {
  const family = isIP(host)
  return family === 0 ? { type: 'CNAME', value: `${host}.` } : { type: family === 4 ? 'A' : 'AAAA', value: host }
}

export async function checkRecord(dns: Dns, record: DnsRecord): Promise<CheckedRecord> {
  try {
    const found = await dns.lookUp(record.name, record.type)
    if (found.some((value) => sameRecord(record, value))) return { ...record, published: 'published', found }
    // An alias may also be written out as the addresses that it leads to.
    const addresses = record.type === 'CNAME' && found.length === 0 ? await addressesOf(dns, record.name) : []
    if (addresses.length > 0) {
      const portal = await addressesOf(dns, record.value.slice(0, -1))
      return { ...record, published: addresses.every((address) => portal.includes(address)) ? 'published' : 'different', found: addresses }
    }
    return { ...record, published: found.length > 0 ? 'different' : 'missing', found }
  } catch {
    return { ...record, published: 'unknown', found: [] }
  }
}

const addressesOf = async (dns: Dns, name: string) => (await Promise.all([dns.lookUp(name, 'A'), dns.lookUp(name, 'AAAA')])).flat()

/** Names are the same in capitals; priority and weight of an SRV record are the site's own business. */
function sameRecord({ type, value }: DnsRecord, found: string): boolean {
  if (type === 'TXT') return found === value
  const plain = (text: string) => (type === 'SRV' ? text.split(' ').slice(2).join(' ') : text).toLowerCase()
  return plain(found) === plain(value)
}
