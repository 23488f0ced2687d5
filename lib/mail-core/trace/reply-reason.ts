import type { Reason } from './port.ts'

// RFC 3463 3: subject and detail of an enhanced status. What stands for several things is told from the text.
const BY_DETAIL: Record<string, Reason> = {
  '1.1': 'unknown_recipient',
  '1.2': 'unknown_recipient',
  '1.3': 'unknown_recipient',
  '1.6': 'unknown_recipient',
  '1.7': 'sender_refused',
  '1.8': 'sender_refused',
  '1.10': 'unknown_recipient',
  '2.2': 'mailbox_full',
  '2.3': 'too_large',
  '3.4': 'too_large',
  '4.1': 'unreachable',
  '4.2': 'unreachable',
  '4.3': 'unreachable',
  '4.4': 'unreachable',
  '4.5': 'unreachable',
  '4.7': 'too_old',
  // RFC 7372, authentication of the sender.
  '7.20': 'sender_refused',
  '7.21': 'sender_refused',
  '7.22': 'sender_refused',
  '7.23': 'sender_refused',
  '7.24': 'sender_refused',
  '7.25': 'sender_refused',
  '7.26': 'sender_refused',
}
const BY_SUBJECT: Record<string, Reason> = { 5: 'malformed', 6: 'malformed' }

const BY_TEXT: [RegExp, Reason][] = [
  [/relay(ing)? (access )?denied|not permitted to relay/i, 'relay_denied'],
  [/(sender|client host|helo command|client) (address )?rejected|not owned by user/i, 'sender_refused'],
  [
    /user unknown|unknown user|no such user|(recipient|mailbox|user).{0,40}(not found|does ?n.t exist|unknown|unavailable)/i,
    'unknown_recipient',
  ],
  [/quota|(mailbox|storage).{0,20}full/i, 'mailbox_full'],
  [/too (big|large)|exceeds.{0,40}(size|limit)|size limit/i, 'too_large'],
  [/timed out|connection refused|unreachable|no route to host|host (or domain name )?not found|lost connection/i, 'unreachable'],
  [/spam|virus|malware|phish|content|gtube/i, 'content_refused'],
]

/** Why a server did not take a mail, by its enhanced status and, where that does not tell, by its words. */
export function reasonOf(status: string | undefined, text: string): Reason {
  const [, detail = '', subject = ''] = /^[245]\.((\d+)\.\d+)$/.exec(status ?? '') ?? []
  const known = BY_DETAIL[detail] ?? BY_SUBJECT[subject]
  if (known) return known
  const said = BY_TEXT.find(([words]) => words.test(text))?.[1]
  return said ?? (subject === '' || subject === '0' ? 'other' : 'server_refused')
}
