import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { env } from './env.ts'

/** Six digits that the portal shows to a member of staff and to the owner whose account is open there: each can ask the other for them. */
export interface AgentSign {
  digits: string
  changesInSeconds: number
}

const WINDOW_SECONDS = 600

/** Both sides reckon it from the same ten minutes of the database's clock, so that nothing is stored. */
async function signs(db: Queryable): Promise<(agent: string, mailbox: string) => AgentSign> {
  const [row] = await db.execute<{ window: number; left: number }>(sql`
    select floor(t.now / ${WINDOW_SECONDS})::int as window, ceil(${WINDOW_SECONDS} - t.now % ${WINDOW_SECONDS})::int as left
      from (select extract(epoch from now())) as t (now)`)
  if (!row) throw new Error('no clock')
  return (agent, mailbox) => {
    const mac = createHmac('sha256', env().SESSION_SECRET).update(`sign:${row.window}:${agent}:${mailbox}`).digest()
    return { digits: String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0'), changesInSeconds: row.left }
  }
}

export const agentSign = async (db: Queryable, agent: string, mailbox: string): Promise<AgentSign> => (await signs(db))(agent, mailbox)

/** Who of the staff has the account open: opened it within the last ten minutes, as the record says, and has not ended the call since. */
export async function openAtHelpdesk(db: Queryable, mailbox: string): Promise<(AgentSign & { name: string })[]> {
  const rows = await db.execute<{ agent: string; name: string }>(sql`
    select agent, coalesce((select s.name from sessions s where s.mailbox = agent order by s.created_at desc limit 1), agent) as name
    from (
      select distinct on (actor_id) actor_id as agent, operation
      from (select * from audit_log where mailbox = ${mailbox} order by seq desc limit 200) recent
      where actor_kind = 'staff' and outcome = 'done' and at > now() - interval '10 minutes'
        and operation in ('helpdesk.account', 'helpdesk.end-call')
      order by actor_id, seq desc
    ) newest where operation = 'helpdesk.account' and agent <> ${mailbox}`)
  if (rows.length === 0) return []
  const signOf = await signs(db)
  return rows.map(({ agent, name }) => ({ name, ...signOf(agent, mailbox) }))
}
