import type { Client, Outcome, Reason, Scan, TraceEvent } from './port.ts'

/** What a source tells of a message, as far as it knows; what is absent stays as it was. */
export interface MessageFacts {
  sender?: string
  login?: string
  messageId?: string
  from?: { name: string; address: string }
  subject?: string
  size?: number
  client?: Partial<Client>
  scan?: Scan
}

/** One thing that a source tells, in the language of the trace. Sources: Postfix's log, Dovecot's log, the filter, the quarantine. */
export type TraceRecord =
  | { kind: 'message'; id: string; facts: MessageFacts }
  | {
      kind: 'recipient'
      id: string
      mailbox: string
      event: TraceEvent
      /** Absent: the event does not change what became of the mail. */
      outcome?: Outcome
      folder?: string
      reason?: Reason
      /** Of Dovecot's LMTP, by which its log names the folder. */
      lmtpSession?: string
    }
  /** The server has given up: who has not got it until now never will. */
  | { kind: 'expired'; id: string; at: Date }
  | { kind: 'folder'; mailbox: string; lmtpSession: string; folder: string; at: Date }
