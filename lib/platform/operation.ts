import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { idempotencyKeys } from '#db/schema/platform.ts'
import { accountOfReference } from './account-reference.ts'
import { type Actor, type Authorized, describeActor, isSignedIn } from './actor.ts'
import { type AuditDetail, openEntry } from './audit.ts'
import { type Context, type RequestInfo, type Resources, resources } from './context.ts'
import { AppError, ERRORS, type ErrorCode, type ErrorDetail, toAppError } from './errors.ts'
import { log } from './log.ts'
import { metrics } from './metrics.ts'
import { type Limit, takeLimits } from './rate-limit.ts'
import { subscriberOf } from './request.ts'
import type { Scope } from './scopes.ts'
import { expectStaffMay, isOpenToStaff, type StaffAccess, tellingOwner, type Warrant, warrantOf } from './staff.ts'

/** Who calls, by which face, and what the face found out about the request. */
export interface Caller {
  actor: Actor
  request: RequestInfo
  /** False when a browser's request did not come from a page of ours (T21). */
  ownOrigin: boolean
  idempotencyKey?: string
  /** Of staff who change something of somebody else's: `{ reason, ticket }`, as it was sent. */
  warrant?: unknown
}

export type Result<O> = { ok: true; data: O; reference: string } | ({ ok: false; code: ErrorCode; reference: string } & ErrorDetail)

export interface Definition<I extends z.ZodType, O extends z.ZodType> {
  /** `capability.verb`, also the name in the audit. */
  name: string
  summary: string
  method: 'GET' | 'POST' | 'DELETE'
  /** Below /api/v1, `{name}` for input fields. Absent: not part of the public API. */
  path?: string
  input: I
  output: O
  /** May be called without a session: it holds a link from a mail, or is the sign-in itself. */
  anonymous?: true
  /** Deny by default: true lets this actor do this. A refusal is audited. */
  policy: (actor: Actor, input: z.output<I>) => boolean
  /** Whom the door lets at the mailbox of somebody else, besides whom the policy lets. */
  staff?: StaffAccess<z.output<I>>
  /** An API key with this scope may too; without one no key may. What `staff` asks for it has to meet as well (T45). */
  scope?: Scope
  /** A read that names no mailbox and still looks at other people's data. */
  auditedRead?: true
  /** Asks for a sign-in at the identity provider within the last 10 minutes (T18). */
  stepUp?: true | ((input: z.output<I>) => boolean)
  limits?: (input: z.output<I>, actor: Actor) => Limit[]
  /** Calls a minute by one person or, without a session, from one address; 60 unless said. */
  perMinute?: number
  /** Octets of a request's JSON on the API, and letters of any one field by whatever way; 1 MB unless said. */
  mostBytes?: number
  /** The fields that may be written down. */
  audit: (input: z.output<I>) => AuditDetail
  run: (context: Context, input: Authorized<z.output<I>>) => Promise<z.input<O>>
}

export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> extends Definition<I, O> {
  execute: (caller: Caller, input: unknown, on?: Resources) => Promise<Result<z.input<O>>>
  /** The face for forms: a server action. The session and the origin come from the request. */
  action: (input: unknown, idempotencyKey?: string, warrant?: unknown) => Promise<Result<z.input<O>>>
  /** The face for pages: like `action`, for reads; without a session it redirects to sign-in. */
  load: (input?: unknown) => Promise<Result<z.input<O>>>
  /** The face for pages that need no session. */
  loadPublic: (input: unknown) => Promise<Result<z.input<O>>>
  /** The face for streams: without a session it is refused, and it keeps none alive (T15). */
  watch: () => Promise<Result<z.input<O>>>
}

type Entry = Awaited<ReturnType<typeof openEntry>>

export const STEP_UP_SECONDS = 600
const NO_REFERENCE = ''
/** It comes from the browser like any input (T6). */
const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,100}$/)

/** The one door: session and origin (by the face), input, limits, policy, audit opened, service, audit closed. */
export function operation<I extends z.ZodType, O extends z.ZodType>(definition: Definition<I, O>): Operation<I, O> {
  const execute: Operation<I, O>['execute'] = async (caller, input, on) => {
    const { operations, seconds } = metrics()
    const stop = seconds.startTimer({ operation: definition.name })
    const result = await pass(definition, caller, input, on ?? resources())
    stop()
    operations.inc({ operation: definition.name, outcome: result.ok ? 'done' : result.code })
    return result
  }
  return {
    ...definition,
    execute,
    action: async (input, idempotencyKey, warrant) => {
      const { actionCaller } = await import('./faces/action.ts')
      return execute({ ...(await actionCaller()), idempotencyKey, warrant }, input)
    },
    load: async (input = {}) => {
      const { pageCaller } = await import('./faces/action.ts')
      return execute(await pageCaller(), input)
    },
    loadPublic: async (input) => {
      const { actionCaller } = await import('./faces/action.ts')
      return execute(await actionCaller(), input)
    },
    watch: async () => {
      const { watchingCaller } = await import('./faces/action.ts')
      return execute(await watchingCaller(), {})
    },
  }
}

async function pass<I extends z.ZodType, O extends z.ZodType>(
  definition: Definition<I, O>,
  caller: Caller,
  raw: unknown,
  on: Resources,
): Promise<Result<z.input<O>>> {
  let entry: Entry | undefined
  const audited: Context['audited'] = {}
  try {
    const changes = definition.method !== 'GET'
    if (changes && !caller.ownOrigin) throw new AppError('foreign_origin')
    if (caller.actor.kind === 'anonymous' && !definition.anonymous) throw new AppError('unauthenticated')
    const endless = endlessFieldsOf(raw, definition.mostBytes)
    const parsed =
      endless.length > 0
        ? ({ success: false, data: undefined, error: undefined } as const)
        : definition.input.safeParse(withMailbox(raw, caller.actor))
    const input = parsed.data
    const mailbox = mailboxOf(input)
    const byKey = isOpenToKey(definition, caller.actor)
    const asStaff = parsed.success && (byKey || isOpenToStaff(definition.staff, caller.actor, mailbox, parsed.data))
    const allowed = asStaff || (parsed.success && definition.policy(caller.actor, parsed.data))
    const warrant = asStaff && changes && definition.staff && definition.staff.warrant !== false ? readWarrant(caller.warrant) : undefined
    if (changes || !allowed || definition.auditedRead || concernsAnother(caller.actor, input)) {
      // What is written down is limited, a refused read too: nobody fills the audit at will.
      await takeLimits(on.db, [usualLimit(definition, caller)])
      entry = await openEntry(on.db.$client, {
        operation: definition.name,
        actor: caller.actor,
        mailbox: allowed ? (mailbox ?? null) : isSignedIn(caller.actor) ? caller.actor.mailbox : null,
        request: caller.request,
        detail: { ...(parsed.success ? definition.audit(parsed.data) : {}), ...(warrant instanceof AppError ? {} : warrant) },
      })
    }
    if (!parsed.success) throw new AppError('invalid_input', { fields: parsed.error ? fieldsOf(parsed.error) : endless })
    if (!allowed) throw new AppError('forbidden')
    if (asStaff && definition.staff && mailbox !== undefined) await expectStaffMay(on, definition.staff, caller.actor, mailbox)
    if (warrant instanceof AppError) throw warrant
    if (asksStepUp(definition, parsed.data) && !isFresh(caller.actor)) throw new AppError('step_up_required')
    if (definition.limits) await takeLimits(on.db, definition.limits(parsed.data, caller.actor))

    const reference = entry?.reference ?? NO_REFERENCE
    const context: Context = { ...on, actor: caller.actor, request: caller.request, reference, audited, warrant }
    const run = () => definition.run(context, parsed.data as Authorized<z.output<I>>)
    const act = warrant && mailbox && { operation: definition.name, actor: caller.actor, mailbox, ...warrant }
    const data = await once(definition.name, caller, context, act ? () => tellingOwner(on.db, act, run) : run)
    await entry?.close('done', undefined, audited).catch((error) => log.error({ error, reference }, 'audit entry left open'))
    return { ok: true, data, reference }
  } catch (thrown) {
    return refuse(definition.name, thrown, entry?.reference ?? caller.request.id ?? NO_REFERENCE, entry, audited)
  }
}

async function refuse(name: string, thrown: unknown, reference: string, entry: Entry | undefined, audited: Context['audited']) {
  const error = toAppError(thrown)
  const failed = ERRORS[error.code] >= 500
  if (failed) log.error({ operation: name, reference, error: error.cause ?? error }, error.code)
  await entry
    ?.close(failed ? 'failed' : 'refused', error.code, audited)
    .catch((cause) => log.error({ error: cause, reference }, 'audit entry left open'))
  return { ok: false as const, code: error.code, reference, ...error.detail }
}

/** A key that was used before means: this very request has been done. The key is given back when the run fails. */
async function once<T>(name: string, caller: Caller, { db, reference }: Context, run: () => Promise<T>): Promise<T> {
  const { kind, id } = describeActor(caller.actor)
  if (caller.idempotencyKey === undefined || kind === 'anonymous' || kind === 'system') return run()
  if (!IdempotencyKey.safeParse(caller.idempotencyKey).success) throw new AppError('invalid_input')
  const row = { mailbox: id, operation: name, key: caller.idempotencyKey }
  const taken = await db
    .insert(idempotencyKeys)
    .values({ ...row, reference })
    .onConflictDoNothing()
    .returning()
  if (taken.length === 0) throw new AppError('already_done')
  try {
    return await run()
  } catch (error) {
    const { mailbox, operation, key } = idempotencyKeys
    await db.delete(idempotencyKeys).where(and(eq(mailbox, row.mailbox), eq(operation, row.operation), eq(key, row.key)))
    throw error
  }
}

function asksStepUp<I extends z.ZodType>({ stepUp }: Pick<Definition<I, z.ZodType>, 'stepUp'>, input: z.output<I>): boolean {
  return typeof stepUp === 'function' ? stepUp(input) : stepUp === true
}

const isOpenToKey = ({ scope }: { scope?: Scope }, actor: Actor) =>
  actor.kind === 'apiKey' && scope !== undefined && actor.scopes.includes(scope)

const isFresh = (actor: Actor) => isSignedIn(actor) && actor.authAge !== null && actor.authAge < STEP_UP_SECONDS

function usualLimit({ name, perMinute = 60 }: { name: string; perMinute?: number }, { actor, request }: Caller): Limit {
  const { kind, id } = describeActor(actor)
  return {
    key: `operation:${name}:${kind}:${id || (request.ip && subscriberOf(request.ip))}`,
    limit: kind === 'system' ? 100_000 : perMinute,
    per: '1 minute',
  }
}

const mailboxOf = (input: unknown): string | undefined =>
  typeof input === 'object' && input !== null && 'mailbox' in input && typeof input.mailbox === 'string' ? input.mailbox : undefined

const concernsAnother = (actor: Actor, input: unknown) => {
  const mailbox = mailboxOf(input)
  return mailbox !== undefined && !(isSignedIn(actor) && actor.mailbox === mailbox)
}

/** `mailbox` may be left out, or `me` on the API: then it is the caller's own. Staff and keys may name one by its reference. */
function withMailbox(raw: unknown, actor: Actor): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw
  const named = 'mailbox' in raw ? raw.mailbox : undefined
  if (isSignedIn(actor) && (named === undefined || named === 'me')) return { ...raw, mailbox: actor.mailbox }
  const referred = typeof named === 'string' ? accountOfReference(describeActor(actor).id, named) : undefined
  return referred ? { ...raw, mailbox: referred } : raw
}

/** A refusal comes in its turn, after what was asked has been written down. */
function readWarrant(given: unknown): Warrant | AppError {
  try {
    return warrantOf(given)
  } catch (error) {
    return toAppError(error)
  }
}

/** No pattern is tried on a text that no request may hold: the engine keeps its place in memory letter by letter, and gives up. */
const endlessFieldsOf = (raw: unknown, most = 1_000_000) =>
  typeof raw === 'object' && raw !== null
    ? Object.entries(raw).flatMap(([field, value]) => (typeof value === 'string' && value.length > most ? [field] : []))
    : []

const fieldsOf = (error: z.ZodError) => [...new Set(error.issues.map((issue) => issue.path.join('.')).filter(Boolean))]
