import { actorOfApiKey } from '../api-keys.ts'
import { type Resources, resources } from '../context.ts'
import { AppError, ERRORS, type ErrorCode, type ErrorDetail, toAppError } from '../errors.ts'
import type { Caller, Operation } from '../operation.ts'
import { cookieOf, isOwnOrigin, requestInfo } from '../request.ts'
import { resolveSession, sessionCookie, sidOf } from '../session.ts'

const MEGABYTE = 1_000_000
const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** The sentence for a code, in the language that the client asks for. */
export type Sentence = (
  acceptLanguage: string | null,
  code: ErrorCode,
  values: Record<string, string | number>,
) => Promise<{ locale: string; sentence: string }>

/** The REST face of all operations that have a path: one handler below /api/v1. */
export function restHandler(operations: Operation[], sentence: Sentence) {
  const problem = problemWith(sentence)
  const routes = operations
    .filter((operation) => operation.path)
    .map((operation) => ({ operation, pattern: toPattern(operation.path as string) }))
  return async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const path = pathname.replace(/^\/api\/v1/, '')
    const found = routes.flatMap(({ operation, pattern }) => {
      const match = pattern.exec(path)
      return match ? [{ operation, params: match.groups ?? {} }] : []
    })
    try {
      if (found.length === 0) throw new AppError('not_found')
      const route = found.find(({ operation }) => operation.method === request.method)
      if (!route) throw new AppError('method_not_allowed')
      const on = resources()
      const caller = await restCaller(request, on)
      const sent =
        request.method === 'GET' ? Object.fromEntries(searchParams) : await readJson(request, route.operation.mostBytes ?? MEGABYTE)
      const { warrant, ...fields } = isObject(sent) ? sent : {}
      const input = isObject(sent) ? { ...fields, ...decodeParams(route.params) } : sent
      const result = await route.operation.execute({ ...caller, warrant }, input, on)
      if (!result.ok) return await problem(request, result.code, result.reference, result)
      const headers = { ...HEADERS, ...(result.reference ? { 'x-reference': result.reference } : {}) }
      return Response.json(result.data ?? {}, { headers })
    } catch (thrown) {
      const error = toAppError(thrown)
      return await problem(request, error.code, '', error.detail)
    }
  }
}

/** `/mailboxes/{mailbox}/sessions` as an expression with named groups. */
function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
}

function decodeParams(params: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    throw new AppError('invalid_input')
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

async function restCaller(request: Request, { db }: Resources): Promise<Caller> {
  const info = { request: requestInfo(request.headers), idempotencyKey: request.headers.get('idempotency-key') ?? undefined }
  const bearer = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return { ...info, actor: await actorOfApiKey(db, bearer, info.request.ip), ownOrigin: true }
  const { actor } = await resolveSession(db, await sidOf(cookieOf(request.headers, sessionCookie().name)))
  return { ...info, actor, ownOrigin: isOwnOrigin(request.headers) }
}

async function readJson(request: Request, mostBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > mostBytes) throw new AppError('too_large', { values: { most: mostBytes / MEGABYTE } })
    chunks.push(chunk)
  }
  if (size === 0) return {}
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new AppError('invalid_input')
  }
}

/** RFC 9457 problem details. */
const problemWith =
  (sentence: Sentence) =>
  async (request: Request, code: ErrorCode, reference: string, { retryAfter, fields, values }: ErrorDetail): Promise<Response> => {
    const status = ERRORS[code]
    const said = await sentence(request.headers.get('accept-language'), code, { ...values, seconds: retryAfter ?? 0 })
    const body = {
      type: `urn:posthouse:error:${code}`,
      title: said.sentence,
      status,
      code,
      reference: reference || undefined,
      fields,
      values,
      retryAfter,
    }
    const headers = {
      ...HEADERS,
      'content-type': 'application/problem+json',
      'content-language': said.locale,
      ...(retryAfter ? { 'retry-after': String(retryAfter) } : {}),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    }
    return new Response(JSON.stringify(body), { status, headers })
  }
