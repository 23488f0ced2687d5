import { z } from 'zod'
import { env } from '../env.ts'
import { ERRORS, type ErrorCode } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { SCOPES } from '../scopes.ts'
import { sessionCookie } from '../session.ts'
import { EVENT_DATA, WEBHOOK_EVENTS } from '../webhooks/kinds.ts'
import { exampleOf, type JsonSchema } from './example.ts'
import { EXAMPLE_INPUTS, EXAMPLE_WORDS } from './example-words.ts'

const JSON_SCHEMA = {
  target: 'draft-2020-12' as const,
  unrepresentable: 'any' as const,
  override: ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Record<string, unknown> }) => {
    if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
  },
}

/** OpenAPI 3.1 (whose schemas are JSON Schema 2020-12) of the same definitions that answer the calls. */
export function openApi(operations: Operation[], publicUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    if (!operation.path) continue
    const methods = paths[operation.path] ?? {}
    methods[operation.method.toLowerCase()] = describe(operation, operation.path)
    paths[operation.path] = methods
  }
  const groups = new Set(operations.filter(({ path }) => path).map(({ name }) => name.split('.')[0] as string))
  return {
    openapi: '3.1.0',
    info: { title: 'Posthouse', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: `${publicUrl}/api/v1` }],
    tags: [...groups].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(WEBHOOK_EVENTS.map((event) => [event, { post: describeEvent(event) }])),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie().name,
          description: 'The browser session. A request that changes something needs the Origin header of the portal.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `A token of an administrator’s making, for another system. Its scopes: ${SCOPES.join(', ')}.`,
        },
      },
      responses: PROBLEMS,
      schemas: { Problem: PROBLEM, Warrant: WARRANT },
    },
  }
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'What happened and what to do, in the language asked for.' },
    status: { type: 'integer' },
    code: { enum: Object.keys(ERRORS) },
    reference: { type: 'string', description: 'The audit entry: quote it to the helpdesk.' },
    fields: { type: 'array', items: { type: 'string' } },
    values: { type: 'object', description: 'Counts, dates and codes that the sentence is made of' },
    retryAfter: { type: 'integer', description: 'Seconds' },
  },
}

function problem(description: string, code: ErrorCode, title: string, more: object = {}) {
  const example = { type: `urn:posthouse:error:${code}`, title, status: ERRORS[code], code, reference: 'ph_7f3qk2mxw4', ...more }
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } } }
}

/** By status. What else an operation refuses has a code of its own, and comes as `default`. */
const PROBLEMS = {
  400: problem('Something in the request is wrong', 'invalid_input', 'Some of what was entered is not right.', { fields: ['mailbox'] }),
  401: problem('Nobody is signed in, or the token counts no more', 'unauthenticated', 'Sign in first.'),
  403: problem('Not for this person or token, or not without a fresh sign-in', 'forbidden', 'You may not do this.'),
  404: problem('There is no such thing, or not for this person', 'not_found', 'This does not exist.'),
  429: problem('Too often', 'rate_limited', 'Too many attempts. Try again in 40 s.', { retryAfter: 40 }),
  503: problem('Something that it stands on is away; nothing was done', 'database_unavailable', 'The portal cannot be reached just now.'),
  default: problem('Refused for another reason, told by its code', 'conflict', 'This has changed in the meantime.'),
}

const WARRANT = {
  type: 'object',
  description: 'Only of staff who do this to the mailbox of somebody else. The owner reads both.',
  required: ['reason', 'ticket'],
  properties: { reason: { type: 'string', minLength: 4, maxLength: 200 }, ticket: { type: 'string', maxLength: 50 } },
}

function describeWho({ stepUp, staff, scope }: Operation): { description?: string } {
  const sentences = [
    stepUp && 'Needs a sign-in within the last 10 minutes.',
    staff && `At the mailbox of somebody else: ${staff.roles.join(', ')}${staff.verified ? ', once the caller was verified' : ''}.`,
    scope && `A token needs the scope ${scope}.`,
  ].filter(Boolean)
  return sentences.length > 0 ? { description: sentences.join(' ') } : {}
}

function securityOf({ anonymous, scope }: Operation): Record<string, string[]>[] {
  return [...(anonymous ? [{}] : []), { session: [] }, ...(scope ? [{ token: [scope] }] : [])]
}

const asksWarrant = ({ staff, method }: Operation) => staff !== undefined && staff.warrant !== false && method !== 'GET'

interface InputSchema extends JsonSchema {
  properties?: Record<string, JsonSchema>
}

/** What a call may look like, with the parts of its path. */
export function exampleInput(operation: Pick<Operation, 'name' | 'input'>, schema?: InputSchema): Record<string, unknown> {
  const of = schema ?? (z.toJSONSchema(operation.input, { ...JSON_SCHEMA, io: 'input' }) as InputSchema)
  return { ...(exampleOf(of, false) as object), ...EXAMPLE_INPUTS[operation.name] }
}

function describe(operation: Operation, path: string) {
  const schema = z.toJSONSchema(operation.input, { ...JSON_SCHEMA, io: 'input' }) as InputSchema
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const rest = Object.entries(schema.properties ?? {}).filter(([name]) => !inPath.includes(name))
  const required = (schema.required ?? []).filter((name) => !inPath.includes(name))
  const example = exampleInput(operation, schema)
  const query =
    operation.method === 'GET' ? rest.map(([name, of]) => ({ name, in: 'query', required: required.includes(name), schema: of })) : []
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: schema.properties?.[name] ?? {} })),
    ...query,
  ].map((parameter) => ({ ...parameter, example: exampleOfParameter(operation, parameter, example) }))
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.name.split('.')[0]],
    ...describeWho(operation),
    security: securityOf(operation),
    parameters: operation.method === 'GET' ? parameters : [...parameters, IDEMPOTENCY_KEY],
    ...bodyOf(operation, Object.fromEntries(rest), required, example),
    responses: responsesOf(operation),
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A second request with the same key within two days is refused as already_done.',
  schema: { type: 'string', maxLength: 100 },
  example: '5f0c2a',
}

/** Nobody does it to a mailbox of their own. */
const isStaffsAlone = ({ staff, policy }: Operation): boolean =>
  staff !== undefined && !policy({ kind: 'user', mailbox: '', name: '', sessionId: '', authAge: 0 }, { mailbox: '' } as never)

/** One’s own mailbox, or somebody’s by the reference that a list gave. */
function exampleOfParameter(
  operation: Operation,
  { name, schema }: { name: string; schema: JsonSchema },
  example: Record<string, unknown>,
) {
  if (name === 'mailbox') return isStaffsAlone(operation) ? EXAMPLE_WORDS.account : 'me'
  return example[name] ?? exampleOf(schema, false, name)
}

function bodyOf(operation: Operation, fields: Record<string, JsonSchema>, required: string[], example: Record<string, unknown>) {
  const warrant = asksWarrant(operation)
  const properties = { ...fields, ...(warrant ? { warrant: { $ref: '#/components/schemas/Warrant' } } : {}) }
  if (operation.method === 'GET' || Object.keys(properties).length === 0) return {}
  const given = Object.fromEntries(Object.entries(example).filter(([name]) => name in fields))
  const body = {
    ...given,
    ...(warrant && isStaffsAlone(operation) ? { warrant: { reason: 'lost the phone abroad', ticket: env().TICKET_EXAMPLE } } : {}),
  }
  const schema = { type: 'object', properties, required }
  return { requestBody: { required: required.length > 0, content: { 'application/json': { schema, example: body } } } }
}

function responsesOf({ output, anonymous }: Operation) {
  const schema = z.toJSONSchema(output, { ...JSON_SCHEMA, io: 'output' })
  const example = exampleOf(schema as JsonSchema, true)
  const problems = Object.keys(PROBLEMS).filter((status) => !(anonymous && status === '401'))
  return {
    200: { description: 'Done', content: { 'application/json': { schema, example } } },
    ...Object.fromEntries(problems.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
  }
}

/** Sent to whoever an administrator has registered for it. */
function describeEvent(event: (typeof WEBHOOK_EVENTS)[number]) {
  const data = z.toJSONSchema(EVENT_DATA[event], JSON_SCHEMA) as JsonSchema
  const properties = { type: { const: event }, timestamp: { type: 'string', format: 'date-time' }, data }
  const schema = { type: 'object', required: Object.keys(properties), properties }
  return {
    operationId: `on.${event}`,
    summary: `Standard Webhooks: signed by webhook-signature over webhook-id, webhook-timestamp and body`,
    requestBody: { required: true, content: { 'application/json': { schema, example: exampleOf(schema as JsonSchema, true) } } },
    responses: { '2XX': { description: 'Has arrived. Everything else is tried again for a day.' } },
  }
}
