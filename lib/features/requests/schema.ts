import { z } from 'zod'
import { HELD_VERDICTS } from '#lib/mail-core/quarantine/port.ts'
import { HELP_TOPICS } from '#lib/platform/help-topics.ts'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { REQUEST_KINDS, REQUEST_STATES } from '#lib/platform/request-kinds.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

const text = (least: number, most: number) =>
  z
    .string()
    .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(least)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
    )

export const ListRequests = z.object({
  kind: z.enum(REQUEST_KINDS).optional(),
  /** `waiting` is open or taken. */
  state: z.enum(['waiting', ...REQUEST_STATES]).default('waiting'),
  /** Older than so many hours. */
  hours: wholeNumber({ min: 1, max: 10_000 }).optional(),
  /** Taken by whoever asks. */
  mine: z.stringbool().or(z.boolean()).default(false),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,17}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .optional(),
  limit: wholeNumber({ min: 1, max: 100 }).default(50),
})
export const OneRequest = z.object({ mailbox: MailboxAddress, id: z.uuid() })
export const CommentRequest = z.object({ mailbox: MailboxAddress, id: z.uuid(), words: text(1, 1_000) })
/**
 * What approving it would be for whoever asks: the whole decision, the first or second of two, or not theirs: it takes a supervisor,
 * or somebody other than who has said yes. Nobody's: another phone is bound than when it was asked for.
 */
export const APPROVALS = ['whole', 'first', 'second', 'supervisor', 'somebody_else', 'other_phone'] as const

export const DECISIONS = ['approve', 'refuse', 'answer'] as const
/** The owner reads the words. A message is answered, everything else approved or refused. */
export const DecideRequest = z.object({
  mailbox: MailboxAddress,
  id: z.uuid(),
  decision: z.enum(DECISIONS),
  words: text(4, 1_000),
  /** What approving it was when they looked: when it is another by now, nothing is decided. */
  seen: z.enum(APPROVALS).optional(),
})
export const WatchRequests = z.object({})
export const CountRequests = z.object({})

const count = z.number().int()
/** Of the staff. `self`: whoever asks. */
const Colleague = z.object({ address: z.string(), name: z.string(), self: z.boolean() })
export const QueuedRequest = z.object({
  account: z.string(),
  /** Masked. */
  address: z.string(),
  id: z.uuid(),
  kind: z.enum(REQUEST_KINDS),
  state: z.enum(REQUEST_STATES),
  words: z.string(),
  ticket: z.string().nullable(),
  /** How many mails or mailboxes it is about. */
  size: count,
  createdAt: z.date(),
  /** Null: the owner. */
  requestedBy: Colleague.nullable(),
  takenBy: Colleague.nullable(),
  /** Has said yes, where it takes two people. */
  firstBy: Colleague.nullable(),
  decidedBy: Colleague.nullable(),
  decidedAt: z.date().nullable(),
  decision: z.string().nullable(),
  comments: count,
})
export const RequestPage = z.object({ requests: z.array(QueuedRequest), next: z.string().nullable(), waiting: count })
/** What nobody has taken yet. */
export const RequestCount = z.object({ open: count })
export const RequestDetail = QueuedRequest.extend({
  /** Of a release; never with a subject. */
  mails: z.array(
    z.object({
      id: z.string(),
      verdict: z.enum(HELD_VERDICTS),
      from: z.string().nullable(),
      size: z.number(),
      heldAt: z.date(),
      state: z.string(),
    }),
  ),
  /** Of a message, what the person let go along. */
  message: z
    .object({
      reference: z.string(),
      topic: z.enum(HELP_TOPICS),
      about: z.string().nullable(),
      page: z.string().nullable(),
      browser: z.string().nullable(),
      recent: z.array(z.string()),
    })
    .nullable(),
  /** Null once it is decided. */
  may: z
    .object({ take: z.boolean(), giveBack: z.boolean(), approve: z.enum(APPROVALS), refuse: z.boolean(), answer: z.boolean() })
    .nullable(),
  written: z.array(z.object({ by: Colleague, words: z.string(), at: z.date() })),
})
/** `waitsForSecond`: this was the first of two. `count`: mails on their way, or 1; 0: there was nothing left to decide about. */
export const Decided = z.object({ state: z.enum(REQUEST_STATES), waitsForSecond: z.boolean(), count })

export type Colleague = z.infer<typeof Colleague>
export type Approval = (typeof APPROVALS)[number]
export type Decision = (typeof DECISIONS)[number]
export type QueuedRequest = z.infer<typeof QueuedRequest>
export type RequestDetail = z.infer<typeof RequestDetail>
export type RequestCount = z.infer<typeof RequestCount>
export type RequestPage = z.infer<typeof RequestPage>
export type Decided = z.infer<typeof Decided>
