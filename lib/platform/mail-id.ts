import { z } from 'zod'
import { arrivalOf } from '#lib/mail-core/queue-id.ts'

/** A long queue id of Postfix. */
export const MailId = z.string().refine((text) => arrivalOf(text) !== null)

/** What is looked for in a list of mails. */
export const SearchWords = z
  .string()
  .max(100)
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().regex(/^[^\p{Cc}\p{Cs}]+$/u))
