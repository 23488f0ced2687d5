import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { mayEndForProvider, mayManageSessions, maySignIn } from './policy.ts'
import { OneSession, OwnSessions, ProviderLogout, ReviewSignIn, SessionList, SignIn } from './schema.ts'
import { endOneSession, endOtherSessions, listSessions, providerLogout, reviewSignIn, signIn, signOut } from './service.ts'

export const signInOperation = operation({
  name: 'sso.sign-in',
  summary: 'Turn a verified assertion of the identity provider into a session',
  method: 'POST',
  input: SignIn,
  output: z.object({ sid: z.string() }),
  anonymous: true,
  // A whole campus may come from one address, in the minute before a lecture.
  perMinute: 600,
  policy: maySignIn,
  audit: ({ iss }) => ({ iss }),
  run: signIn,
})

export const listSessionsOperation = operation({
  name: 'sso.list',
  summary: 'The sessions that are open, and the recent sign-ins',
  method: 'GET',
  path: '/mailboxes/{mailbox}/sessions',
  input: OwnSessions,
  output: SessionList,
  policy: mayManageSessions,
  staff: DESK,
  audit: () => ({}),
  run: listSessions,
})

export const endSessionOperation = operation({
  name: 'sso.end',
  summary: 'End one session',
  method: 'DELETE',
  path: '/mailboxes/{mailbox}/sessions/{id}',
  input: OneSession,
  output: z.object({}),
  policy: mayManageSessions,
  staff: DESK,
  audit: ({ id }) => ({ id }),
  run: endOneSession,
})

export const endOtherSessionsOperation = operation({
  name: 'sso.end-others',
  summary: 'End all sessions but the one in use; staff end all',
  method: 'DELETE',
  path: '/mailboxes/{mailbox}/sessions',
  input: OwnSessions,
  output: z.object({ ended: z.number().int() }),
  policy: mayManageSessions,
  staff: DESK,
  audit: () => ({}),
  run: endOtherSessions,
})

export const reviewSignInOperation = operation({
  name: 'sso.review',
  summary: 'Say whether an unusual sign-in was one’s own; if not, that session ends',
  method: 'POST',
  path: '/mailboxes/{mailbox}/sessions/{id}/review',
  input: ReviewSignIn,
  output: z.object({}),
  policy: mayManageSessions,
  audit: ({ id, mine }) => ({ id, mine }),
  run: reviewSignIn,
})

export const signOutOperation = operation({
  name: 'sso.sign-out',
  summary: 'End the session in use',
  method: 'POST',
  input: OwnSessions,
  output: z.object({ logoutHint: z.string().nullable(), idpSession: z.string().nullable() }),
  policy: mayManageSessions,
  audit: () => ({}),
  run: signOut,
})

export const providerLogoutOperation = operation({
  name: 'sso.provider-logout',
  summary: 'The identity provider ended a session: end ours',
  method: 'POST',
  input: ProviderLogout,
  output: z.object({ ended: z.number().int() }),
  policy: mayEndForProvider,
  audit: ({ iss }) => ({ iss }),
  run: providerLogout,
})
