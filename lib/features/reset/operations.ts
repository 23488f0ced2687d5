import { z } from 'zod'
import { describeActor } from '#lib/platform/actor.ts'
import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { mayIssuePass, mayReset, maySendCode } from './policy.ts'
import { ChooseNew, IssuePass, OfFlow, Pass, ProveReset, Reset, ResetState, SendCode, Started, StartReset } from './schema.ts'
import { chooseNew, issuePass, proveReset, resendReset, sendCode, showReset, startReset, unlockAccount } from './service.ts'

// None of these is part of the public API: a reset belongs to a person at a browser.

export const startResetOperation = operation({
  name: 'reset.start',
  summary: 'Begin a reset for an account, and have a code sent to its bound phone',
  method: 'POST',
  input: StartReset,
  output: Started,
  anonymous: true,
  policy: mayReset,
  audit: ({ by }) => ({ by }),
  run: startReset,
})

export const showResetOperation = operation({
  name: 'reset.show',
  summary: 'How far a reset is',
  method: 'GET',
  input: OfFlow,
  output: ResetState,
  anonymous: true,
  policy: mayReset,
  audit: () => ({}),
  run: showReset,
})

export const resendResetOperation = operation({
  name: 'reset.resend',
  summary: 'Have another code sent; the tries already made still count',
  method: 'POST',
  input: OfFlow,
  output: z.object({}),
  anonymous: true,
  policy: mayReset,
  audit: () => ({}),
  run: resendReset,
})

export const proveResetOperation = operation({
  name: 'reset.prove',
  summary: 'Show a code, a recovery code or a one-time pass',
  method: 'POST',
  input: ProveReset,
  output: ResetState,
  anonymous: true,
  policy: mayReset,
  audit: () => ({}),
  run: proveReset,
})

export const chooseNewOperation = operation({
  name: 'reset.choose',
  summary: 'Set the new password; every session ends',
  method: 'POST',
  input: ChooseNew,
  output: Reset,
  anonymous: true,
  policy: mayReset,
  audit: () => ({}),
  run: chooseNew,
})

export const unlockAccountOperation = operation({
  name: 'reset.unlock',
  summary: 'End a lock by wrong passwords, and keep the password',
  method: 'POST',
  input: OfFlow,
  output: z.object({}),
  anonymous: true,
  policy: mayReset,
  audit: () => ({}),
  run: unlockAccount,
})

export const sendCodeOperation = operation({
  name: 'reset.send-code',
  summary: 'Look up the account of a reset, and send its code',
  method: 'POST',
  input: SendCode,
  output: z.object({ sent: z.boolean() }),
  policy: maySendCode,
  audit: () => ({}),
  run: sendCode,
})

export const issuePassOperation = operation({
  name: 'reset.issue-pass',
  summary: 'Give a verified caller a one-time pass for a reset',
  method: 'POST',
  input: IssuePass,
  output: Pass,
  policy: mayIssuePass,
  staff: DESK,
  stepUp: true,
  limits: (_, actor) => [{ key: `reset.issue-pass:${describeActor(actor).id}`, limit: 30, per: '1 hour' }],
  audit: () => ({}),
  run: issuePass,
})
