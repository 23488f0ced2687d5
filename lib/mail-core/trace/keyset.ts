import type { PendingQuery, Row, Sql } from 'postgres'
import { arrivedAt } from './days.ts'
import type { SentQuery } from './port.ts'

export type Fragment = PendingQuery<Row[]>

export const isUpwards = ({ before, after }: SentQuery) => after !== undefined && before === undefined

export const together = (sql: Sql, parts: readonly Fragment[], word: Fragment) =>
  sql`${parts.flatMap((each, index) => (index === 0 ? [each] : [word, each]))}`

/** Each condition on the time alone leaves out days before any is opened, which one on time and id together does not. */
export function within(sql: Sql, { before, after, since, until }: SentQuery): Fragment[] {
  const found: Fragment[] = []
  if (before !== undefined) {
    const at = sql`${arrivedAt(before)}::text::timestamptz`
    found.push(sql`arrived_at <= ${at} and (arrived_at, queue_id) < (${at}, ${before})`)
  }
  if (after !== undefined) {
    const at = sql`${arrivedAt(after)}::text::timestamptz`
    found.push(sql`arrived_at >= ${at} and (arrived_at, queue_id) > (${at}, ${after})`)
  }
  if (since) found.push(sql`arrived_at >= ${since.toISOString()}::text::timestamptz`)
  if (until) found.push(sql`arrived_at < ${until.toISOString()}::text::timestamptz`)
  return found
}

/** Of whatever has this text in it, for ILIKE. */
export const like = (text: string) => `%${text.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`
