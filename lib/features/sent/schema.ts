import { z } from 'zod'
import { REASONS } from '#lib/mail-core/trace/port.ts'
import { MailId, SearchWords } from '#lib/platform/mail-id.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

export const ListSent = z
  .object({
    mailbox: MailboxAddress,
    /** The id of the mail that the page begins behind: `older` of the page before, or `newer`. */
    before: MailId.optional(),
    after: MailId.optional(),
    /** Part of the subject, or of a recipient as it was written. */
    search: SearchWords.optional(),
    limit: wholeNumber({ min: 1, max: 100 }).default(50),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, { path: ['after'] })
export const OneSent = z.object({ mailbox: MailboxAddress, id: MailId })
/** `mailbox` is the recipient's. */
export const WithdrawCopy = z.object({ mailbox: MailboxAddress, recall: z.uuid() })
export const FinishRecall = z.object({ mailbox: MailboxAddress, recall: z.uuid() })

/** What a sender learns of a recipient's side; `arrived` also where a filter holds it there. */
export const FATES = ['arrived', 'waiting', 'refused'] as const
export const RECALL_STATES = ['queued', 'running', 'done', 'waiting_approval', 'refused'] as const
/**
 * What became of one recipient's copy. `none`: there was none in the folders, be it held, deleted or kept elsewhere.
 * `undelivered`: it had not arrived. `failed`: the mailbox could not be asked for a day.
 */
export const COPY_STATES = ['pending', 'withdrawn', 'read', 'none', 'undelivered', 'outside', 'failed'] as const

const Fates = z.record(z.enum(FATES), z.number().int())
const count = z.number().int()

export const SentMail = z.object({
  id: z.string(),
  sentAt: z.date(),
  subject: z.string().nullable(),
  size: z.number().nullable(),
  /** The first ones, as they were written, each once. */
  to: z.array(z.string()),
  /** How many more there are. */
  more: count,
  fates: Fates,
  recall: z.enum(RECALL_STATES).nullable(),
})
export const SentPage = z.object({
  mails: z.array(SentMail),
  /** For `before` and `after` of the next call. */
  older: z.string().nullable(),
  newer: z.string().nullable(),
  /** How far back the trace goes. */
  days: count,
})
export const SentRecipient = z.object({
  /** As the sender wrote it. */
  address: z.string(),
  fate: z.enum(FATES),
  /** Of what waits or was refused. */
  reason: z.enum(REASONS).nullable(),
  at: z.date().nullable(),
  /** Null while the directory does not say. */
  local: z.boolean().nullable(),
  /** `none`: no copy in the folders. Null where nobody can look: outside, or the mailbox does not answer in time. */
  copy: z.enum(['unread', 'read', 'none']).nullable(),
})
export const SentDetail = SentMail.extend({
  recipients: z.array(SentRecipient),
  /** Until when it can be recalled; null when that is over, or there is nobody here to recall it from. */
  recallableUntil: z.date().nullable(),
})
export const RecallPreview = z.object({
  total: count,
  /** Copies that would be taken: unread ones, and read ones where the site allows that. */
  recallable: count,
  read: count,
  none: count,
  undelivered: count,
  outside: count,
  /** Mailboxes that did not answer now; they are tried all the same. */
  unknown: count,
  readToo: z.boolean(),
  /** So many that staff decide first. */
  needsApproval: z.boolean(),
  /** Whether the recipients hear of it. */
  told: z.boolean(),
})
export const Recall = z.object({
  /** The mail's. */
  id: z.string(),
  state: z.enum(RECALL_STATES),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  recipients: z.array(z.object({ address: z.string(), state: z.enum(COPY_STATES), at: z.date().nullable() })),
})
export const Withdrawn = z.object({ state: z.enum(COPY_STATES) })
export const Finished = z.object({ withdrawn: count })

export type Fate = (typeof FATES)[number]
export type CopyState = (typeof COPY_STATES)[number]
export type RecallState = (typeof RECALL_STATES)[number]
export type SentMail = z.infer<typeof SentMail>
export type SentPage = z.infer<typeof SentPage>
export type SentRecipient = z.infer<typeof SentRecipient>
export type SentDetail = z.infer<typeof SentDetail>
export type RecallPreview = z.infer<typeof RecallPreview>
export type Recall = z.infer<typeof Recall>
