import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bulletin, takeDownBulletin } from './bulletin.ts'
import { writeContacts } from './site-contacts.ts'
import { type House, testHouse } from './testing/house.ts'

const CONTACTS = { hotline: { zh: '校内6120', en: '6120 on campus' }, hours: { zh: '', en: '' }, mobile: '', mail: '' }
let house: House
let selects = 0
let away = false
/** The database, which counts what is read and can go away. */
const db = () =>
  new Proxy(house.db, {
    get(target, name, receiver) {
      if (name === 'select') {
        selects++
        if (away) throw new Error('away')
      }
      return Reflect.get(target, name, receiver)
    },
  })

beforeEach(async () => {
  house ??= await testHouse()
  vi.useFakeTimers({ toFake: ['performance'] })
  Object.assign(globalThis, { posthouseBulletins: undefined })
  selects = 0
  away = false
  await writeContacts(house.db, CONTACTS)
})
afterEach(() => vi.useRealTimers())

test('However many pages ask, it is read once in five seconds', async () => {
  const on = db()
  await Promise.all(Array.from({ length: 50 }, () => bulletin(on)))
  const once = selects
  expect(once).toBeGreaterThan(0)
  vi.advanceTimersByTime(4_999)
  await bulletin(on)
  expect(selects).toBe(once)
  vi.advanceTimersByTime(1)
  await bulletin(on)
  expect(selects).toBe(2 * once)
})

test('A page of the next minute does not wait for it; a later one does', async () => {
  const on = db()
  await bulletin(on)
  await writeContacts(house.db, { ...CONTACTS, mobile: '138 7100 6120' })
  vi.advanceTimersByTime(6_000)
  expect((await bulletin(on)).contacts.mobile).toBe('')
  await vi.waitFor(async () => expect((await bulletin(on)).contacts.mobile).toBe('138 7100 6120'))

  await writeContacts(house.db, CONTACTS)
  vi.advanceTimersByTime(60_000)
  expect((await bulletin(on)).contacts.mobile).toBe('')
})

test('What was read before a change does not come back after it', async () => {
  const on = db()
  await bulletin(on)
  vi.advanceTimersByTime(6_000)
  await bulletin(on)
  await writeContacts(house.db, { ...CONTACTS, mobile: '138 7100 6120' })
  takeDownBulletin(on)
  for (let time = 0; time < 20; time++) expect((await bulletin(on)).contacts.mobile).toBe('138 7100 6120')
})

test('What was changed is read at once', async () => {
  const on = db()
  await bulletin(on)
  await writeContacts(house.db, { ...CONTACTS, mobile: '138 7100 6120' })
  expect((await bulletin(on)).contacts.mobile).toBe('')
  takeDownBulletin(on)
  expect((await bulletin(on)).contacts.mobile).toBe('138 7100 6120')
})

test('A database that is away leaves what was known, and an error page still says whom to call', async () => {
  const on = db()
  await bulletin(on)
  away = true
  vi.advanceTimersByTime(6_000)
  expect((await bulletin(on)).contacts.hotline.zh).toBe('校内6120')
  takeDownBulletin(on)
  expect(await bulletin(on)).toMatchObject({ contacts: { hotline: { zh: '' } }, incidents: [] })
})
