import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import type { SmsProvider } from './port.ts'

/** The demo's network: a text arrives at once, on the page /demo/phone. Readable by design, so refused elsewhere. */
export function outboxSms(database: Queryable): SmsProvider {
  return {
    async send({ to, body, reference }) {
      await database.execute(sql`
        insert into demo_phone_messages (id, to_number, body) values (${reference}, ${to}, ${body})
        on conflict (id) do nothing`)
      return { providerId: reference, state: 'delivered' }
    },
  }
}
