import { createHash } from 'node:crypto'
import type { ClientSite } from './site.ts'

/** draft-ietf-mailmaint-pacc names hosts alone: a server that is elsewhere than at these ports, with TLS, cannot be said. */
const PLACES = { imap: ['imap', 993], pop3: ['pop3', 995], smtp: ['submit', 465] } as const

/** The document of draft-ietf-mailmaint-pacc, always the same octets; null where the site's ports do not allow it. */
export function paccDocument({ name, servers }: Pick<ClientSite, 'name' | 'servers'>): string | null {
  const usual = servers.filter(({ protocol, port, security }) => port === PLACES[protocol][1] && security === 'tls')
  if (!['imap', 'smtp'].every((needed) => usual.some(({ protocol }) => protocol === needed))) return null
  const protocols = Object.fromEntries(usual.map(({ protocol, host }) => [PLACES[protocol][0], { host }]))
  return JSON.stringify({ protocols, authentication: { password: true }, info: { provider: { name: name.en } } })
}

/** The text record that vouches for the document: a client compares it with the octets that it got. */
export const paccDigest = (document: string): string => `v=UAAC1; a=sha256; d=${createHash('sha256').update(document).digest('base64')}`
