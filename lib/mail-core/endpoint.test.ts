import { expect, test } from 'vitest'
import { tlsOf } from './endpoint.ts'

test.each([
  ['mail.example', 993, undefined, 'implicit'],
  ['127.0.0.1', 993, undefined, 'implicit'],
  ['mail.example', 143, undefined, 'starttls'],
  ['mail.example', 40_000, true, 'implicit'],
  ['mail.example', 993, false, 'starttls'],
  ['10.0.0.1', 143, undefined, 'starttls'],
  ['127.evil.example', 143, undefined, 'starttls'],
  ['localhost.evil.example', 143, undefined, 'starttls'],
  ['127.0.0.1', 143, undefined, 'none'],
  ['localhost', 587, undefined, 'none'],
  ['::1', 110, undefined, 'none'],
] as const)('%s:%i with tls %s is %s', (host, port, tls, expected) => {
  expect(tlsOf({ host, port, tls })).toBe(expected)
})
