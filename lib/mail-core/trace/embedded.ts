import { once } from 'node:events'
import type { Sql } from 'postgres'
import { MailCoreError } from '../errors.ts'
import type { Trace } from './port.ts'
import { storedTrace } from './read.ts'

/** The trace where no mail server writes a log: quarantine and intake write it themselves, in their own transactions. */
export function embeddedTrace(sql: Sql): Trace {
  return {
    ...storedTrace(sql),
    follow: async (signal) => {
      if (!signal.aborted) await once(signal, 'abort')
    },
    takeLines: async () => {
      throw new MailCoreError('refused')
    },
  }
}
