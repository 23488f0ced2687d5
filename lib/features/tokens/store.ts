import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { apiKeys } from '#db/schema/platform.ts'
import type { Scope } from '#lib/platform/scopes.ts'
import type { Token } from './schema.ts'

const kept = isNull(apiKeys.revokedAt)
const living = gt(apiKeys.expiresAt, sql`now()`)

export async function listTokens(db: Queryable): Promise<Token[]> {
  const { id, name, scopes, owner, createdAt, expiresAt, lastUsedAt, lastUsedIp } = apiKeys
  const rows = await db
    .select({ id, name, scopes, owner, createdAt, expiresAt, lastUsedAt, lastUsedIp, expired: sql<boolean>`not (${living})` })
    .from(apiKeys)
    .where(kept)
    .orderBy(createdAt, id)
  return rows.map(({ scopes, lastUsedAt, lastUsedIp, ...row }) => ({
    ...row,
    scopes: scopes as Scope[],
    lastUsed: lastUsedAt && { at: lastUsedAt, ip: lastUsedIp },
  }))
}

/** Those that can be used; to the end of the transaction nobody makes another. */
export async function lockAndCount(tx: Queryable): Promise<number> {
  await tx.execute(sql`lock table api_keys in share row exclusive mode`)
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(apiKeys).where(and(kept, living))
  return row?.count ?? 0
}

export async function revoke(db: Queryable, id: string) {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.id, id), kept))
    .returning({ name: apiKeys.name })
  return row
}

/** Those that end within so many days, each once. One that never had more than that to live needs no reminder. */
export const takeExpiring = (tx: Queryable, days: 14 | 1) =>
  tx
    .update(apiKeys)
    .set({ noticedDays: days })
    .where(
      and(
        ...[kept, living],
        lt(apiKeys.expiresAt, sql`now() + make_interval(days => ${days}::int)`),
        or(isNull(apiKeys.noticedDays), gt(apiKeys.noticedDays, days)),
        gt(sql`${apiKeys.expiresAt} - ${apiKeys.createdAt}`, sql`make_interval(days => ${days}::int + 1)`),
      ),
    )
    .returning({ name: apiKeys.name, owner: apiKeys.owner, expiresAt: apiKeys.expiresAt })
