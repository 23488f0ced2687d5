import { describe, expect, inject, test } from 'vitest'
import { describeFilter, wordyMail } from './contract.ts'
import { rspamdFilter } from './rspamd.ts'

const stack = inject('mailStack')

describe.skipIf(!stack)('Rspamd', () => {
  if (!stack) return

  describeFilter('rspamd', async () => ({ filter: rspamdFilter(stack.rspamd) }))

  test('It listens to nobody without its password', async () => {
    const filter = rspamdFilter({ ...stack.rspamd, password: 'x' })
    await expect(filter.learn(wordyMail(), 'wanted')).rejects.toMatchObject({ code: 'refused', message: 'refused' })
    await expect(filter.check()).rejects.toMatchObject({ code: 'refused' })
  })
})
