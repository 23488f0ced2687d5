import { listAppPasswordsOperation } from './operations.ts'

/** `mailbox`: the reference of an account that staff look at. */
export const loadAppPasswords = (mailbox = 'me') => listAppPasswordsOperation.load({ mailbox })
