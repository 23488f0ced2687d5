import type { ClientProtocol } from '#lib/mail-core/app-passwords/port.ts'
import { env } from '../env.ts'
import { hostAndPort } from '../host-and-port.ts'

/** A server that mail clients sign in to. */
export interface ClientServer {
  protocol: ClientProtocol
  host: string
  port: number
  security: 'tls' | 'starttls'
}

/** What every mail client of this site is told. */
export interface ClientSite {
  /** Of the organisation's mail, in both languages. */
  name: { zh: string; en: string }
  /** The first one names the site. */
  domains: [string, ...string[]]
  servers: ClientServer[]
  /** Where this portal is. */
  portalUrl: string
}

/** RFC 8314: TLS from the first byte is the rule; on these ports a client has to ask for it. */
const STARTTLS_PORTS = new Set([143, 110, 587, 25])

export function serverOf(protocol: ClientProtocol, address: string): ClientServer {
  const { host, port } = hostAndPort(address)
  return { protocol, host, port, security: STARTTLS_PORTS.has(port) ? 'starttls' : 'tls' }
}

export function clientSite(): ClientSite {
  const { CLIENT_IMAP, CLIENT_POP3, CLIENT_SMTP, MAIL_DOMAINS, PUBLIC_URL, SITE_NAME_EN, SITE_NAME_ZH } = env()
  return {
    name: { zh: SITE_NAME_ZH, en: SITE_NAME_EN },
    domains: MAIL_DOMAINS as ClientSite['domains'],
    servers: [serverOf('imap', CLIENT_IMAP), ...(CLIENT_POP3 ? [serverOf('pop3', CLIENT_POP3)] : []), serverOf('smtp', CLIENT_SMTP)],
    portalUrl: PUBLIC_URL,
  }
}

/** Whether the address is in a domain of this site. Nobody asks whether there is such a mailbox. */
export const isOfSite = ({ domains }: Pick<ClientSite, 'domains'>, address: string): boolean =>
  domains.some((domain) => address.toLowerCase().endsWith(`@${domain}`))
