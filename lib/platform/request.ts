import { BlockList, isIP } from 'node:net'
import type { RequestInfo } from './context.ts'
import { env } from './env.ts'
import { LOCALE_COOKIE, negotiateLocale } from './i18n/locale.ts'

/** Set by the server from the socket, after removing whatever the client sent under this name (T22). */
export const PEER_HEADER = 'x-posthouse-peer'

type Headers = { get(name: string): string | null }

export function blockList(blocks: string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', prefix] = block.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(prefix ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return list
}

export const contains = (list: BlockList, address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/, '')

/** The address of the client: the socket's, or what the configured proxies say of it, read from the right (T22). */
export function clientAddress(headers: Headers, trusted: string[] = env().TRUSTED_PROXIES): string | null {
  const peer = plain(headers.get(PEER_HEADER) ?? '')
  if (!isIP(peer)) return null
  const proxies = blockList(trusted)
  const chain = [...(headers.get('x-forwarded-for') ?? '').split(',').map(plain), peer]
  for (const address of chain.reverse()) {
    if (!isIP(address)) return peer
    if (!contains(proxies, address)) return address
  }
  return peer
}

export function requestInfo(headers: Headers): RequestInfo {
  const chosen = cookieOf(headers, LOCALE_COOKIE)
  return {
    id: headers.get('x-request-id'),
    ip: clientAddress(headers),
    userAgent: headers.get('user-agent')?.slice(0, 500) ?? null,
    locale: negotiateLocale(chosen, headers.get('accept-language')),
  }
}

export function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(/;\s*/)
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** A browser names the page's origin with every request that may change something (T21). */
export function isOwnOrigin(headers: Headers): boolean {
  return headers.get('origin') === new URL(env().PUBLIC_URL).origin
}

/** The name that the site gave to a network, in both languages; otherwise the block around the address. */
export function networkOf(ip: string | null): string | null {
  if (!ip || !isIP(ip)) return null
  for (const entry of env().NETWORKS) {
    const [block = '', name] = entry.split('=')
    if (contains(blockList([block]), ip)) return name ?? block
  }
  return isIP(ip) === 4 ? ip.replace(/\.\d+$/, '.0/24') : `${firstGroups(ip, 3)}::/48`
}

/** What one subscriber has at hand: an IPv4 address, or a whole /64 of IPv6, whose addresses cost nothing. */
export const subscriberOf = (ip: string): string => (isIP(ip) === 6 ? `${firstGroups(ip, 4)}::/64` : ip)

/** Of an IPv6 address; every spelling reads alike, because the URL parser writes it as RFC 5952 wants. */
function firstGroups(ip: string, count: number): string {
  const [head = '', tail = ''] = new URL(`http://[${ip.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::')
  const [left, right] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].slice(0, count).join(':')
}

/** Many people stand behind one address of a network that the site has named. */
export const isCampus = (ip: string): boolean => !/[/:]/.test(networkOf(ip) ?? '/')
