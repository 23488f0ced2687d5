import { expect, test, vi } from 'vitest'
import { toAppError } from './errors.ts'

test('F4 a mail system that is away is told as that, also by another copy of its library in this process', async () => {
  vi.resetModules()
  const other = await import('#lib/mail-core/errors.ts')
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  expect(toAppError(new other.MailCoreError('unreachable', { cause: refused })).code).toBe('mail_unreachable')
  expect(toAppError(refused).code).toBe('database_unavailable')
})
