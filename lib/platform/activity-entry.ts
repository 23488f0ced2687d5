import { z } from 'zod'

export const ActivityEntry = z.object({
  id: z.number().int(),
  reference: z.string(),
  at: z.date(),
  operation: z.string(),
  actor: z.object({ kind: z.enum(['user', 'staff', 'apiKey', 'system', 'anonymous']), name: z.string(), own: z.boolean() }),
  ip: z.string().nullable(),
  network: z.string().nullable(),
  browser: z.string(),
  system: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  /** `unknown`: it was begun, and nothing says how it ended. */
  outcome: z.enum(['done', 'refused', 'failed', 'unknown']),
  code: z.string().nullable(),
})
export type ActivityEntry = z.infer<typeof ActivityEntry>
