import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { DESK } from '#lib/platform/staff.ts'
import { mayUseAppPasswords } from './policy.ts'
import {
  AppPasswordList,
  CreateAppPassword,
  CreatedAppPassword,
  ListAppPasswords,
  RevokeAppPassword,
  SwitchAppPasswords,
} from './schema.ts'
import { createAppPassword, listAppPasswords, revokeAllAppPasswords, revokeAppPassword, switchAppPasswords } from './service.ts'

const Revoked = z.object({ revoked: z.number().int() })

export const listAppPasswordsOperation = operation({
  name: 'app-passwords.list',
  summary: 'The app passwords, with when and from where each was last used',
  method: 'GET',
  path: '/mailboxes/{mailbox}/app-passwords',
  input: ListAppPasswords,
  output: AppPasswordList,
  policy: mayUseAppPasswords,
  staff: DESK,
  audit: () => ({}),
  run: listAppPasswords,
})

export const switchAppPasswordsOperation = operation({
  name: 'app-passwords.switch',
  summary: 'Switch app passwords on, or suspend all at once',
  method: 'POST',
  path: '/mailboxes/{mailbox}/app-passwords/switch',
  input: SwitchAppPasswords,
  output: z.object({ on: z.boolean() }),
  policy: mayUseAppPasswords,
  staff: { ...DESK, when: ({ on }) => !on },
  stepUp: ({ on }) => on,
  audit: ({ on }) => ({ on }),
  run: switchAppPasswords,
})

export const createAppPasswordOperation = operation({
  name: 'app-passwords.create',
  summary: 'Generate an app password; its secret is in this answer and nowhere else',
  method: 'POST',
  path: '/mailboxes/{mailbox}/app-passwords',
  input: CreateAppPassword,
  output: CreatedAppPassword,
  policy: mayUseAppPasswords,
  stepUp: true,
  audit: ({ name, days, expiresOn, protocols, sms }) => ({ name, expiry: expiresOn ?? `${days} days`, protocols, sms }),
  run: createAppPassword,
})

export const revokeAppPasswordOperation = operation({
  name: 'app-passwords.revoke',
  summary: 'Revoke one app password: refused at its next login, open mail sessions are ended',
  method: 'DELETE',
  path: '/mailboxes/{mailbox}/app-passwords/{id}',
  input: RevokeAppPassword,
  output: Revoked,
  policy: mayUseAppPasswords,
  staff: DESK,
  audit: ({ id }) => ({ id }),
  run: revokeAppPassword,
})

export const revokeAllAppPasswordsOperation = operation({
  name: 'app-passwords.revoke-all',
  summary: 'Revoke all app passwords',
  method: 'DELETE',
  path: '/mailboxes/{mailbox}/app-passwords',
  input: ListAppPasswords,
  output: Revoked,
  policy: mayUseAppPasswords,
  staff: DESK,
  audit: () => ({}),
  run: revokeAllAppPasswords,
})
