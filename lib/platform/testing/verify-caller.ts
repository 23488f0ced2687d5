import { keepVerification } from '../caller-verification.ts'
import type { Resources } from '../context.ts'

/** As if the caller had just read out the code of the phone. */
export const verifyCaller = ({ db }: Resources, agent: string, mailbox: string): Promise<void> =>
  keepVerification(db, { agent, mailbox, method: 'phone_code', note: null })

/** What staff give with every change. */
export const WARRANT = { reason: 'lost the phone abroad', ticket: 'ITS-2026-00817' }
