import type { Sql } from '#db/client.ts'

/** Every cell of every table, also of the job queue: bytes as Latin-1, so that text hidden in them is found. */
export async function everyCell(owner: Sql): Promise<{ place: string; text: string }[]> {
  const tables = await owner<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'`
  const cells: { place: string; text: string }[] = []
  for (const { schema, name } of tables) {
    for (const row of await owner`select * from ${owner(schema)}.${owner(name)}`) {
      for (const [column, value] of Object.entries(row)) {
        if (value !== null) cells.push({ place: `${name}.${column}`, text: asText(value) })
      }
    }
  }
  return cells
}

/** Where a text is found: as it is, in Base64 and in hex. */
export function placesOf(cells: { place: string; text: string }[], text: string): string[] {
  const bytes = Buffer.from(text)
  const forms = [bytes.toString('latin1'), bytes.toString('hex'), ...shiftedBase64(bytes)]
  return cells.filter((cell) => forms.some((form) => cell.text.includes(form))).map(({ place }) => place)
}

/** In Base64 a text looks different at each of three offsets; the ends that its neighbours colour are cut off. */
function shiftedBase64(bytes: Buffer): string[] {
  if (bytes.length < 9) return []
  return [0, 1, 2].map((offset) => {
    const length = bytes.length - offset - ((bytes.length - offset) % 3)
    return bytes.subarray(offset, offset + length).toString('base64')
  })
}

function asText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  if (value instanceof Date) return value.toISOString()
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return Buffer.from(text).toString('latin1')
}

/** What the portal holds, but for the traces that every call leaves: audit, limits, times last seen. */
export async function state(owner: Sql): Promise<Record<string, unknown[]>> {
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
    and table_name not in ('audit_log', 'audit_head', 'audit_open', 'rate_hits', 'schema_migrations') order by 1`
  const held: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const rows = await owner`select to_jsonb(t) - 'last_seen_at' as row from ${owner(name)} t order by 1`
    held[name] = rows.map(({ row }) => row)
  }
  const jobs = await owner`
    select t.identifier, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id`
  held.jobs = [...jobs]
  return held
}
