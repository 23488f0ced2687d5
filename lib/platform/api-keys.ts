import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { apiKeys } from '#db/schema/platform.ts'
import type { Actor } from './actor.ts'
import { randomToken, sha256 } from './crypto.ts'

/** The key is shown once; only its hash is stored. */
export async function createApiKey(db: Database, key: { name: string; scopes: string[]; days: number }): Promise<string> {
  const secret = `phk_${randomToken()}`
  const expiresAt = sql<Date>`now() + make_interval(days => ${key.days})`
  await db.insert(apiKeys).values({ name: key.name, scopes: key.scopes, keyHash: sha256(secret), expiresAt })
  return secret
}

export async function actorOfApiKey(db: Database, secret: string): Promise<Actor> {
  const [key] = await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(apiKeys.keyHash, sha256(secret)), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, sql`now()`)))
    .returning()
  return key ? { kind: 'apiKey', id: key.id, scopes: key.scopes } : { kind: 'anonymous' }
}
