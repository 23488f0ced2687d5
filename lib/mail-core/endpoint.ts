import { isIPv4 } from 'node:net'

/** Where a mail server listens. */
export interface Endpoint {
  host: string
  port: number
  /** TLS from the first byte. Left out, the port decides (RFC 8314: 993, 995, 465). */
  tls?: boolean
  /** PEM certificates to trust in place of the system's. */
  ca?: string
}

const IMPLICIT_TLS = new Set([993, 995, 465])

/** Passwords leave this machine encrypted or not at all: another host has to offer STARTTLS. */
export function tlsOf({ host, port, tls }: Endpoint): 'implicit' | 'starttls' | 'none' {
  if (tls ?? IMPLICIT_TLS.has(port)) return 'implicit'
  return isLoopback(host) ? 'none' : 'starttls'
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
