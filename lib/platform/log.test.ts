import { beforeEach, expect, test } from 'vitest'
import { describeError, log } from './log.ts'
import { captureLog } from './testing/log.ts'

const lines = captureLog()
beforeEach(() => lines.splice(0))

test('T23 of an error the log has name, code, place and causes, never its words', () => {
  const inner = Object.assign(new Error('password of lin is x'), { code: 'ECONNRESET' })
  log.error({ error: new TypeError('the secret is abc', { cause: inner }) }, 'it failed')
  const { error, msg } = JSON.parse(lines[0] ?? '')
  expect(msg).toBe('it failed')
  expect(error).toMatchObject({ name: 'TypeError', cause: { name: 'Error', code: 'ECONNRESET' } })
  expect(error.at[0]).toContain('log.test.ts')
  expect(lines[0]).not.toMatch(/secret is|password of/)
})

test.each([['text'], [7], [null], [undefined], [{ message: 'secret' }]])(
  'T23 of %j, thrown instead of an error, nothing is said',
  (thrown) => {
    expect(describeError(thrown)).toEqual({ name: typeof thrown })
  },
)

test('T23 fields that are named like secrets are left out', () => {
  const values = { password: 'p4ss', secret: 's3cret', token: 't0ken', code: '123456' }
  log.info({ ...values, inner: values, headers: { cookie: 'c00kie' } }, 'x')
  for (const value of ['p4ss', 's3cret', 't0ken', 'c00kie']) expect(lines[0]).not.toContain(value)
})
