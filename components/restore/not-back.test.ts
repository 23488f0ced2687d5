import { expect, test } from 'vitest'
import { notBackOf } from './not-back.ts'

test('What is not back is told by folder and reason', () => {
  const folders = [
    { folder: 'INBOX', total: 10, restored: 8, gone: 2 },
    { folder: '会议', total: 5, restored: 0, gone: 1 },
    { folder: 'Sent', total: 3, restored: 3, gone: 0 },
  ]
  expect(notBackOf({ gone: 4, folders })).toEqual([
    { folder: 'INBOX', count: 2, reason: 'gone' },
    { folder: '会议', count: 1, reason: 'gone' },
    { folder: null, count: 1, reason: 'gone' },
    { folder: '会议', count: 4, reason: 'notReached' },
  ])
  expect(notBackOf({ gone: 0, folders: [{ folder: 'Sent', total: 3, restored: 3, gone: 0 }] })).toEqual([])
})
