import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { apiKeys } from '#db/schema/platform.ts'
import type { Actor } from './actor.ts'
import { randomToken, sha256 } from './crypto.ts'
import { SCOPES, type Scope } from './scopes.ts'

export interface NewApiKey {
  /** Nobody else's, not even of a key that is gone: it stands in the audit. */
  name: string
  scopes: readonly Scope[]
  days: number
  /** Who answers for it. */
  owner: string
}

/** The key is shown once; only its hash is stored. Null when the name is taken. */
export async function createApiKey(db: Queryable, { days, scopes, ...key }: NewApiKey) {
  const secret = `phk_${randomToken()}`
  const [row] = await db
    .insert(apiKeys)
    .values({ ...key, scopes: [...scopes], keyHash: sha256(secret), expiresAt: sql`now() + make_interval(days => ${days})` })
    .onConflictDoNothing()
    .returning({ id: apiKeys.id, expiresAt: apiKeys.expiresAt })
  return row ? { ...row, secret } : null
}

/** `ip`: from where it is used. */
export async function actorOfApiKey(db: Database, secret: string, ip: string | null): Promise<Actor> {
  const [key] = await db
    .update(apiKeys)
    .set({ lastUsedAt: sql`now()`, lastUsedIp: ip })
    .where(and(eq(apiKeys.keyHash, sha256(secret)), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, sql`now()`)))
    .returning()
  return key ? { kind: 'apiKey', id: key.name, scopes: SCOPES.filter((scope) => key.scopes.includes(scope)) } : { kind: 'anonymous' }
}
