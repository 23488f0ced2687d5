import type { Sql } from 'postgres'

/**
 * Fills the trace for tests and measurements of speed: mails spread evenly over people and days, one in ten each junk, held, rejected.
 * Every second one was handed in by one of them. The days are whole ones, today too, whatever the hour: of a day that has just begun
 * the planner rightly reads all of its few rows.
 */
export async function fillTrace(owner: Sql, { rows, recipients, days }: { rows: number; recipients: number; days: number }): Promise<void> {
  await owner`select trace_keep_day((now() at time zone 'UTC')::date - n) from generate_series(0, ${days}::int) n`
  await owner.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    const tomorrow = tx`date_trunc('day', now(), 'UTC') + interval '1 day'`
    const arrivedAt = tx`${tomorrow} - interval '1 second' - n * (${days}::int * interval '1 day' / ${rows}::int)`
    await tx`
      insert into trace_messages (arrived_at, queue_id, sender, login, subject, size)
      select ${arrivedAt}, 'q' || n, 'zhao@elsewhere.example',
        case n % 2 when 0 then 'user' || n / 2 % ${recipients}::int || '@yunling.example' end, 'Subject of mail number ' || n, 2048
      from generate_series(0, ${rows}::int - 1) n`
    await tx`
      insert into trace_recipients (mailbox, arrived_at, queue_id, sender, from_address, subject, size, outcome, folder, events)
      select 'user' || n % ${recipients}::int || '@yunling.example', ${arrivedAt}, 'q' || n,
        'zhao@elsewhere.example', 'zhao@elsewhere.example', 'Subject of mail number ' || n, 2048,
        case n / ${recipients}::int % 10 when 0 then 'junk' when 1 then 'held' when 2 then 'rejected' else 'delivered' end, 'INBOX',
        '[{"at": "2026-11-25T12:00:00.000Z", "what": "delivered", "folder": "INBOX"}]'
      from generate_series(0, ${rows}::int - 1) n`
    await tx`analyze trace_messages, trace_recipients`
  })
}
