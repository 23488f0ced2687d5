import { domainToASCII } from 'node:url'
import { z } from 'zod'
import type { SenderVerdict } from '#lib/mail-core/sender-rules/port.ts'

/**
 * Why a text names no sender: `wildcard` (`*`), `letters` (of other scripts before the @, or invisible ones), `suffix` (a domain
 * under which strangers register theirs), `shape` for the rest.
 */
export type SenderFault = 'shape' | 'wildcard' | 'letters' | 'suffix'
/** Why a sender may not stand on this person's list: it is the person, the organisation, or the portal's own notices. */
export type SenderBar = 'self' | 'own_domain' | 'notices'

// RFC 5321: 64 octets before the @, 254 in all. RFC 5322 atext without the asterisk.
const LOCAL = /^[a-z0-9.!#$%&'+/=?^_`{|}~-]{1,64}$/
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
// What a URL's host could also be read as (escapes, ports, brackets) is no domain of a mail.
const DOMAIN_LETTERS = /^[\p{L}\p{M}\p{N}.。-]+$/u
const LONGEST = 254
/** Second-level registries as countries have them: com.cn, ac.uk, or.jp. */
const REGISTRY = /^(ac|co|com|edu|go|gov|mil|ne|net|or|org)\.[a-z]{2}$/

export type ReadSender = { sender: string } | { fault: SenderFault }

/**
 * An address, or `@domain` with or without its @, as the lists hold it: NFKC before anything is looked at (T30), lower case,
 * a domain of other scripts as IDNA writes it, so that a look-alike shows.
 */
export function readSender(text: string): ReadSender {
  if (text.length > LONGEST) return { fault: 'shape' }
  const sender = text.normalize('NFKC').trim().toLowerCase()
  if (sender.includes('*')) return { fault: 'wildcard' }
  if (/\p{C}/u.test(sender)) return { fault: 'letters' }
  const at = sender.lastIndexOf('@')
  const local = sender.slice(0, Math.max(at, 0))
  if (/[^\x20-\x7e]/.test(local)) return { fault: 'letters' }
  if (local !== '' && !LOCAL.test(local)) return { fault: 'shape' }
  const domain = asciiDomain(sender.slice(at + 1))
  if (domain === null || local.length + 1 + domain.length > LONGEST) return { fault: 'shape' }
  if (local === '' && REGISTRY.test(domain)) return { fault: 'suffix' }
  return domain.includes('.') ? { sender: `${local}@${domain}` } : { fault: local === '' && at === 0 ? 'suffix' : 'shape' }
}

function asciiDomain(text: string): string | null {
  if (!DOMAIN_LETTERS.test(text)) return null
  const domain = domainToASCII(text)
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  // An IPv4 address comes out of domainToASCII as one; no top-level domain is a number.
  return domain.length <= 253 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(last) ? domain : null
}

/** A sender as the lists hold it. */
export const SenderPattern = z
  .string()
  .max(LONGEST)
  .transform((text, context) => {
    const read = readSender(text)
    if ('sender' in read) return read.sender
    context.addIssue({ code: 'custom', message: read.fault })
    return z.NEVER
  })

export const domainOf = (sender: string): string => sender.slice(sender.lastIndexOf('@'))

/** T27: an allowance for one's own organisation would let every forgery of it in; a block may not silence security notices. */
export function barOf(
  sender: string,
  verdict: SenderVerdict,
  { mailbox, notices }: { mailbox: string; notices: string },
): SenderBar | null {
  const [own, of] = [domainOf(mailbox), domainOf(sender)]
  if (sender === mailbox) return 'self'
  if (verdict === 'allow') return of === own || of.endsWith(`.${own.slice(1)}`) ? 'own_domain' : null
  return sender === notices || sender === domainOf(notices) ? 'notices' : null
}
