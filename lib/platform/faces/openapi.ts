import { z } from 'zod'
import { ERRORS } from '../errors.ts'
import type { Operation } from '../operation.ts'

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
  return {
    openapi: '3.1.0',
    info: { title: 'Posthouse', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ session: [] }, { apiKey: [] }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'posthouse',
          description: 'The browser session. A request that changes something needs the Origin header of the portal.',
        },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
      schemas: { Problem: PROBLEM },
    },
  }
}

const PROBLEM = {
  type: 'object',
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

const WARRANT = {
  type: 'object',
  description: 'Only of staff who do this to the mailbox of somebody else. The owner reads both.',
  required: ['reason', 'ticket'],
  properties: { reason: { type: 'string', minLength: 4, maxLength: 200 }, ticket: { type: 'string', maxLength: 50 } },
}

function describeWho({ stepUp, staff }: Operation): { description?: string } {
  const sentences = [
    stepUp && 'Needs a sign-in within the last 10 minutes.',
    staff && `At the mailbox of somebody else: ${staff.roles.join(', ')}${staff.verified ? ', once the caller was verified' : ''}.`,
  ].filter(Boolean)
  return sentences.length > 0 ? { description: sentences.join(' ') } : {}
}

function describe(operation: Operation, path: string) {
  const schema = z.toJSONSchema(operation.input, { ...JSON_SCHEMA, io: 'input' }) as {
    properties?: Record<string, object>
    required?: string[]
  }
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const rest = Object.entries(schema.properties ?? {}).filter(([name]) => !inPath.includes(name))
  const required = (schema.required ?? []).filter((name) => !inPath.includes(name))
  const parameters = [
    ...inPath.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: schema.properties?.[name] ?? {},
      ...(name === 'mailbox' ? { example: 'me' } : {}),
    })),
    ...(operation.method === 'GET' ? rest.map(([name, of]) => ({ name, in: 'query', required: required.includes(name), schema: of })) : []),
    ...(operation.method === 'GET'
      ? []
      : [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 100 } }]),
  ]
  const forStaff = operation.staff !== undefined && operation.staff.warrant !== false
  const properties = { ...Object.fromEntries(rest), ...(forStaff ? { warrant: WARRANT } : {}) }
  const body = { type: 'object', properties, required }
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [operation.name.split('.')[0]],
    ...describeWho(operation),
    parameters,
    ...(operation.method !== 'GET' && Object.keys(properties).length > 0
      ? { requestBody: { required: required.length > 0, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: z.toJSONSchema(operation.output, { ...JSON_SCHEMA, io: 'output' }) } },
      },
      default: { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}
