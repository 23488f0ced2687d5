import type { Sql } from 'postgres'
import type { FoundAccount } from './port.ts'

/** Behind whatever begins with the text, in the order of bytes that the indexes keep. */
const LAST = '\u{10ffff}'

/** Each key by its own index, also for the portal's whole organisation. */
export async function searchSql(sql: Sql, text: string, limit: number): Promise<FoundAccount[]> {
  const from = text.toLowerCase()
  const to = from + LAST
  // As quoted words nothing in it is an operator (T28); what they find holds the text itself, with every sign of it.
  const words = text.split(/\s+/).map((word) => `'${word.replace(/[\\']/g, '$&$&')}':*`)
  const names = sql`name || ' ' || coalesce(name_en, '')`
  return sql<FoundAccount[]>`
    select address, name, name_en as "nameEn", number, unit, disabled from directory_accounts where address in (
      (select address from directory_accounts where address ~>=~ ${from} and address ~<~ ${to} limit ${limit})
      union (select address from directory_accounts where login ~>=~ ${from} and login ~<~ ${to} limit ${limit})
      union (select address from directory_accounts where lower(number) ~>=~ ${from} and lower(number) ~<~ ${to} limit ${limit})
      union (select address from directory_accounts
        where to_tsvector('simple'::regconfig, ${names}) @@ to_tsquery('simple', ${words.join(' & ')})
          and strpos(lower(${names}), ${from}) > 0 limit ${limit}))
    order by name, address limit ${limit}`
}
