import { type BlockList, isIP } from 'node:net'
import { env } from '../env.ts'
import { blockList, contains } from '../request.ts'

/** Of IPv4 what is not everybody's: IANA's registry of special purposes, multicast, and what is reserved. */
const SPECIAL_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
/** Of IPv6 only what is given out, without what stands for other addresses (Teredo, 6to4) or for examples. */
const GIVEN_V6 = ['2000::/3']
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
const LOOPBACK = ['127.0.0.0/8', '::1/128']

interface Lists {
  special: BlockList
  given: BlockList
  loopback: BlockList
}
let lists: Lists | undefined

/**
 * Whether a webhook may go to this address: a public one, or one in a network that the site allows. So nobody reaches the house's own
 * servers by making the portal ask them.
 */
export function mayReach(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  lists ??= { special: blockList([...SPECIAL_V4, ...SPECIAL_V6]), given: blockList(GIVEN_V6), loopback: blockList(LOOPBACK) }
  const { DEMO, WEBHOOK_NETWORKS } = env()
  if (DEMO && contains(lists.loopback, address)) return true
  if (contains(blockList(WEBHOOK_NETWORKS), address)) return true
  return !contains(lists.special, address) && (family === 4 || contains(lists.given, address))
}

/** In the clear only to this very machine, and in the demo. */
export function mayBeWebhook(text: string): boolean {
  const { protocol, hostname, username, password, hash } = new URL(text)
  if (username || password || hash) return false
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !mayReach(host)) return false
  return protocol === 'https:' || (protocol === 'http:' && env().DEMO && /^(localhost|127\..*|::1)$/.test(host))
}
