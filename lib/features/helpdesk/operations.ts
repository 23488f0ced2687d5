import { z } from 'zod'
import { describeActor } from '#lib/platform/actor.ts'
import { operation } from '#lib/platform/operation.ts'
import { DESK, DESK_ROLES } from '#lib/platform/staff.ts'
import { mayWorkAtDesk, onlyAsStaff } from './policy.ts'
import {
  Account,
  Calls,
  Filed,
  FoundAccounts,
  ListCalls,
  OneAccount,
  SearchAccounts,
  SendCallCode,
  SentCode,
  Unmasked,
  Verified,
  VerifyCaller,
} from './schema.ts'
import {
  endCall,
  listCalls,
  requestUnbinding,
  searchAccounts,
  sendCallCode,
  showAccount,
  unlockAccount,
  unmaskPhone,
  verifyCaller,
} from './service.ts'

/** What comes before the caller is verified, and changes nothing of the owner's. */
const BEFORE = { roles: DESK_ROLES, verified: false, warrant: false } as const

/** It may be a phone's, of which only the end is written down; digits of a login or an address are not one. */
const NUMBER = /(?<!\w)[+(]*\d(?:[\s()-]*\d){4,}(?![\w@])/g

export const searchAccountsOperation = operation({
  name: 'helpdesk.search',
  summary: 'Find people by address, login, name, number, or the ending of the bound phone; what is found is masked',
  method: 'GET',
  path: '/accounts',
  input: SearchAccounts,
  output: FoundAccounts,
  policy: mayWorkAtDesk,
  scope: 'accounts.search',
  auditedRead: true,
  perMinute: 30,
  limits: (_, actor) => [{ key: `helpdesk.search:${describeActor(actor).id}`, limit: 300, per: '1 hour' }],
  audit: ({ query }) => ({ query: query.replace(NUMBER, (number) => `****${number.replace(/\D/g, '').slice(-4)}`) }),
  run: searchAccounts,
})

export const listCallsOperation = operation({
  name: 'helpdesk.calls',
  summary: 'Whom the member of staff who asks has verified, while it lasts',
  method: 'GET',
  path: '/calls',
  input: ListCalls,
  output: Calls,
  policy: mayWorkAtDesk,
  auditedRead: true,
  audit: () => ({}),
  run: listCalls,
})

export const showAccountOperation = operation({
  name: 'helpdesk.account',
  summary: 'Everything about an account; masked until the caller is verified',
  method: 'GET',
  path: '/accounts/{mailbox}',
  input: OneAccount,
  output: Account,
  policy: onlyAsStaff,
  staff: BEFORE,
  audit: () => ({}),
  run: showAccount,
})

export const sendCallCodeOperation = operation({
  name: 'helpdesk.send-code',
  summary: 'Send a code to the bound phone, for the caller to read out',
  method: 'POST',
  path: '/accounts/{mailbox}/code',
  input: SendCallCode,
  output: SentCode,
  policy: onlyAsStaff,
  staff: BEFORE,
  limits: (_, actor) => [{ key: `helpdesk.send-code:${describeActor(actor).id}`, limit: 60, per: '1 hour', code: 'sms_limit' }],
  audit: () => ({}),
  run: sendCallCode,
})

export const verifyCallerOperation = operation({
  name: 'helpdesk.verify',
  summary: 'Keep for an hour that the caller is the owner: by the code, by a call back, or by a document',
  method: 'POST',
  path: '/accounts/{mailbox}/verification',
  input: VerifyCaller,
  output: Verified,
  policy: onlyAsStaff,
  staff: BEFORE,
  // Of what nothing but the word of the member of staff proves, no more than somebody at a telephone gets to.
  limits: ({ method }, actor) =>
    method === 'phone_code' ? [] : [{ key: `helpdesk.verify:${describeActor(actor).id}`, limit: 30, per: '1 hour' }],
  audit: ({ method, document, note }) => ({
    ...{ kind: method, note: note ?? null },
    ...(document ? { document: document.kind, ending: document.ending } : {}),
  }),
  run: verifyCaller,
})

export const endCallOperation = operation({
  name: 'helpdesk.end-call',
  summary: 'End a verification before its hour is over',
  method: 'DELETE',
  path: '/accounts/{mailbox}/verification',
  input: OneAccount,
  output: z.object({}),
  policy: onlyAsStaff,
  staff: BEFORE,
  audit: () => ({}),
  run: endCall,
})

export const unmaskPhoneOperation = operation({
  name: 'helpdesk.unmask',
  summary: 'Show a supervisor the full number of the bound phone; the owner is told',
  method: 'POST',
  path: '/accounts/{mailbox}/phone',
  input: OneAccount,
  output: Unmasked,
  policy: onlyAsStaff,
  staff: { roles: ['supervisor'], verified: false },
  stepUp: true,
  limits: (_, actor) => [{ key: `helpdesk.unmask:${describeActor(actor).id}`, limit: 20, per: '24 hours' }],
  audit: () => ({}),
  run: unmaskPhone,
})

export const unlockAccountOperation = operation({
  name: 'helpdesk.unlock',
  summary: 'End a lock by wrong passwords for a verified caller',
  method: 'POST',
  path: '/accounts/{mailbox}/unlock',
  input: OneAccount,
  output: z.object({}),
  policy: onlyAsStaff,
  staff: DESK,
  audit: () => ({}),
  run: unlockAccount,
})

export const requestUnbindingOperation = operation({
  name: 'helpdesk.request-phone-unbinding',
  summary: 'Ask for the bound phone to be unbound, for a verified caller who has lost it; a supervisor decides',
  method: 'POST',
  path: '/accounts/{mailbox}/phone-unbinding',
  input: OneAccount,
  output: Filed,
  policy: onlyAsStaff,
  staff: DESK,
  audit: () => ({}),
  run: requestUnbinding,
})
