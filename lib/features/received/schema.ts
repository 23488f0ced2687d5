import { z } from 'zod'
import { HELD_STATES, HELD_VERDICTS } from '#lib/mail-core/quarantine/port.ts'
import { EVENTS, OUTCOMES, REASONS } from '#lib/mail-core/trace/port.ts'
import { Day } from '#lib/platform/day.ts'
import { MailId, SearchWords } from '#lib/platform/mail-id.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

/** What the list can be narrowed to. */
export const RESULTS = ['delivered', 'junk', 'held', 'waiting', 'rejected', 'deleted'] as const
export const MOST_AT_ONCE = 1_000

const MailIds = z
  .array(MailId)
  .min(1)
  .max(MOST_AT_ONCE)
  .transform((ids) => [...new Set(ids)])

export const ListReceived = z
  .object({
    mailbox: MailboxAddress,
    /** The id of the mail that the page begins behind: `older` of the page before, or `newer`. */
    before: MailId.optional(),
    after: MailId.optional(),
    /** First and last day, in the site's time zone. */
    from: Day.optional(),
    to: Day.optional(),
    result: z.enum(RESULTS).optional(),
    search: SearchWords.optional(),
    limit: wholeNumber({ min: 1, max: 100 }).default(50),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, { path: ['after'] })
export const OneReceived = z.object({ mailbox: MailboxAddress, id: MailId })
export const WatchReceived = z.object({ mailbox: MailboxAddress })
/** `allow`: also put the senders on the person's own list. */
export const ReleaseReceived = z.object({ mailbox: MailboxAddress, ids: MailIds, allow: z.boolean().default(false) })
export const RequestRelease = z.object({
  mailbox: MailboxAddress,
  ids: MailIds,
  reason: z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(4)
        .max(500)
        .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
    ),
})
/** `block`: also put the senders on the person's own list. */
export const DeleteReceived = z.object({ mailbox: MailboxAddress, ids: MailIds, block: z.boolean().default(false) })
export const UndeleteReceived = z.object({ mailbox: MailboxAddress, ids: MailIds })
export const MoveReceived = z.object({ mailbox: MailboxAddress, id: MailId })

const Person = z.object({ name: z.string(), address: z.string() })
const Outcome = z.enum(OUTCOMES)
const Reason = z.enum(REASONS)

/** What the owner may do with it now. */
const May = z.object({
  release: z.boolean(),
  /** Malware and phishing are released by the helpdesk only. */
  request: z.boolean(),
  delete: z.boolean(),
  undelete: z.boolean(),
  moveToInbox: z.boolean(),
})
export const Held = z.object({
  verdict: z.enum(HELD_VERDICTS),
  state: z.enum(HELD_STATES),
  /** The owner's own words, while the helpdesk has not decided. */
  request: z.string().nullable(),
  heldAt: z.date(),
  expiresAt: z.date(),
})
export const ReceivedMail = z.object({
  id: z.string(),
  arrivedAt: z.date(),
  /** Null: a message of a mail server about mail (envelope sender `<>`). */
  from: Person.nullable(),
  subject: z.string().nullable(),
  size: z.number().nullable(),
  outcome: Outcome,
  folder: z.string().nullable(),
  reason: Reason.nullable(),
  held: Held.nullable(),
  may: May,
})
export const ReceivedPage = z.object({
  mails: z.array(ReceivedMail),
  /** Undecided, and deleted within three days. On the first page without a filter; such a mail stands in `mails` as well. */
  expiring: z.array(ReceivedMail),
  /** For `before` and `after` of the next call. */
  older: z.string().nullable(),
  newer: z.string().nullable(),
  /** Undecided in all. */
  held: z.number().int(),
  /** How far back the trace goes. */
  days: z.number().int(),
})
export const ReceivedDetail = ReceivedMail.extend({
  sender: z.string().nullable(),
  messageId: z.string().nullable(),
  client: z
    .object({ ip: z.string().nullable(), name: z.string().nullable(), helo: z.string().nullable(), tls: z.string().nullable() })
    .nullable(),
  scan: z
    .object({
      at: z.date(),
      score: z.number(),
      required: z.number(),
      junk: z.number(),
      verdict: z.enum(['none', 'spam', 'phishing', 'malware']),
      auth: z.enum(['pass', 'fail', 'none']),
      symbols: z.array(z.object({ name: z.string(), score: z.number() })),
      attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.number() })),
    })
    .nullable(),
  events: z.array(
    z.object({
      at: z.date(),
      what: z.enum(EVENTS),
      folder: z.string().optional(),
      reason: Reason.optional(),
      status: z.string().optional(),
      rule: z.enum(['allow', 'block']).optional(),
    }),
  ),
})
/** `missed`: not held any more, or somebody else was faster. */
export const Released = z.object({
  ids: z.array(z.string()),
  /** Only the helpdesk releases them. */
  askHelpdesk: z.array(z.string()),
  missed: z.array(z.string()),
  /** The senders that are allowed from now on, and those that no list can allow (one's own domain). */
  allowed: z.array(z.string()),
  notAllowed: z.array(z.string()),
})
export const Deleted = z.object({
  ids: z.array(z.string()),
  missed: z.array(z.string()),
  blocked: z.array(z.string()),
  notBlocked: z.array(z.string()),
})
export const Changed = z.object({ ids: z.array(z.string()), missed: z.array(z.string()) })

/** Text to be shown as text nodes (T35); a link is shown as `text → destination` and leads nowhere. */
export const Preview = z.object({
  subject: z.string(),
  from: z.string(),
  to: z.string(),
  date: z.date().nullable(),
  blocks: z.array(
    z.object({
      kind: z.enum(['text', 'heading', 'item']),
      /** How many times it is quoted; 0 is the sender's own. */
      quoted: z.number().int(),
      /** Empty text with a link: the link is a picture. `deceptive`: the text names another host than the link leads to. */
      runs: z.array(z.object({ text: z.string(), link: z.object({ to: z.string(), deceptive: z.boolean() }).optional() })),
    }),
  ),
  imagesNotLoaded: z.number().int(),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.number() })),
  /** Whether it can be seen with its formatting, in a frame without rights. */
  formatted: z.boolean(),
  truncated: z.boolean(),
})
/** Null: the mail has no formatting. */
export const PreviewDocument = z.object({ html: z.string().nullable() })

export type Outcome = z.infer<typeof Outcome>
export type Result = (typeof RESULTS)[number]
export type ReceivedMail = z.infer<typeof ReceivedMail>
export type ReceivedPage = z.infer<typeof ReceivedPage>
export type ReceivedDetail = z.infer<typeof ReceivedDetail>
export type Released = z.infer<typeof Released>
export type Deleted = z.infer<typeof Deleted>
export type Preview = z.infer<typeof Preview>
