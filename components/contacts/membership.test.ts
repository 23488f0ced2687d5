import { expect, test } from 'vitest'
import { sharesOf, stepsBetween } from './membership.ts'

const contacts = [{ groups: ['同事', '项目'] }, { groups: ['同事', '别处'] }]

test('A group has all, some or none of the chosen', () => {
  expect([...sharesOf(['亲友', '同事', '项目'], contacts)]).toEqual([
    ['亲友', 'none'],
    ['同事', 'all'],
    ['项目', 'some'],
    ['别处', 'some'],
  ])
})

test('Only what was changed is done, and what is mixed stays mixed', () => {
  const before = sharesOf(['亲友', '同事', '项目'], contacts)
  expect(stepsBetween(before, before)).toEqual({ add: [], remove: [] })
  const after = new Map(before).set('亲友', 'all').set('同事', 'none').set('新的', 'all')
  expect(stepsBetween(before, after)).toEqual({ add: ['亲友', '新的'], remove: ['同事'] })
})
