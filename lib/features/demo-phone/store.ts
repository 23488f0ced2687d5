import { desc } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { demoPhoneMessages } from '#db/schema/platform.ts'

export function newestMessages(db: Queryable, limit: number) {
  return db.select().from(demoPhoneMessages).orderBy(desc(demoPhoneMessages.createdAt), desc(demoPhoneMessages.id)).limit(limit)
}
