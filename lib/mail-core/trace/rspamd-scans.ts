import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@redis/client'
import { z } from 'zod'
import { arrivalOf } from '../queue-id.ts'
import type { FollowConfig } from './log-file.ts'
import { advance, positionOf } from './positions.ts'
import type { TraceRecord } from './record.ts'

const STREAM = 'posthouse:scans'
const AT_ONCE = 500
const BLOCK_MS = 2_000
const GATHER_MS = 100

const text = (longest: number) =>
  z.string().transform((value) =>
    value
      .replace(/[\u0000-\u001f\u007f]+/g, ' ')
      .slice(0, longest)
      .trim(),
  )
const optional = (longest: number) =>
  text(longest)
    .nullish()
    .transform((value) => value || undefined)
// A name in Chinese has three octets a character; none is cut in two.
const shortName = text(200).transform((name) => new TextDecoder().decode(Buffer.from(name).subarray(0, 200), { stream: true }))
// Lua writes an empty table as an object.
const rows = <T extends z.ZodType>(row: T, most: number) =>
  z.union([z.array(row), z.record(z.string(), z.unknown()).transform((): z.output<T>[] => [])]).transform((all) => all.slice(0, most))

const Finding = z.object({
  queueId: z.string().refine((id) => arrivalOf(id) !== null),
  messageId: optional(998),
  from: optional(320),
  fromName: optional(200),
  subject: optional(500),
  size: z.number().int().nonnegative().optional(),
  ip: optional(45),
  user: optional(320),
  score: z.number(),
  required: z.number(),
  junk: z.number(),
  verdict: z.enum(['none', 'spam', 'phishing', 'malware']),
  auth: z.enum(['pass', 'fail', 'none']),
  symbols: rows(z.object({ name: text(100), score: z.number() }), 100),
  attachments: rows(z.object({ name: shortName, type: text(100), size: z.number().nonnegative() }), 50),
  at: z
    .number()
    .positive()
    .max(2 ** 40),
})

/** Rspamd says `undef` of a mail without one. */
const messageIdOf = (said = 'undef') => (said === 'undef' ? undefined : said.replace(/^<?([^<>]*)>?$/, '<$1>'))

/** What the filter writes of a mail; null when it is of none that the trace could know. */
export function scanRecord(message: string): TraceRecord | null {
  const { data } = Finding.safeParse(jsonOf(message))
  if (!data) return null
  const { queueId, messageId, from, fromName, subject, size, ip, user, at, ...found } = data
  const facts = {
    ...{ messageId: messageIdOf(messageId), subject, size, login: user },
    from: from ? { name: fromName ?? '', address: from } : undefined,
    client: ip ? { ip } : undefined,
    scan: { ...found, at: new Date(at * 1_000) },
  }
  return { kind: 'message', id: queueId, facts }
}

function jsonOf(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}

const Answer = z.array(z.object({ messages: z.array(z.object({ id: z.string(), message: z.record(z.string(), z.string()) })) })).nullable()
const messagesOf = (answer: unknown) => Answer.parse(answer)?.[0]?.messages ?? []

const Stored = z.object({ id: z.string() })

/** Takes in what the filter finds, from the Redis stream in which it waits, until told to stop. Throws what goes wrong. */
export async function followScans(url: string, { sql, onProblem }: FollowConfig, signal: AbortSignal): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false } })
  // Whoever waits for an answer gets the error too.
  client.on('error', () => {})
  const leave = () => client.destroy()
  try {
    await client.connect()
    signal.addEventListener('abort', leave, { once: true })
    while (!signal.aborted) {
      const from = await positionOf(sql, `redis:${STREAM}`)
      const id = Stored.safeParse(JSON.parse(from.json)).data?.id ?? '0-0'
      const messages = messagesOf(await client.xRead({ key: STREAM, id }, { COUNT: AT_ONCE, BLOCK: BLOCK_MS }))
      const last = messages.at(-1)
      if (!last) continue
      const records = messages.flatMap(({ message }) => scanRecord(message.m ?? '') ?? [])
      const leftOut = await advance(sql, from, { id: last.id }, records)
      // What has been taken in need not stay in memory. Approximate: whole blocks go, which is cheap.
      if (leftOut !== null) await client.xTrim(STREAM, 'MINID', last.id, { strategyModifier: '~' })
      // Somebody else is at it.
      if (leftOut === null) await pause(GATHER_MS, undefined, { signal }).catch(() => {})
      if (leftOut) onProblem?.(new Error(`${leftOut} findings are of days that the trace does not keep`))
    }
  } finally {
    signal.removeEventListener('abort', leave)
    if (client.isOpen) client.destroy()
  }
}
