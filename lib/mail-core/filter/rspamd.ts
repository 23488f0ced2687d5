import { MailCoreError } from '../errors.ts'
import { atMost } from '../limit.ts'
import type { Filter } from './port.ts'

export interface RspamdFilterConfig {
  /** Of the controller. */
  url: string
  password: string
  /** For a whole call; 20 s. */
  timeoutMs?: number
}

const CALLS = 2
const LONGEST_ANSWER = 2 ** 16

/** Rspamd's controller (docs.rspamd.com, "Controller HTTP endpoints"). */
export function rspamdFilter({ url, password, timeoutMs = 20_000 }: RspamdFilterConfig): Filter {
  const limited = atMost(CALLS)
  const call = (path: string, body?: Uint8Array) => limited(() => request(new URL(path, url), password, timeoutMs, body))

  return {
    async learn(raw, as) {
      // Rspamd calls it a bad request.
      if (raw.length === 0) return
      // 208: it has learnt this mail before. 204: it finds too little in it to learn from.
      expectStatus(await call(as === 'wanted' ? '/learnham' : '/learnspam', raw), [200, 204, 208])
    },

    async check() {
      expectStatus(await call('/stat'), [200])
    },
  }
}

function expectStatus(status: number, expected: number[]): void {
  if (expected.includes(status)) return
  throw new MailCoreError(status >= 500 ? 'unreachable' : 'refused', { cause: new Error(`status ${status}`) })
}

async function request(url: URL, password: string, timeoutMs: number, body?: Uint8Array): Promise<number> {
  try {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: { password },
      body: body && new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > LONGEST_ANSWER) throw new MailCoreError('refused')
    }
    return response.status
  } catch (cause) {
    if (cause instanceof MailCoreError) throw cause
    throw new MailCoreError((cause as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable', { cause })
  }
}
