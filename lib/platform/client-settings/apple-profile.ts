import { createHash } from 'node:crypto'
import { escapeXml } from './escape-xml.ts'
import type { ClientServer, ClientSite } from './site.ts'

/** Sealed or not by the site, it looks like this to the phone. */
export const PROFILE_TYPE = 'application/x-apple-aspen-config'

interface Wanted {
  site: ClientSite
  address: string
  /** The person's own, as recipients see it. */
  name: string
  /** In the language of the profile's reader. */
  siteName: string
  /** An app password: with it inside, the profile is a credential. */
  secret?: string
}

type Value = string | number | boolean | Value[] | { [key: string]: Value }

/** A configuration profile with one mail account. Installed again, it takes the place of the one before. */
export function appleProfile({ site, address, name, siteName, secret }: Wanted): string {
  const [incoming, outgoing] = [
    site.servers.find(({ protocol }) => protocol === 'imap'),
    site.servers.find(({ protocol }) => protocol === 'smtp'),
  ]
  if (!incoming || !outgoing) throw new Error('a site has IMAP and SMTP')
  const reversed = [...site.domains[0].split('.').reverse(), 'posthouse', address].join('.')
  const account = {
    EmailAccountDescription: siteName,
    EmailAccountName: name,
    EmailAccountType: 'EmailTypeIMAP',
    EmailAddress: address,
    ...serverKeys('Incoming', incoming, address),
    ...serverKeys('Outgoing', outgoing, address),
    ...(secret ? { IncomingPassword: secret } : {}),
    OutgoingPasswordSameAsIncomingPassword: true,
    ...payload('com.apple.mail.managed', siteName, `${reversed}.mail`),
  }
  const profile = {
    PayloadContent: [account],
    PayloadDescription: address,
    PayloadOrganization: siteName,
    PayloadRemovalDisallowed: false,
    ...payload('Configuration', siteName, reversed),
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${plist(profile)}
</plist>
`
}

const serverKeys = (direction: 'Incoming' | 'Outgoing', { host, port }: ClientServer, address: string) => ({
  [`${direction}MailServerAuthentication`]: 'EmailAuthPassword',
  [`${direction}MailServerHostName`]: host,
  [`${direction}MailServerPortNumber`]: port,
  // With STARTTLS too: the port tells which.
  [`${direction}MailServerUseSSL`]: true,
  [`${direction}MailServerUsername`]: address,
})

const payload = (type: string, displayName: string, identifier: string) => ({
  PayloadType: type,
  PayloadDisplayName: displayName,
  PayloadIdentifier: identifier,
  PayloadUUID: uuidOf(identifier),
  PayloadVersion: 1,
})

/** The same for the same name (RFC 9562 section 5.8), so that a second profile replaces the first. */
function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x80, 6)
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8)
  return bytes
    .toString('hex')
    .toUpperCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function plist(value: Value, indent = ''): string {
  if (typeof value === 'string') return `${indent}<string>${escapeXml(value)}</string>`
  if (typeof value === 'number') return `${indent}<integer>${value}</integer>`
  if (typeof value === 'boolean') return `${indent}<${value}/>`
  const deeper = `${indent}\t`
  const [tag, lines] = Array.isArray(value)
    ? ['array', value.map((item) => plist(item, deeper))]
    : ['dict', Object.entries(value).map(([key, of]) => `${deeper}<key>${key}</key>\n${plist(of, deeper)}`)]
  return `${indent}<${tag}>\n${(lines as string[]).join('\n')}\n${indent}</${tag}>`
}
