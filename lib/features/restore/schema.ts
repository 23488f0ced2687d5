import { z } from 'zod'
import { MailboxAddress } from '#lib/platform/mailbox-address.ts'
import { wholeNumber } from '#lib/platform/whole-number.ts'

/** For so long deleted mail is offered; it is kept a day longer (T42). */
export const DAYS_OFFERED = 7
export const MOST_CHOSEN = 1_000
/** So many mails deleted by one client within ten minutes are worth a word. */
export const MASS = 200

const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().regex(/^[^\p{Cc}\p{Cs}]+$/u))
/** The name as the server gave it, whatever is in it. */
const FolderName = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,255}$/u)
const Instant = z.iso.datetime().transform((text) => new Date(text))
const DeletedId = z.string().regex(/^[0-9a-f][0-9a-f.-]{9,79}$/)

const filters = {
  /** Part of the sender, the subject or the folder. */
  text: line(100).optional(),
  folder: FolderName.optional(),
  /** Deleted then or later, and before. */
  from: Instant.optional(),
  until: Instant.optional(),
}

export const ListDeleted = z.object({
  mailbox: MailboxAddress,
  ...filters,
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,15}\.[0-9a-f][0-9a-f.-]{9,79}$/)
    .optional(),
  limit: wholeNumber({ min: 1, max: 100 }).default(50),
})
export const CountDeleted = z.object({ mailbox: MailboxAddress, ...filters })
/** Mails one by one, or `all` that the filters let through. */
export const StartRestore = z
  .object({
    mailbox: MailboxAddress,
    ids: z
      .array(DeletedId)
      .min(1)
      .max(MOST_CHOSEN)
      .transform((ids) => [...new Set(ids)])
      .optional(),
    all: z.literal(true).optional(),
    ...filters,
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), { path: ['ids'] })
export const OneRestore = z.object({ mailbox: MailboxAddress, id: z.uuid() })

/** Which program took the mail out of the mailbox; null where none says so. */
const Deleter = z.object({ client: z.string().nullable(), protocol: z.enum(['imap', 'pop3', 'doveadm', 'other']) })

export const DeletedMail = z.object({
  /** Names this deletion: deleted once more, a mail has another id. */
  id: z.string(),
  deletedAt: z.date(),
  /** Where it goes back to. */
  folder: z.string(),
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  subject: z.string(),
  size: z.number(),
  /** Null: no log tells of it. */
  deletedBy: Deleter.nullable(),
})
export const MassDeletion = Deleter.extend({
  at: z.date(),
  /** Between them lie all of its mails. */
  from: z.date(),
  to: z.date(),
  count: z.number().int(),
  /** The first of them is offered until then. */
  until: z.date(),
})
export const DeletedPage = z.object({
  mails: z.array(DeletedMail),
  next: z.string().nullable(),
  /** The newest one that can still be restored. */
  mass: MassDeletion.nullable(),
  /** A restore under way. */
  running: z.uuid().nullable(),
})
export const DeletedCount = z.object({
  count: z.number().int(),
  bytes: z.number(),
  folders: z.array(z.object({ folder: z.string(), count: z.number().int(), bytes: z.number() })),
  /** What the mailbox holds once all of it is back. */
  usedAfter: z.number(),
  limitBytes: z.number().nullable(),
})
export const Started = z.object({ id: z.uuid() })
export const STATES = ['queued', 'running', 'done', 'stopped', 'failed'] as const
export const Restore = z.object({
  id: z.uuid(),
  state: z.enum(STATES),
  total: z.number().int(),
  restored: z.number().int(),
  /** Not deleted any more when their turn came. */
  gone: z.number().int(),
  folders: z.array(z.object({ folder: z.string(), total: z.number().int(), restored: z.number().int(), gone: z.number().int() })),
  stopping: z.boolean(),
  /** The mail server does not answer just now. */
  waiting: z.boolean(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
})

export type DeletedMail = z.infer<typeof DeletedMail>
export type DeletedPage = z.infer<typeof DeletedPage>
export type DeletedCount = z.infer<typeof DeletedCount>
export type MassDeletion = z.infer<typeof MassDeletion>
export type Restore = z.infer<typeof Restore>
