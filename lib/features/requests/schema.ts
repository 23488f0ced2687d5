import { z } from 'zod'
import { HELD_VERDICTS } from '#lib/mail-core/quarantine/port.ts'
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
    .regex(/^\d{1,17}\.[0-9a-f-]{36}$/)
    .optional(),
  limit: wholeNumber({ min: 1, max: 100 }).default(50),
})
export const OneRequest = z.object({ mailbox: MailboxAddress, id: z.uuid() })
export const CommentRequest = z.object({ mailbox: MailboxAddress, id: z.uuid(), words: text(1, 1_000) })
/** The owner reads the words. */
export const DecideRequest = z.object({
  mailbox: MailboxAddress,
  id: z.uuid(),
  decision: z.enum(['approve', 'refuse']),
  words: text(4, 1_000),
})
export const WatchRequests = z.object({})

const count = z.number().int()

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
  requestedBy: z.string().nullable(),
  takenBy: z.string().nullable(),
  /** Has said yes, where it takes two people. */
  firstBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  decision: z.string().nullable(),
  comments: count,
})
export const RequestPage = z.object({ requests: z.array(QueuedRequest), next: z.string().nullable(), waiting: count })
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
  written: z.array(z.object({ by: z.string(), words: z.string(), at: z.date() })),
})
/** `waitsForSecond`: this was the first of two. `count`: mails on their way, or 1; 0: there was nothing left to decide about. */
export const Decided = z.object({ state: z.enum(REQUEST_STATES), waitsForSecond: z.boolean(), count })

export type QueuedRequest = z.infer<typeof QueuedRequest>
export type RequestDetail = z.infer<typeof RequestDetail>
export type RequestPage = z.infer<typeof RequestPage>
export type Decided = z.infer<typeof Decided>
