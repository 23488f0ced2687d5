import type { z } from 'zod'
import { describeActor } from '#lib/platform/actor.ts'
import { createApiKey } from '#lib/platform/api-keys.ts'
import type { Context } from '#lib/platform/context.ts'
import { AppError } from '#lib/platform/errors.ts'
import { enqueueNotice } from '#lib/platform/notices/enqueue.ts'
import { type CreatedToken, type CreateToken, MOST_TOKENS, type RevokeToken, type TokenList } from './schema.ts'
import * as store from './store.ts'

export async function listTokens({ db }: Context): Promise<TokenList> {
  return { tokens: await store.listTokens(db), most: MOST_TOKENS }
}

/** Whoever made it is told by mail: an administrator's session may be in other hands. */
export function createToken({ db, actor, request }: Context, { name, scopes, days }: z.output<typeof CreateToken>): Promise<CreatedToken> {
  const owner = describeActor(actor).id
  return db.transaction(async (tx) => {
    if ((await store.lockAndCount(tx)) >= MOST_TOKENS) throw new AppError('token_limit', { values: { most: MOST_TOKENS } })
    const created = await createApiKey(tx, { name, scopes, days, owner })
    if (!created) throw new AppError('token_name_taken', { fields: ['name'] })
    const params = { name, expires: created.expiresAt.toISOString() }
    await enqueueNotice(tx, { mailbox: owner, kind: 'api_token_created', params, locale: request.locale })
    return { ...created, name, scopes }
  })
}

export async function revokeToken({ db, audited }: Context, { id }: z.output<typeof RevokeToken>) {
  const revoked = await store.revoke(db, id)
  if (!revoked) throw new AppError('not_found')
  audited.detail = { name: revoked.name }
  return {}
}
