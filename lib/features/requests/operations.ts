import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { DESK_ROLES } from '#lib/platform/staff.ts'
import { mayWorkAtDesk, onlyAsStaff } from './policy.ts'
import {
  CommentRequest,
  CountRequests,
  Decided,
  DecideRequest,
  ListRequests,
  OneRequest,
  RequestCount,
  RequestDetail,
  RequestPage,
  WatchRequests,
} from './schema.ts'
import {
  commentRequest,
  countRequests,
  decideRequest,
  giveBackRequest,
  listRequests,
  showRequest,
  takeRequest,
  watchRequests,
} from './service.ts'

/** Nobody calls: the owner asked for it in the portal. The request stands for the ticket, and what was decided is told in its own words. */
const AT_DESK = { roles: DESK_ROLES, verified: false, warrant: false } as const

export const listRequestsOperation = operation({
  name: 'requests.list',
  summary: 'What waits for the helpdesk, the oldest first; whose it is, masked',
  method: 'GET',
  path: '/requests',
  input: ListRequests,
  output: RequestPage,
  policy: mayWorkAtDesk,
  scope: 'requests.read',
  audit: () => ({}),
  run: listRequests,
})

export const showRequestOperation = operation({
  name: 'requests.show',
  summary: 'One request with what it is about and what staff wrote',
  method: 'GET',
  path: '/accounts/{mailbox}/requests/{id}',
  input: OneRequest,
  output: RequestDetail,
  policy: onlyAsStaff,
  staff: AT_DESK,
  scope: 'requests.read',
  audit: ({ id }) => ({ id }),
  run: showRequest,
})

export const takeRequestOperation = operation({
  name: 'requests.take',
  summary: 'Take a request, so that others leave it alone',
  method: 'POST',
  path: '/accounts/{mailbox}/requests/{id}/take',
  input: OneRequest,
  output: z.object({}),
  policy: onlyAsStaff,
  staff: AT_DESK,
  scope: 'requests.work',
  audit: ({ id }) => ({ id }),
  run: takeRequest,
})

export const giveBackRequestOperation = operation({
  name: 'requests.give-back',
  summary: 'Give a request back that one took',
  method: 'POST',
  path: '/accounts/{mailbox}/requests/{id}/give-back',
  input: OneRequest,
  output: z.object({}),
  policy: onlyAsStaff,
  staff: AT_DESK,
  scope: 'requests.work',
  audit: ({ id }) => ({ id }),
  run: giveBackRequest,
})

export const commentRequestOperation = operation({
  name: 'requests.comment',
  summary: 'Write something about a request for other staff',
  method: 'POST',
  path: '/accounts/{mailbox}/requests/{id}/comments',
  input: CommentRequest,
  output: z.object({}),
  policy: onlyAsStaff,
  staff: AT_DESK,
  scope: 'requests.work',
  audit: ({ id }) => ({ id }),
  run: commentRequest,
})

export const decideRequestOperation = operation({
  name: 'requests.decide',
  summary: 'Approve or refuse a request, in words that the owner reads; malware and phones without proof take two people',
  method: 'POST',
  path: '/accounts/{mailbox}/requests/{id}/decision',
  input: DecideRequest,
  output: Decided,
  policy: onlyAsStaff,
  staff: AT_DESK,
  stepUp: ({ decision }) => decision === 'approve',
  audit: ({ id, decision }) => ({ id, decision }),
  run: decideRequest,
})

export const countRequestsOperation = operation({
  name: 'requests.count',
  summary: 'How many requests wait that nobody has taken',
  method: 'GET',
  path: '/requests/count',
  input: CountRequests,
  output: RequestCount,
  policy: mayWorkAtDesk,
  scope: 'requests.read',
  audit: () => ({}),
  run: countRequests,
})

export const watchRequestsOperation = operation({
  name: 'requests.watch',
  summary: 'Hears of it when the queue changes',
  method: 'GET',
  input: WatchRequests,
  output: z.object({ agent: z.string() }),
  policy: mayWorkAtDesk,
  audit: () => ({}),
  run: watchRequests,
})
