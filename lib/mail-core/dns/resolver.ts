import { Resolver } from 'node:dns/promises'
import { MailCoreError } from '../errors.ts'
import type { Dns, RecordType } from './port.ts'

interface ResolverConfig {
  /** `192.0.2.53:53`; the machine's own where left out. */
  servers?: string[]
  timeoutMs?: number
}

const NOTHING_THERE = new Set(['ENODATA', 'ENOTFOUND'])

/** Asks the machine's name servers, each question once. */
export function resolverDns({ servers, timeoutMs = 3_000 }: ResolverConfig = {}): Dns {
  return {
    async lookUp(name, type) {
      const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
      if (servers) resolver.setServers(servers)
      // c-ares doubles the time for some failures: whoever waits is not kept longer.
      const timer = setTimeout(() => resolver.cancel(), timeoutMs)
      try {
        return await ask(resolver, name, type)
      } catch (cause) {
        const code = (cause as NodeJS.ErrnoException).code ?? ''
        if (NOTHING_THERE.has(code)) return []
        throw new MailCoreError(code === 'ETIMEOUT' || code === 'ECANCELLED' ? 'timeout' : 'unreachable', { cause })
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

async function ask(resolver: Resolver, name: string, type: RecordType): Promise<string[]> {
  switch (type) {
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((srv) => `${srv.priority} ${srv.weight} ${srv.port} ${absolute(srv.name)}`)
    case 'CNAME':
      return (await resolver.resolveCname(name)).map(absolute)
    case 'TXT':
      // RFC 1035 section 3.3.14: a long text comes in pieces.
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
    case 'A':
      return resolver.resolve4(name)
    case 'AAAA':
      return resolver.resolve6(name)
  }
}

const absolute = (name: string) => (name.endsWith('.') ? name : `${name}.`)
