import { z } from 'zod'

export const ListMessages = z.object({})

export const DemoMessage = z.object({
  id: z.uuid(),
  /** E.164. */
  to: z.string(),
  body: z.string(),
  at: z.date(),
})
export const MessageList = z.object({ messages: z.array(DemoMessage) })

export type DemoMessage = z.infer<typeof DemoMessage>
export type MessageList = z.infer<typeof MessageList>
