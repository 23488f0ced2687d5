import type { Resources } from '../context.ts'
import { env } from '../env.ts'
import { restHandler, type Sentence } from '../faces/rest.ts'
import type { Operation } from '../operation.ts'
import { PEER_HEADER } from '../request.ts'
import { cookieFor, sessionCookie } from '../session.ts'
import { type Person, REQUEST } from './house.ts'

export interface Api {
  send(method: string, path: string, sent?: { headers?: Record<string, string>; body?: string | ReadableStream }): Promise<Response>
  /** The status of a call whose path and body are made of the input. */
  status(operation: Operation, input: Record<string, unknown>, headers?: Record<string, string>): Promise<number>
  /** What a browser sends from a page of ours. */
  signedIn(person: Person): Promise<{ cookie: string; origin: string }>
}

const sentence: Sentence = async (_, code) => ({ locale: 'en', sentence: code })

/** The REST face of these operations, on a test's own database. */
export function apiOf(operations: Operation[], on: Resources): Api {
  Object.assign(globalThis, { posthouse: { db: on.db, mail: on.mail } })
  const handle = restHandler(operations, sentence)
  const send: Api['send'] = (method, path, { headers = {}, body } = {}) => {
    const peer = { [PEER_HEADER]: REQUEST.ip ?? '' }
    const init: RequestInit & { duplex: 'half' } = { method, body, headers: { ...peer, ...headers }, duplex: 'half' }
    return handle(new Request(`${env().PUBLIC_URL}/api/v1${path}`, init))
  }
  return {
    send,
    async status({ method, path = '' }, input, headers) {
      const rest = { ...input }
      const filled = path.replace(/\{(\w+)\}/g, (_, name) => {
        delete rest[name]
        return encodeURIComponent(String(input[name]))
      })
      const query = method === 'GET' ? `?${new URLSearchParams(rest as Record<string, string>)}` : ''
      const body = method === 'GET' ? undefined : JSON.stringify(rest)
      return (await send(method, filled + query, { headers, body })).status
    },
    signedIn: async (person) => ({ cookie: `${sessionCookie().name}=${await cookieFor(person.sid)}`, origin: env().PUBLIC_URL }),
  }
}
