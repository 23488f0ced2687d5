import { createClient, ErrorReply } from '@redis/client'
import { MailCoreError } from './errors.ts'

export interface RedisConfig {
  /** `redis://:password@host:6379`; `rediss:` for TLS. */
  redisUrl: string
  /** For connecting, work and all. */
  timeoutMs?: number
}

type Client = ReturnType<typeof newClient>

/** One connection, made when it is first needed and again when it was lost. A call ends within its time. Throws `MailCoreError`. */
export function redisCalls({ redisUrl, timeoutMs = 2_000 }: RedisConfig) {
  let kept: { client: Client; connected: Promise<unknown> } | undefined
  const connection = () => {
    if (!kept?.client.isOpen) {
      const client = newClient(redisUrl, timeoutMs)
      kept = { client, connected: client.connect() }
    }
    return kept
  }
  return async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const { client, connected } = connection()
    let late = false
    // Ends every call that waits on this connection: an answer that comes too late could be taken for that of the next command.
    const timer = setTimeout(() => {
      late = true
      client.destroy()
    }, timeoutMs)
    try {
      await connected
      return await work(client)
    } catch (cause) {
      throw new MailCoreError(late ? 'timeout' : codeOf(cause), { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

function newClient(url: string, timeoutMs: number) {
  const client = createClient({
    url,
    RESP: 2,
    socket: { connectTimeout: timeoutMs, reconnectStrategy: false },
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
  })
  // Whatever breaks also rejects the command under way; an error event without a listener would end the process.
  client.on('error', () => {})
  client.unref()
  return client
}

/** redis.io, "Error codes": the server cannot do it now; it did not refuse. */
const TEMPORARY = /^(LOADING|BUSY|OOM|MISCONF|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS)\b/

function codeOf(cause: unknown) {
  if (cause instanceof MailCoreError) return cause.code
  return cause instanceof ErrorReply && !TEMPORARY.test(cause.message) ? 'refused' : 'unreachable'
}
