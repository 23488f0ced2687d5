import { beforeAll, beforeEach, expect, test } from 'vitest'
import { insertWebhook } from '#db/factories.ts'
import { MailCoreError } from '#lib/mail-core/errors.ts'
import { alarmOfComponents, alarmOfTexts } from './alarms.ts'
import { figureJobs } from './figures/jobs.ts'
import { type House, testHouse } from './testing/house.ts'
import { WEBHOOK_EVENTS } from './webhooks/kinds.ts'

let house: House
beforeAll(async () => {
  house = await testHouse()
  await insertWebhook(house.db, { id: crypto.randomUUID(), url: 'https://desk.example/', owner: '', events: WEBHOOK_EVENTS })
})
beforeEach(async () => {
  for (const table of ['webhook_deliveries', 'alarms', 'component_states', 'rate_hits'])
    await house.owner`delete from ${house.owner(table)}`
})

async function told(): Promise<[string, object][]> {
  const rows = await house.owner<{ body: string }[]>`delete from webhook_deliveries returning body, created_at`
  return rows.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data])
}

/** A look as the worker takes it, at a directory that answers or does not. */
function look(answers: boolean) {
  const check = answers ? async () => {} : () => Promise.reject(new MailCoreError('unreachable'))
  const mail = { ...house.mail, directory: { ...house.mail.directory, check } }
  return figureJobs.tasks['figures.watch-components']?.({}, { ...house, mail })
}
const ofDirectory = async () => (await told()).filter(([, data]) => 'component' in data && data.component === 'directory')

test('A component that is away for three looks is an alarm, told once, and once more when it is back', async () => {
  await look(false)
  await look(false)
  expect(await ofDirectory()).toEqual([])
  await look(false)
  expect(await ofDirectory()).toEqual([['alarm.component_down', { component: 'directory' }]])
  await look(false)
  expect(await ofDirectory()).toEqual([])
  await look(true)
  expect(await ofDirectory()).toEqual([['alarm.component_up', { component: 'directory' }]])
  await look(false)
  await look(true)
  expect(await ofDirectory()).toEqual([])
})

test('T47 an audit that does not hold together is an alarm of its own', async () => {
  await house.owner`insert into component_states (name, ok, failed_looks) values ('audit', false, 3)`
  await house.db.transaction((tx) => alarmOfComponents(tx))
  expect(await told()).toEqual([['alarm.audit_broken', { component: 'audit' }]])
})

test('T8 the day’s texts are an alarm at four fifths, and again when all are spent', async () => {
  const spend = (texts: number) => house.owner`insert into rate_hits (key) select 'sms:site' from generate_series(1, ${texts})`
  await spend(7)
  await alarmOfTexts(house.db, 10)
  expect(await told()).toEqual([])
  await spend(1)
  await Promise.all([alarmOfTexts(house.db, 10), alarmOfTexts(house.db, 10)])
  expect(await told()).toEqual([['alarm.sms_budget', { percent: 80, texts: 8, budget: 10 }]])
  await spend(2)
  await alarmOfTexts(house.db, 10)
  expect(await told()).toEqual([['alarm.sms_budget', { percent: 100, texts: 10, budget: 10 }]])
  await house.owner`update rate_hits set at = at - interval '25 hours'`
  await alarmOfTexts(house.db, 10)
  expect(await told()).toEqual([])
  await spend(10)
  await alarmOfTexts(house.db, 10)
  expect((await told()).map(([, data]) => (data as { percent: number }).percent)).toEqual([80, 100])
})
