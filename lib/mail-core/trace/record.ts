import type { Client, Deleter, Outcome, Reason, Scan, TraceEvent } from './port.ts'

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
      /** The recipient as the sender wrote it, where that is not the mailbox itself. */
      writtenAs?: string
      /** Of Dovecot's LMTP, by which its log names the folder. */
      lmtpSession?: string
    }
  /** The server has given up: who has not got it until now never will. */
  | { kind: 'expired'; id: string; at: Date }
  | { kind: 'folder'; mailbox: string; lmtpSession: string; folder: string; at: Date }
  /** A login to a mailbox, or what its client calls itself. */
  | { kind: 'session'; mailbox: string; session: string; client?: string; ip?: string; at: Date }
  | { kind: 'session end'; mailbox: string; session: string }
  | DeletionRecord

/** A mail left the mailbox. By whom, the session tells where there is one. */
export interface DeletionRecord extends Partial<Omit<Deleter, 'protocol'>> {
  kind: 'deletion'
  mailbox: string
  at: Date
  /** Tells two copies of one mail apart that went at the same moment. */
  serial: number
  messageId: string | null
  size: number
  protocol: Deleter['protocol']
  session?: string
}
