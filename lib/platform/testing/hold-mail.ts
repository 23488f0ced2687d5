import { randomInt } from 'node:crypto'
import { insertHeld, type NewHeld } from '#db/factories.ts'
import { queueIdOf } from '#lib/mail-core/queue-id.ts'
import type { Resources } from '../context.ts'

type Held = Omit<NewHeld, 'id' | 'arrival'> & {
  /** Milliseconds. */
  ago?: number
}

/** A mail that the filter stopped. Returns its id. */
export async function holdMail({ db }: Pick<Resources, 'db'>, { ago = 3_600_000, ...mail }: Held): Promise<string> {
  const arrival = (Date.now() - ago) * 1_000
  const id = queueIdOf(arrival, BigInt(randomInt(2 ** 47)))
  await insertHeld(db, { ...mail, id, arrival })
  return id
}
