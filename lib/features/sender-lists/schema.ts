import { z } from 'zod'
import { Day } from '#lib/platform/day.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { SenderPattern } from '#lib/platform/sender-pattern.ts'

const MOST_AT_ONCE = 500
/** Of a file that is brought along. */
const MOST_BYTES = 100_000

export const Verdict = z.enum(['allow', 'block'])
const Senders = z
  .array(SenderPattern)
  .min(1)
  .max(MOST_AT_ONCE)
  .transform((list) => [...new Set(list)])

export const ListSenders = z.object({ mailbox: MailboxAddress })
export const PutSenders = z.object({
  mailbox: MailboxAddress,
  /** Addresses, or domains with or without their @. */
  senders: Senders,
  verdict: Verdict,
  /** The last day on which it counts, in the site's time zone; left out: for good. */
  expiresOn: Day.optional(),
})
export const RemoveSenders = z.object({ mailbox: MailboxAddress, senders: Senders })
export const CheckSender = z.object({ mailbox: MailboxAddress, sender: SenderPattern })
export const ImportSenders = z.object({
  mailbox: MailboxAddress,
  /** The octets of what was pasted or saved, in Base64; at most 100 KB. */
  file: z
    .base64()
    .min(1)
    .max(Math.ceil(MOST_BYTES / 3) * 4),
  /** Of lines that do not say. */
  verdict: Verdict,
})

export const SenderRule = z.object({
  /** An address, or `@domain`; a domain of another script as IDNA writes it. */
  sender: z.string(),
  /** As it reads in its own script, where that differs. */
  unicode: z.string().nullable(),
  verdict: Verdict,
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  hits: z.number().int(),
  lastHitAt: z.date().nullable(),
  /** Of an address: its domain, which has the other verdict and gives way to it. */
  insteadOf: z.string().nullable(),
  /** Of a domain: how many of its addresses have the other verdict. */
  exceptions: z.number().int(),
})
export const SenderList = z.object({
  most: z.number().int(),
  /** False while the filter does not know the list as it stands. */
  told: z.boolean(),
  /** For so many days mail that is held can be found. */
  heldDays: z.number().int(),
  /** The newest first. */
  items: z.array(SenderRule),
})

/** `refused`: those that may not stand on this person's list, and why. */
export const PutResult = z.object({
  put: z.array(z.string()),
  added: z.array(z.string()),
  turned: z.array(z.string()),
  refused: z.array(z.string()),
  expiresAt: z.date().nullable(),
  told: z.boolean(),
})
export const Removed = z.object({
  removed: z.array(z.object({ sender: z.string(), verdict: Verdict, expiresAt: z.date().nullable() })),
  told: z.boolean(),
})

const Ruling = z.object({ sender: z.string(), verdict: Verdict })
/** `rule` decides about mail from this sender, null: none does; `givesWay`: the rule of the domain that is passed over. */
export const Checked = z.object({
  sender: z.string(),
  by: z.enum(['address', 'domain']).nullable(),
  rule: Ruling.nullable(),
  givesWay: Ruling.nullable(),
})

export const FAULTS = ['shape', 'wildcard', 'letters', 'suffix', 'verdict', 'day', 'self', 'own_domain', 'notices'] as const
export const Preview = z.object({
  added: z.number().int(),
  /** There already, with this very verdict and day. */
  same: z.number().int(),
  /** Have the other verdict now; at most 20 are named. */
  turned: z.object({ count: z.number().int(), senders: z.array(z.string()) }),
  /** How many would stand on the list afterwards. */
  total: z.number().int(),
  most: z.number().int(),
  /** Lines that name no sender, or none that may be listed; at most 50 are told. */
  faulty: z.object({
    count: z.number().int(),
    lines: z.array(z.object({ line: z.number().int(), text: z.string(), fault: z.enum(FAULTS) })),
  }),
})
export const Imported = z.object({ added: z.number().int(), turned: z.number().int(), faulty: z.number().int(), told: z.boolean() })

export type Verdict = z.infer<typeof Verdict>
export type SenderRule = z.infer<typeof SenderRule>
export type SenderList = z.infer<typeof SenderList>
export type PutResult = z.infer<typeof PutResult>
export type Removed = z.infer<typeof Removed>
export type Checked = z.infer<typeof Checked>
export type Preview = z.infer<typeof Preview>
export type Imported = z.infer<typeof Imported>
