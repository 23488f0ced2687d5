import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { mayKeepTokens } from './policy.ts'
import { CreatedToken, CreateToken, ListTokens, RevokeToken, TokenList } from './schema.ts'
import { createToken, listTokens, revokeToken } from './service.ts'

export const listTokensOperation = operation({
  name: 'tokens.list',
  summary: 'The API tokens of the site, what each opens, and when it was used last',
  method: 'GET',
  path: '/tokens',
  input: ListTokens,
  output: TokenList,
  policy: mayKeepTokens,
  audit: () => ({}),
  run: listTokens,
})

export const createTokenOperation = operation({
  name: 'tokens.create',
  summary: 'Make an API token for another system; the answer shows it, once',
  method: 'POST',
  path: '/tokens',
  input: CreateToken,
  output: CreatedToken,
  policy: mayKeepTokens,
  stepUp: true,
  audit: ({ name, scopes, days }) => ({ name, scopes, days }),
  run: createToken,
})

export const revokeTokenOperation = operation({
  name: 'tokens.revoke',
  summary: 'Revoke an API token; its next call is refused',
  method: 'DELETE',
  path: '/tokens/{id}',
  input: RevokeToken,
  output: z.object({}),
  policy: mayKeepTokens,
  audit: ({ id }) => ({ id }),
  run: revokeToken,
})
