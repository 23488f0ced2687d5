import { lookup as resolve } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Problem } from './kinds.ts'
import { mayReach } from './reachable.ts'

export type Posted = { ok: true; status: number } | { ok: false; status: number | null; problem: Problem }

export const WITHIN_MS = 5_000
const NOT_ALLOWED = 'EADDRNOTALLOWED'

/** The address that is judged is the one that is connected to: a name that points elsewhere a moment later changes nothing. */
const judgedLookup: LookupFunction = (name, options, callback) => {
  resolve(name, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    if (error || !first) return callback(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '')
    if (!addresses.every(({ address }) => mayReach(address)))
      return callback(Object.assign(new Error('not an address for webhooks'), { code: NOT_ALLOWED }), '')
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/** Posts, follows no redirect, reads nothing of the answer but its status, and gives up after five seconds. */
export function post(text: string, headers: Record<string, string>, body: string, withinMs = WITHIN_MS): Promise<Posted> {
  const url = new URL(text)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // For an address no name is looked up.
  if (isIP(host) !== 0 && !mayReach(host)) return Promise.resolve(failed('address'))
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((settle) => {
    const length = String(Buffer.byteLength(body))
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': length, 'user-agent': 'Posthouse' },
      lookup: judgedLookup,
      agent: false,
      signal: AbortSignal.timeout(withinMs),
    })
    sent.on('response', (answer) => {
      answer.on('error', () => {}).destroy()
      settle(judge(answer.statusCode ?? 0))
    })
    sent.on('error', (error) => settle(failed(problemOf(error))))
    sent.end(body)
  })
}

const failed = (problem: Problem): Posted => ({ ok: false, status: null, problem })

function judge(status: number): Posted {
  if (status >= 200 && status < 300) return { ok: true, status }
  return { ok: false, status, problem: status === 410 ? 'gone' : status >= 300 && status < 400 ? 'redirect' : 'status' }
}

function problemOf(error: Error & { code?: string }): Problem {
  if (error.code === NOT_ALLOWED) return 'address'
  if (error.name === 'AbortError' || error.name === 'TimeoutError' || error.code === 'ABORT_ERR' || error.code === 'ETIMEDOUT')
    return 'timeout'
  return /CERT|TLS|SSL|SELF_SIGNED|EPROTO|UNABLE_TO/.test(error.code ?? '') ? 'tls' : 'unreachable'
}
