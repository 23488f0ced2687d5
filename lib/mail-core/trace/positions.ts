import type { Sql } from 'postgres'
import type { TraceRecord } from './record.ts'
import { applyRecords, ensureDays } from './store.ts'

/** How far a source has been read: as it stands in the database, where somebody else may have moved it since. */
export interface Position {
  source: string
  json: string
}

export async function positionOf(sql: Sql, source: string): Promise<Position> {
  const read = () => sql<{ json: string }[]>`select position::text as json from trace_positions where source = ${source}`
  const [row] = await read()
  if (row) return { source, json: row.json }
  await sql`insert into trace_positions (source, position) values (${source}, '{}') on conflict do nothing`
  const [made] = await read()
  return { source, json: made?.json ?? '{}' }
}

/**
 * Takes in what was read from here on and moves the position, both or none: whoever is killed in between has done nothing. Returns how
 * many records were left out; null when somebody else has gone on from here, or is at it.
 */
export async function advance(sql: Sql, from: Position, to: unknown, records: TraceRecord[]): Promise<number | null> {
  await ensureDays(
    sql,
    records.flatMap((record) => ('id' in record ? record.id : record.kind === 'deletion' ? record.at : [])),
  )
  return sql.begin(async (tx) => {
    const [mine] = await tx`
      select from trace_positions where source = ${from.source} and position = ${from.json}::text::jsonb for update skip locked`
    if (!mine) return null
    const leftOut = await applyRecords(tx, records)
    await tx`update trace_positions set position = ${JSON.stringify(to)}::text::jsonb, updated_at = now() where source = ${from.source}`
    return leftOut
  })
}
