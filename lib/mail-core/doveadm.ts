import { z } from 'zod'
import { MailCoreError, type MailCoreErrorCode } from './errors.ts'

export interface DoveadmConfig {
  url: string
  key: string
  timeoutMs: number
}

const LONGEST_ANSWER = 2 ** 20

// sysexits.h, as doveadm answers with it.
const EXIT_CODES: Record<number, MailCoreErrorCode> = { 67: 'not_found', 68: 'not_found', 75: 'unreachable' }

const Rows = z.union([
  z.array(z.record(z.string(), z.string())),
  // The command `user` answers with an object by user name.
  z.record(z.string(), z.unknown()).transform((): Record<string, string>[] => []),
])
const Answers = z.array(
  z.union([
    z.tuple([z.literal('doveadmResponse'), Rows, z.string()]),
    z.tuple([z.literal('error'), z.object({ type: z.string(), exitCode: z.number().optional() }), z.string()]),
  ]),
)

type Options = Record<string, unknown>
type Row = Record<string, string>

/** One command, its rows. Throws `MailCoreError`. */
export interface Doveadm {
  (command: string, parameters: Options): Promise<Row[]>
  /** Several in a row, in one request: the server starts a process for each request, which costs more than what it does. */
  all(commands: [command: string, parameters: Options][]): Promise<Row[][]>
}

/** Dovecot's administration API (doc.dovecot.org, "Doveadm HTTP API"). */
export function doveadmApi({ url, key, timeoutMs }: DoveadmConfig): Doveadm {
  const authorization = `X-Dovecot-API ${Buffer.from(key).toString('base64')}`
  const all: Doveadm['all'] = async (commands) => {
    const body = commands.map((command) => [...command, 'posthouse'])
    const parsed = Answers.safeParse(await post(new URL('/doveadm/v1', url), authorization, body, timeoutMs))
    if (!parsed.success || parsed.data.length !== commands.length) throw new MailCoreError('refused', { cause: parsed.error })
    return parsed.data.map((answer, index) => {
      if (answer[0] === 'doveadmResponse') return answer[1]
      const { exitCode = 0 } = answer[1]
      const cause = new Error(`doveadm ${commands[index]?.[0]}: exit code ${exitCode}`)
      throw new MailCoreError(EXIT_CODES[exitCode] ?? 'refused', { cause })
    })
  }
  return Object.assign(async (command: string, parameters: Options) => (await all([[command, parameters]]))[0] ?? [], { all })
}

async function post(url: URL, authorization: string, body: unknown, timeoutMs: number): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw new MailCoreError('refused', { cause: new Error(`status ${response.status}`) })
    return JSON.parse(await limitedText(response))
  } catch (cause) {
    if (cause instanceof MailCoreError) throw cause
    if (cause instanceof SyntaxError) throw new MailCoreError('refused', { cause })
    throw new MailCoreError((cause as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable', { cause })
  }
}

async function limitedText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > LONGEST_ANSWER) throw new MailCoreError('refused')
  }
  return text
}
