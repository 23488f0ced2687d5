import { expect, test } from 'vitest'
import { endShown, secondsLeft } from './time-left.ts'

const at = new Date('2026-11-26T06:00:00Z')
const now = at.getTime()

test('T45 a page of a verified caller that the way back shows again has no more time than it had', () => {
  const shown = { address: 'lin.yue@yunling.example', at, endsInSeconds: 600 }
  expect(secondsLeft(shown, now)).toBe(600)
  expect(secondsLeft({ ...shown }, now + 590_500)).toBe(10)
  expect(secondsLeft({ ...shown }, now + 600_000)).toBe(0)
  expect(secondsLeft({ ...shown }, now + 900_000)).toBe(0)
})

test('a page that is read anew has the time that the server says, though the clock of the browser was put on', () => {
  const shown = { address: 'zhang.wei@yunling.example', at, endsInSeconds: 600 }
  expect(secondsLeft(shown, now)).toBe(600)
  expect(secondsLeft({ ...shown, endsInSeconds: 590 }, now + 3_600_000)).toBe(590)
})

test('T45 no page of a call that was ended is shown again, and those of the next call are', () => {
  const first = { address: 'emily.carter@yunling.example', at, endsInSeconds: 600 }
  const again = { ...first, at: new Date(now + 60_000), endsInSeconds: 3_600 }
  expect(secondsLeft(again, now)).toBe(3_600)
  endShown(again)
  expect(secondsLeft(again, now)).toBe(0)
  expect(secondsLeft(first, now)).toBe(0)
  expect(secondsLeft({ ...first, address: 'lin.yue@yunling.example' }, now)).toBe(600)
  expect(secondsLeft({ ...again, at: new Date(now + 120_000) }, now)).toBe(3_600)
})
