import { z } from 'zod'

/** A mailbox of this site: the `addr-spec` of RFC 5322 without quoting or comments, folded to lower case. */
export const MailboxAddress = z
  .string()
  .max(254)
  .transform((text) => text.normalize('NFKC').toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/))
