export type RecordType = 'SRV' | 'CNAME' | 'TXT' | 'A' | 'AAAA'

/** What the world's name servers say. */
export interface Dns {
  /** Each record as a zone file has it, `0 1 993 imap.yunling.example.`; none when there is none. `MailCoreError` when nobody answers. */
  lookUp(name: string, type: RecordType): Promise<string[]>
}
