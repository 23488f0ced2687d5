import { z } from 'zod'
import { sha256 } from '#lib/platform/crypto.ts'
import { operation } from '#lib/platform/operation.ts'
import { mayFollowLink, mayUseOwnPhone } from './policy.ts'
import { Bound, CancelChange, ConfirmBinding, Flow, PhoneState, ResendCodes, ShowPhone, StartBinding } from './schema.ts'
import { cancelChange, checkCancelLink, confirmBinding, resendCodes, showPhone, startBinding } from './service.ts'

export const showPhoneOperation = operation({
  name: 'phone.show',
  summary: 'The bound phone, masked, and a binding under way',
  method: 'GET',
  path: '/mailboxes/{mailbox}/phone',
  input: ShowPhone,
  output: PhoneState,
  policy: mayUseOwnPhone,
  audit: () => ({}),
  run: showPhone,
})

export const startBindingOperation = operation({
  name: 'phone.start',
  summary: 'Send codes to bind a phone, or to change it',
  method: 'POST',
  path: '/mailboxes/{mailbox}/phone/codes',
  input: StartBinding,
  output: Flow,
  policy: mayUseOwnPhone,
  stepUp: true,
  audit: ({ number }) => ({ number: `****${number.replace(/\D/g, '').slice(-4)}` }),
  run: startBinding,
})

export const resendCodesOperation = operation({
  name: 'phone.resend',
  summary: 'Send the codes again; the tries already made still count',
  method: 'POST',
  path: '/mailboxes/{mailbox}/phone/codes/{flow}',
  input: ResendCodes,
  output: Flow,
  policy: mayUseOwnPhone,
  stepUp: true,
  audit: ({ flow }) => ({ flow }),
  run: resendCodes,
})

export const confirmBindingOperation = operation({
  name: 'phone.confirm',
  summary: 'Bind the phone with the code that it got; a change also needs the code of the old number',
  method: 'POST',
  path: '/mailboxes/{mailbox}/phone',
  input: ConfirmBinding,
  output: Bound,
  policy: mayUseOwnPhone,
  stepUp: true,
  audit: ({ flow }) => ({ flow }),
  run: confirmBinding,
})

export const cancelChangeOperation = operation({
  name: 'phone.cancel-change',
  summary: 'Put the old number back with the link from the notice',
  method: 'POST',
  path: '/links/phone-change',
  input: CancelChange,
  output: z.object({}),
  anonymous: true,
  policy: mayFollowLink,
  limits: ({ token }) => [{ key: `phone.cancel-change:${Buffer.from(sha256(token)).toString('hex')}`, limit: 60, per: '1 minute' }],
  audit: () => ({}),
  run: cancelChange,
})

export const checkCancelLinkOperation = operation({
  name: 'phone.check-cancel-link',
  summary: 'Whether a link from a notice still works; changes nothing',
  method: 'GET',
  input: CancelChange,
  output: z.object({}),
  anonymous: true,
  policy: mayFollowLink,
  audit: () => ({}),
  run: checkCancelLink,
})
