import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '#app/api/v1/operations.ts'
import { openApi } from './openapi.ts'

interface Described {
  operationId: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: { 'application/json': { schema: { properties: object; required: string[] } } } }
  responses: Record<string, object>
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
    const body = Object.keys(found?.requestBody?.content['application/json'].schema.properties ?? {})
    const fields = [...named, ...body].filter((field) => field !== 'warrant')
    expect(fields.sort()).toEqual(Object.keys((input as unknown as { shape: object }).shape).sort())
  })

  test('what staff do to the mailbox of somebody else asks for a reason and a ticket', () => {
    const asks = described.filter(
      ({ requestBody }) => requestBody && 'warrant' in requestBody.content['application/json'].schema.properties,
    )
    const changes = served.filter(({ staff, method }) => staff && staff.warrant !== false && method !== 'GET')
    expect(asks.map(({ operationId }) => operationId).sort()).toEqual(changes.map(({ name }) => name).sort())
    expect(changes.length).toBeGreaterThan(5)
  })

  test('dates are date-times and problems are RFC 9457', () => {
    const text = JSON.stringify(document)
    expect(text).toContain('"format":"date-time"')
    for (const { responses } of described) expect(Object.keys(responses)).toEqual(['200', 'default'])
    expect(document.components.schemas.Problem.properties.code.enum).toContain('rate_limited')
  })
})
