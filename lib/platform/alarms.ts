import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Database, Queryable } from '#db/client.ts'
import { env } from './env.ts'
import type { Jobs } from './jobs.ts'
import { emit } from './webhooks/events.ts'
import type { EventData, WebhookEvent } from './webhooks/kinds.ts'

/** A component has to be away for three looks, 45 seconds: one that is only late once is nobody's alarm. */
const LOOKS = 3
const BUDGET_STEPS = [80, 100] as const

/** Tells of it when it begins, and no more until it is over. */
async function raise<E extends WebhookEvent>(tx: Queryable, name: string, event: E, data: z.input<EventData<E>>): Promise<void> {
  const begun = await tx.execute(sql`insert into alarms (name) values (${name}) on conflict do nothing returning name`)
  if (begun.length > 0) await emit(tx, event, data)
}

const isOver = async (tx: Queryable, name: string): Promise<boolean> =>
  (await tx.execute(sql`delete from alarms where name = ${name} returning name`)).length > 0

/** After a look at all of them has been written down. */
export async function alarmOfComponents(tx: Queryable): Promise<void> {
  const rows = await tx.execute<{ name: string; ok: boolean; looks: number }>(
    sql`select name, ok, failed_looks as looks from component_states order by name`,
  )
  for (const { name: component, ok, looks } of rows) {
    const alarm = `component:${component}`
    // A chain that does not hold is more than a machine that does not answer.
    if (looks >= LOOKS) await raise(tx, alarm, component === 'audit' ? 'alarm.audit_broken' : 'alarm.component_down', { component })
    else if (ok && (await isOver(tx, alarm))) await emit(tx, 'alarm.component_up', { component })
  }
}

/** Of the texts that the site allows itself in a day (T8). */
export async function alarmOfTexts(db: Database, budget = env().SMS_DAILY_BUDGET): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.execute<{ texts: number }>(
      sql`select count(*)::int as texts from rate_hits where key = 'sms:site' and at > now() - interval '24 hours'`,
    )
    const texts = row?.texts ?? 0
    for (const percent of BUDGET_STEPS) {
      const alarm = `sms_budget:${percent}`
      if (texts * 100 >= budget * percent) await raise(tx, alarm, 'alarm.sms_budget', { percent, texts, budget })
      else await isOver(tx, alarm)
    }
  })
}

export const alarmJobs: Jobs = {
  tasks: { 'alarms.watch-texts': (_, { db }) => alarmOfTexts(db) },
  every: { 'alarms.watch-texts': 60 },
}
