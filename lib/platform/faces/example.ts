import { EXAMPLE_WORDS } from './example-words.ts'

/** What of a JSON Schema an example is made of. */
export interface JsonSchema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  examples?: unknown[]
  default?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  minItems?: number
  additionalProperties?: JsonSchema | boolean
  propertyNames?: JsonSchema
  format?: string
  minimum?: number
}

const FORMATS: Record<string, string> = {
  'date-time': '2026-11-23T02:42:00.000Z',
  date: '2026-11-23',
  uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  email: 'lin.yue@yunling.example',
  uri: 'https://desk.yunling.example/hooks/posthouse',
  ipv4: '10.21.4.18',
}

/** `all`: with what may be left out, as in an answer; a request says no more than it must. */
export function exampleOf(schema: JsonSchema, all: boolean, name = ''): unknown {
  if (schema.examples?.length) return schema.examples[0]
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return exampleOf(choices.find(({ type }) => type !== 'null') ?? {}, all, name)
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectOf(schema, all)
    case 'array':
      return arrayOf(schema, all, name)
    case 'string':
      return (schema.format && FORMATS[schema.format]) ?? String(EXAMPLE_WORDS[name] ?? 'text')
    case 'integer':
    case 'number':
      return typeof EXAMPLE_WORDS[name] === 'number' ? EXAMPLE_WORDS[name] : Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return true
    default:
      return null
  }
}

function objectOf({ properties = {}, required = [], additionalProperties, propertyNames }: JsonSchema, all: boolean): object {
  const wanted = Object.entries(properties).filter(([name]) => all || required.includes(name))
  const own = Object.fromEntries(wanted.map(([name, of]) => [name, exampleOf(of, all, name)]))
  if (typeof additionalProperties !== 'object' || Object.keys(properties).length > 0) return own
  // Of a record by an enumeration every key is there.
  const keys = propertyNames?.enum ?? [exampleOf(propertyNames ?? { type: 'string' }, all)]
  return Object.fromEntries(keys.map((key) => [key, exampleOf(additionalProperties, all, String(key))]))
}

function arrayOf({ items, prefixItems, minItems = 1 }: JsonSchema, all: boolean, name: string): unknown[] {
  if (prefixItems) return prefixItems.map((of) => exampleOf(of, all, name))
  return Array.from({ length: minItems }, () => exampleOf(items ?? {}, all, name))
}
