import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { setSiteValues } from '../env.ts'
import { SCOPES } from '../scopes.ts'
import { EVENT_DATA, WEBHOOK_EVENTS } from '../webhooks/kinds.ts'
import { exampleOf } from './example.ts'
import { EXAMPLE_INPUTS } from './example-words.ts'
import { openApi } from './openapi.ts'

type Media = Record<string, { schema: { properties: object; required: string[] }; example: Record<string, unknown> }>
interface Described {
  operationId: string
  summary: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters: { name: string; in: string; required: boolean; schema: object; example: unknown }[]
  requestBody?: { content: Media }
  responses: Record<string, { description: string; content: Media; $ref?: string }>
}

const document = openApi(OPERATIONS, 'https://mail.yunling.example')
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, value]) => ({ path, method, ...(value as Described) })),
)
const served = OPERATIONS.filter(({ path }) => path)

describe('The description of the API', () => {
  test('is OpenAPI 3.1 and can be written as JSON', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
    expect(document.servers).toEqual([{ url: 'https://mail.yunling.example/api/v1' }])
  })

  test('keeps to the published schema of OpenAPI 3.1', async () => {
    const schema = new Validator()
    expect(await schema.validate(structuredClone(document))).toEqual({ valid: true })
    expect(schema.version).toBe('3.1')
  })

  test('has every operation that is served and no other', () => {
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(served.map(({ name }) => name).sort())
    expect(JSON.stringify(document)).not.toContain('sso.sign-in')
  })

  test.each(described)('$operationId: each {name} of its path is a parameter', ({ path, parameters }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(inPath)
    for (const { required } of parameters.filter((parameter) => parameter.in === 'path')) expect(required).toBe(true)
  })

  test.each(described)('$operationId: a read takes a query, a change a body', ({ method, parameters, requestBody }) => {
    if (method === 'get') expect(requestBody).toBeUndefined()
    else expect(parameters.some((parameter) => parameter.in === 'query')).toBe(false)
  })

  test.each(served)('$name: every field of the input is there, once', ({ name, input }) => {
    const found = described.find(({ operationId }) => operationId === name)
    const named = (found?.parameters ?? []).filter((parameter) => parameter.in !== 'header').map((parameter) => parameter.name)
    const body = Object.keys(found?.requestBody?.content['application/json']?.schema.properties ?? {})
    const fields = [...named, ...body].filter((field) => field !== 'warrant')
    expect(fields.sort()).toEqual(Object.keys((input as unknown as { shape: object }).shape).sort())
  })

  test('what staff do to the mailbox of somebody else asks for a reason and a ticket', () => {
    const asks = described.filter(({ requestBody }) => 'warrant' in (requestBody?.content['application/json']?.schema.properties ?? {}))
    const changes = served.filter(({ staff, method }) => staff && staff.warrant !== false && method !== 'GET')
    expect(asks.map(({ operationId }) => operationId).sort()).toEqual(changes.map(({ name }) => name).sort())
    expect(changes.length).toBeGreaterThan(5)
  })

  test('the ticket of an example is one that this site takes', () => {
    setSiteValues({ TICKET_PATTERN: '^INC\\d{7}$', TICKET_EXAMPLE: 'INC0048213' })
    const own = JSON.stringify(openApi(OPERATIONS, 'https://mail.yunling.example'))
    setSiteValues({})
    expect(own).toContain('"ticket":"INC0048213"}')
    expect(own).not.toContain('"ticket":"ITS-2026-48213"}')
  })

  test('dates are date-times and problems are RFC 9457', () => {
    const text = JSON.stringify(document)
    expect(text).toContain('"format":"date-time"')
    expect(document.components.schemas.Problem.properties.code.enum).toContain('rate_limited')
  })
})

/** Zod reads patterns without the flag that `\\p{…}` needs. */
function zodOf(schema: unknown) {
  const plain = JSON.stringify(schema)
    .replaceAll('\\\\p{Cc}', '\\\\x00-\\\\x1f\\\\x7f-\\\\x9f')
    .replaceAll('\\\\p{Cs}', '\\\\ud800-\\\\udfff')
  return z.fromJSONSchema(JSON.parse(plain))
}

describe('Every operation', () => {
  const inputOf = (name: string) => served.find((operation) => operation.name === name)?.input as z.ZodType

  test.each(described)(
    '$operationId says what it does, and what it may answer instead',
    ({ operationId, summary, responses, security }) => {
      expect(summary.length).toBeGreaterThan(10)
      const open = security.some((way) => Object.keys(way).length === 0)
      expect(Object.keys(responses)).toEqual(['200', '400', ...(open ? [] : ['401']), '403', '404', '429', '503', 'default'])
      expect(open).toBe(served.find(({ name }) => name === operationId)?.anonymous ?? false)
    },
  )

  test.each(described)('$operationId takes its own example', ({ operationId, parameters, requestBody }) => {
    const { warrant, ...body } = requestBody?.content['application/json']?.example ?? {}
    // What may be left out of a query has an example all the same: with what is needed, each by itself.
    const given = parameters.filter((parameter) => parameter.in !== 'header')
    const needed = { ...body, ...Object.fromEntries(given.filter(({ required }) => required).map(({ name, example }) => [name, example])) }
    const one = 'mailbox' in needed ? { ...needed, mailbox: 'lin.yue@yunling.example' } : needed
    expect(inputOf(operationId).safeParse(one).error?.issues).toBeUndefined()
    if (warrant) expect(warrant).toMatchObject({ reason: expect.any(String), ticket: expect.stringMatching(/^ITS-/) })
  })

  test.each(described)('$operationId answers as its example does', ({ responses }) => {
    const { schema, example } = responses[200]?.content['application/json'] ?? {}
    expect(zodOf(schema).safeParse(example).error?.issues).toBeUndefined()
  })
})

describe('The document', () => {
  /** Every object in it, with the way there. */
  function* parts(value: unknown, way = '#'): Generator<[string, Record<string, unknown>]> {
    if (typeof value !== 'object' || value === null) return
    if (!Array.isArray(value)) yield [way, value as Record<string, unknown>]
    for (const [key, part] of Object.entries(value)) yield* parts(part, `${way}/${key}`)
  }
  const all = [...parts(document)]

  test('refers to nothing that is not there', () => {
    const references = all.flatMap(([way, { $ref }]) => (typeof $ref === 'string' ? [[way, $ref] as const] : []))
    expect(references.length).toBeGreaterThan(100)
    const places = new Set(all.map(([way]) => way))
    for (const [way, to] of references) expect(places.has(to), `${way} refers to ${to}`).toBe(true)
  })

  test('names each operation and each parameter once, tells of every tag, and every security scheme', () => {
    const ids = described.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = document.tags.map(({ name }) => name)
    for (const { operationId, parameters, security, tags: own } of described) {
      const places = parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      expect(new Set(places).size, operationId).toBe(places.length)
      expect(tags).toEqual(expect.arrayContaining(own))
      for (const way of security)
        for (const scheme of Object.keys(way)) expect(Object.keys(document.components.securitySchemes)).toContain(scheme)
    }
  })

  test('has every key of a record in its example', () => {
    const schema = { type: 'object', propertyNames: { enum: ['arrived', 'waiting'] }, additionalProperties: { type: 'integer' } }
    expect(Object.keys(exampleOf(schema, true) as object)).toEqual(['arrived', 'waiting'])
  })

  test('has an example for every parameter and every body', () => {
    for (const { operationId, parameters, requestBody, responses } of described) {
      for (const { name, example } of parameters) expect(example, `${operationId} ${name}`).not.toBeUndefined()
      if (requestBody) expect(requestBody.content['application/json']?.example, operationId).toBeTypeOf('object')
      expect(responses[200]?.content['application/json']?.example, operationId).toBeTypeOf('object')
    }
    const strange = Object.keys(EXAMPLE_INPUTS).filter((name) => !served.some((operation) => operation.name === name))
    expect(strange).toEqual([])
  })

  test('T46 names the scope of a token for what is open to one, and for nothing else', () => {
    const open = described.flatMap(({ operationId, security }) => security.flatMap(({ token }) => (token ? [[operationId, token[0]]] : [])))
    expect(open).toEqual(served.filter(({ scope }) => scope).map(({ name, scope }) => [name, scope]))
    for (const scope of SCOPES) expect(document.components.securitySchemes.token.description).toContain(scope)
  })

  test('shows of a problem what its schema says', () => {
    const schema = z.fromJSONSchema(document.components.schemas.Problem as never)
    for (const { content } of Object.values(document.components.responses))
      expect(schema.safeParse(content['application/problem+json'].example).success).toBe(true)
  })

  test('tells of every event that a webhook brings, with an example of it', () => {
    expect(Object.keys(document.webhooks)).toEqual(WEBHOOK_EVENTS)
    for (const event of WEBHOOK_EVENTS) {
      const { example } = document.webhooks[event]?.post.requestBody.content['application/json'] ?? {}
      expect(EVENT_DATA[event].safeParse((example as { data: unknown }).data).success, event).toBe(true)
    }
  })
})
