import type { Sql } from 'postgres'
import type { Delivered, Delivery, Letter } from '../delivery/port.ts'
import { MailCoreError } from '../errors.ts'
import { atMost } from '../limit.ts'
import { reasonOf } from '../trace/reply-reason.ts'
import { inBatches } from './batches.ts'
import { PART, readOctets } from './octets.ts'
import { change, isQueueId, type Key } from './store.ts'

interface Claim extends Key {
  sender: string
  attempts: number
  into: Letter['into']
  /** Null where it is so large that it waits for its turn, and is read then. */
  raw: Uint8Array | null
}

interface Settled extends Key {
  delivered: Delivered
}

const nameOf = ({ mailbox, id }: Key) => `${id} ${mailbox}`

/** Delivers mails that are `releasing`, as the port says. A crash in between leaves one claimed for a minute, then it is tried again. */
export function releaser(sql: Sql, delivery: Delivery): (key: Key) => Promise<boolean> {
  const claim = inBatches((keys: Key[]) => claimAll(sql, keys))
  const settle = inBatches((settled: Settled[]) => settleAll(sql, settled))
  const oneByOne = atMost(1)

  const deliver = ({ mailbox, id, sender, into }: Claim, raw: Uint8Array | null) => {
    if (!raw) throw new MailCoreError('not_found')
    return delivery.deliver({ releaseId: id, sender, mailbox, raw, queueId: id, into })
  }
  const deliverClaimed = (mail: Claim) =>
    mail.raw ? deliver(mail, mail.raw) : oneByOne(async () => deliver(mail, await readOctets(sql, mail.mailbox, mail.id)))

  return async (key) => {
    const mail = await claim(key)
    if (!mail) return false
    let delivered: Delivered
    try {
      delivered = await deliverClaimed(mail)
    } catch (error) {
      if (error instanceof MailCoreError && error.code === 'refused') {
        await holdAgain(sql, mail, error)
        return false
      }
      await giveBack(sql, mail)
      throw error
    }
    await settle({ ...key, delivered })
    return true
  }
}

/** By the place of its key; of one key several times, for the first alone. What somebody else is at, is passed over. */
async function claimAll(sql: Sql, keys: Key[]): Promise<(Claim | undefined)[]> {
  const wanted = keys.filter(({ id }) => isQueueId(id))
  const claims = await sql<Claim[]>`
    with due as materialized (
      select q.mailbox, q.queue_id from quarantine q
        join unnest(${wanted.map(({ mailbox }) => mailbox)}::text[], ${wanted.map(({ id }) => id)}::text[]) as wanted (mailbox, queue_id)
          on q.mailbox = wanted.mailbox and q.queue_id = wanted.queue_id
      where state = 'releasing' and (claimed_until is null or claimed_until <= now())
      for update of q skip locked)
    update quarantine q set claimed_until = now() + interval '60 seconds', attempts = attempts + 1
    from due where q.mailbox = due.mailbox and q.queue_id = due.queue_id
    returning q.mailbox, q.queue_id as id, sender, attempts,
      case when not passing then 'inbox' when allowed then 'welcome' else 'sorted' end as "into",
      case when size <= ${PART} then (select octets from quarantine_parts p where p.digest = q.digest) end as raw`
  const byName = new Map(claims.map((claim) => [nameOf(claim), claim]))
  return keys.map((key) => {
    const claim = byName.get(nameOf(key))
    byName.delete(nameOf(key))
    return claim
  })
}

async function settleAll(sql: Sql, settled: Settled[]): Promise<[]> {
  const places = new Map(settled.map((each) => [nameOf(each), each.delivered]))
  await change(sql, settled, {
    from: ['releasing'],
    to: (tx) => tx`state = 'released', settled_at = now(), claimed_until = null`,
    event: (key) => {
      const folder = places.get(nameOf(key))?.folder
      return { what: 'delivered', ...(folder ? { folder } : {}) }
    },
    lmtpSession: (key) => places.get(nameOf(key))?.lmtpSession,
    outcome: (passing) => (passing ? 'delivered' : 'released'),
  })
  return []
}

/** The person sees it again, and why. Somebody who has claimed it since may still deliver it. */
async function holdAgain(sql: Sql, { mailbox, id, attempts }: Claim, { status }: MailCoreError): Promise<void> {
  await change(sql, [{ mailbox, id }], {
    from: ['releasing'],
    where: (tx) => tx`attempts = ${attempts}`,
    to: (tx) => tx`state = 'held', claimed_until = null, passing = false`,
    event: { what: 'held', reason: reasonOf(status, ''), ...(status ? { status } : {}) },
    outcome: 'held',
  })
}

/** Tried again after 5 s, then after twice as long each time, up to a quarter of an hour. */
async function giveBack(sql: Sql, { mailbox, id, attempts }: Claim): Promise<void> {
  await sql`
    update quarantine set claimed_until = now() + least(interval '15 minutes', interval '5 seconds' * power(2, least(attempts, 10) - 1))
    where mailbox = ${mailbox} and queue_id = ${id} and state = 'releasing' and attempts = ${attempts}`
}
