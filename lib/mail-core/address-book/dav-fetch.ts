import http from 'node:http'
import https from 'node:https'
import { MailCoreError } from '../errors.ts'
import { atMost } from '../limit.ts'

export interface DavServer {
  /** Of which nothing but the origin counts: no request goes anywhere else, whatever the server says. */
  url: string
  /** PEM certificates to trust in place of the system's. */
  ca?: string
  /** For each request. */
  timeoutMs: number
}

type Fetch = typeof globalThis.fetch

const CALLS = 12
const LONGEST_ANSWER = 32 * 2 ** 20
const EMPTY = new Set([204, 205, 304])

/** A `fetch` for one server, with these headers, and so many times its patience. Every failure is a `MailCoreError`; statuses are for the caller to judge. */
export function davFetch({ url, ca, timeoutMs }: DavServer): (headers: Record<string, string>, times?: number) => Fetch {
  const { origin, protocol } = new URL(url)
  const { Agent, request } = protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true, maxSockets: CALLS, ...(ca ? { ca } : {}) })
  const limited = atMost(CALLS, { patienceMs: timeoutMs })

  const send = (target: URL, options: http.RequestOptions, body: string | undefined, times: number) =>
    new Promise<Response>((resolve, reject) => {
      const sent = request(target, { ...options, agent, signal: AbortSignal.timeout(times * timeoutMs) }, (answer) => {
        read(answer).then(resolve, reject)
      })
      sent.once('error', (error) =>
        reject(Object.assign(error, { again: sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET' })),
      )
      sent.end(body)
    })

  return (headers, times = 1) =>
    async (input, init) => {
      const target = new URL(String(input))
      if (target.origin !== origin) throw new MailCoreError('refused')
      const body = init?.body === undefined || init.body === null ? undefined : String(init.body)
      const given = Object.fromEntries(new Headers(init?.headers))
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const options = { method: init?.method ?? 'GET', headers: { ...given, ...headers, ...length } }
      const once = () => limited(() => send(target, options, body, times))
      try {
        // A connection that was kept may end just when it is used again (nodejs.org, request.reusedSocket). All that is asked here may be asked twice.
        return await once().catch((error) => (error.again ? once() : Promise.reject(error)))
      } catch (cause) {
        if (cause instanceof MailCoreError) throw cause
        throw new MailCoreError(
          (cause as Error).name === 'AbortError' || (cause as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable',
          { cause },
        )
      }
    }
}

async function read(answer: http.IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    size += chunk.length
    if (size > LONGEST_ANSWER) {
      answer.destroy()
      throw new MailCoreError('refused')
    }
    chunks.push(chunk)
  }
  const status = answer.statusCode ?? 0
  if (status < 200 || status > 599) throw new MailCoreError('refused')
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers.set(name, String(value))
  return new Response(EMPTY.has(status) ? null : Buffer.concat(chunks), { status, headers })
}
