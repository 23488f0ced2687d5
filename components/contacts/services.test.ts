import { expect, test } from 'vitest'
import { serviceName } from './services.ts'

test.each([
  ['QQ', 'QQ'],
  ['lark', 'lark'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
])('The service %s is called %s', (service, name) => expect(serviceName(service)).toBe(name))
