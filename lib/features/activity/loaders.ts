import { exportActivityOperation, listActivityOperation } from './operations.ts'

/** `mailbox`: the reference of an account that staff look at. */
export const loadActivity = (mailbox = 'me') => listActivityOperation.load({ mailbox })
export const loadActivityExport = () => exportActivityOperation.load()
