import { operation } from '#lib/platform/operation.ts'
import { maySettle, mayUseOwnPassword } from './policy.ts'
import { Changed, ChangePassword, PasswordState, RecoveryCodes, SettleChange, Settled, ShowPassword } from './schema.ts'
import { changePassword, makeRecoveryCodes, settle, showPassword } from './service.ts'

export const showPasswordOperation = operation({
  name: 'password.show',
  summary: 'How old the password is, what a new one must be, and what a reset would need',
  method: 'GET',
  path: '/mailboxes/{mailbox}/password',
  input: ShowPassword,
  output: PasswordState,
  policy: mayUseOwnPassword,
  audit: () => ({}),
  run: showPassword,
})

export const changePasswordOperation = operation({
  name: 'password.change',
  summary: 'Change the password; every other session ends',
  method: 'POST',
  path: '/mailboxes/{mailbox}/password',
  input: ChangePassword,
  output: Changed,
  policy: mayUseOwnPassword,
  stepUp: true,
  audit: () => ({}),
  run: changePassword,
})

export const makeRecoveryCodesOperation = operation({
  name: 'password.make-recovery-codes',
  summary: 'Make recovery codes, each good for one reset; those from before stop working',
  method: 'POST',
  path: '/mailboxes/{mailbox}/recovery-codes',
  input: ShowPassword,
  output: RecoveryCodes,
  policy: mayUseOwnPassword,
  stepUp: true,
  audit: () => ({}),
  run: makeRecoveryCodes,
})

export const settleChangeOperation = operation({
  name: 'password.settle',
  summary: 'Find out how a change ended whose answer was lost, and do what follows from it',
  method: 'POST',
  input: SettleChange,
  output: Settled,
  policy: maySettle,
  audit: ({ change }) => ({ change }),
  run: settle,
})
