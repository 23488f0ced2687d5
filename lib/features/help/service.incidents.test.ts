import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { takeDownBulletin } from '#lib/platform/bulletin.ts'
import { anonymous, codeOf, done, type House, type Person, testHouse } from '#lib/platform/testing/house.ts'
import * as help from './operations.ts'

let house: House
let admin: Person
beforeAll(async () => {
  house = await testHouse()
  admin = await house.person('admin', { groups: ['mail-admins'] })
})
beforeEach(async () => {
  await house.forgetLimits()
  // A test may have moved the clocks past the end of the session.
  await admin.signIn({ groups: ['mail-admins'] })
})

describe('An incident', () => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const OUTAGE = { kind: 'stop', titleZh: '发信停了', titleEn: 'Sending is down', startsAt: at(-1), endsAt: at(60) }
  const running = async () => done(await help.listIncidentsOperation.execute(anonymous(), {}, house))

  test('is seen by all from its start to its end, changes, and ends when it is ended', async () => {
    const before = await running()
    const { id } = done(await admin.call(help.putIncidentOperation, OUTAGE))
    const begun = await running()
    expect(begun.incidents).toMatchObject([
      { id, kind: 'stop', title: { zh: '发信停了', en: 'Sending is down' }, body: { zh: '', en: '' } },
    ])
    expect(begun.version).not.toBe(before.version)
    const [audited] = await house.owner`
      select detail from audit_log where operation = 'help.put-incident' and phase = 'outcome' order by seq desc limit 1`
    expect(JSON.parse(audited?.detail)).toMatchObject({ id })

    done(await admin.call(help.putIncidentOperation, { ...OUTAGE, id, titleEn: 'Sending is slow', kind: 'hold' }))
    const changed = await running()
    expect(changed.incidents).toMatchObject([{ id, kind: 'hold', title: { en: 'Sending is slow' } }])
    expect(changed.version).not.toBe(begun.version)

    done(await admin.call(help.endIncidentOperation, { id }))
    expect(await running()).toEqual(before)
    expect(codeOf(await admin.call(help.endIncidentOperation, { id }))).toBe('not_found')
  })

  test('T45 is in the audit with its texts and times, as they were before and after', async () => {
    const written = async () => {
      const [row] = await house.owner`
        select detail from audit_log where operation in ('help.put-incident', 'help.end-incident') and phase = 'outcome'
        order by seq desc limit 1`
      return JSON.parse(row?.detail)
    }
    const body = 'Wait. '.repeat(83)
    const { id } = done(await admin.call(help.putIncidentOperation, { ...OUTAGE, bodyEn: body }))
    const { startsAt, endsAt } = OUTAGE
    const added = ['kind=stop', 'titleZh=发信停了', 'titleEn=Sending is down', 'bodyZh=', `bodyEn=${body.trim()}`]
    expect(await written()).toMatchObject({ id, before: [], after: [...added, `startsAt=${startsAt}`, `endsAt=${endsAt}`] })

    done(await admin.call(help.putIncidentOperation, { ...OUTAGE, id, titleEn: 'Call 6666', endsAt: at(30) }))
    expect(await written()).toMatchObject({
      before: ['titleEn=Sending is down', `bodyEn=${body.trim()}`, `endsAt=${endsAt}`],
      after: ['titleEn=Call 6666', 'bodyEn=', expect.stringMatching(/^endsAt=.*Z$/)],
    })

    done(await admin.call(help.endIncidentOperation, { id }))
    expect(await written()).toMatchObject({ name: '发信停了', before: [expect.stringMatching(/^endsAt=/)], after: [expect.any(String)] })
  })

  test('of which nobody knows the end stands until it is ended', async () => {
    const { endsAt: _, ...open } = OUTAGE
    const { id } = done(await admin.call(help.putIncidentOperation, open))
    await house.later('40 days')
    await admin.signIn({ groups: ['mail-admins'] })
    takeDownBulletin(house.db)
    expect((await running()).incidents).toMatchObject([{ id, endsAt: null }])
    const { announcements } = done(await admin.call(help.listAnnouncementsOperation))
    expect(announcements).toMatchObject([{ id, state: 'running', endsAt: null }])
    done(await admin.call(help.endIncidentOperation, { id }))
    expect((await running()).incidents).toEqual([])
    expect(codeOf(await admin.call(help.endIncidentOperation, { id }))).toBe('not_found')
  })

  test('that is to come is not seen yet, and can be called off', async () => {
    const { id } = done(await admin.call(help.putIncidentOperation, { ...OUTAGE, startsAt: at(60), endsAt: at(120) }))
    expect((await running()).incidents).toEqual([])
    done(await admin.call(help.endIncidentOperation, { id }))
    await house.later('90 minutes')
    takeDownBulletin(house.db)
    expect((await running()).incidents).toEqual([])
  })

  test('does not end before it begins, and one that is not there cannot be changed', async () => {
    expect(codeOf(await admin.call(help.putIncidentOperation, { ...OUTAGE, endsAt: at(-2) }))).toBe('invalid_input')
    expect(codeOf(await admin.call(help.putIncidentOperation, { ...OUTAGE, id: crypto.randomUUID() }))).toBe('not_found')
  })
})
