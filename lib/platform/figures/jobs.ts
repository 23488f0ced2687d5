import { sql } from 'drizzle-orm'
import { alarmOfComponents } from '../alarms.ts'
import type { Resources } from '../context.ts'
import { env } from '../env.ts'
import { components } from '../health.ts'
import type { Jobs } from '../jobs.ts'
import { add, measure, rollUp } from './roll-up.ts'

const IDLE_DAYS = 90

/** How each component answers now, and how often it has not in this hour. */
async function watchComponents(on: Resources): Promise<void> {
  const found = await components(on)
  await on.db.transaction(async (tx) => {
    for (const { name, ok, milliseconds } of found) {
      await tx.execute(sql`
        insert into component_states (name, ok, milliseconds, failed_looks) values (${name}, ${ok}, ${milliseconds}, ${ok ? 0 : 1})
        on conflict (name) do update set ok = excluded.ok, milliseconds = excluded.milliseconds, at = now(),
          failed_looks = case when excluded.ok then 0 else component_states.failed_looks + 1 end`)
    }
    await alarmOfComponents(tx)
    const checks = found.map(({ name }) => ({ figure: 'component_checks' as const, dimension: name, value: 1 }))
    const failures = found.filter(({ ok }) => !ok).map(({ name }) => ({ figure: 'component_failures' as const, dimension: name, value: 1 }))
    await add(tx, env().TIME_ZONE, [...checks, ...failures])
  })
}

/** Known here, and for 90 days neither signed in nor read by a mail client with an app password. */
const idle = sql`
  select count(*)::int as count from mail_accounts m
   where m.directory_enabled
     and not exists (select from sessions s where s.mailbox = m.mailbox and s.created_at > now() - make_interval(days => ${IDLE_DAYS}::int))
     and not exists (select from app_passwords p where p.mailbox = m.mailbox and p.last_used_at > now() - make_interval(days => ${IDLE_DAYS}::int))`

async function measureAccounts({ db, mail }: Resources): Promise<void> {
  const [row] = await db.execute<{ count: number }>(idle)
  await measure(db, env().TIME_ZONE, 'accounts_idle', row?.count ?? 0)
  await measure(db, env().TIME_ZONE, 'accounts_locked', await mail.directory.countLocked())
}

export const figureJobs: Jobs = {
  tasks: {
    'figures.roll-up': (_, { db }) => rollUp(db, env().TIME_ZONE),
    'figures.watch-components': (_, on) => watchComponents(on),
    'figures.measure-accounts': (_, on) => measureAccounts(on),
  },
  every: { 'figures.roll-up': 5, 'figures.watch-components': 15, 'figures.measure-accounts': 600 },
}
