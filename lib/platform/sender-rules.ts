import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { senderLists, senderRules } from '#db/schema/sender-lists.ts'
import { atMost } from '#lib/mail-core/limit.ts'
import type { SenderVerdict } from '#lib/mail-core/sender-rules/port.ts'
import type { AuthorizedMailbox } from './actor.ts'
import type { Resources } from './context.ts'
import { AppError } from './errors.ts'
import { enqueue, type Jobs } from './jobs.ts'
import { log } from './log.ts'
import { noticeSender } from './notices/sender.ts'
import { barOf, readSender } from './sender-pattern.ts'

export const MOST_SENDER_RULES = 500
const TELL = 'sender-lists.tell'
const PAGE = 200

export interface SenderRule {
  /** An address or a domain, as a person writes it. */
  sender: string
  verdict: SenderVerdict
  /** Null, or left out: for good. */
  expiresAt?: Date | null
}

export interface PutSenderRules {
  /** Every sender that now stands on the list as asked. */
  put: string[]
  /** Of these, those that are new, and those that had the other verdict until now. */
  added: string[]
  turned: string[]
  /** As they were given: no sender, or none that this person may list (T27, T30). */
  refused: string[]
  /** False: it is saved, and the filter will be told as soon as it answers. */
  told: boolean
}

/**
 * Puts senders on a person's list; the next message obeys. A sender has one verdict: blocking takes it off the allowed.
 * @throws AppError `sender_limit` when it would be more than 500; then nothing is changed
 */
export async function putSenderRules(on: Resources, mailbox: AuthorizedMailbox, rules: SenderRule[]): Promise<PutSenderRules> {
  const { wanted, refused } = sortOut(mailbox, rules)
  if (wanted.size === 0) return { put: [], added: [], turned: [], refused, told: true }
  const before = await on.db.transaction(async (tx) => {
    await lockUntold(tx, mailbox)
    await tx.delete(senderRules).where(and(eq(senderRules.mailbox, mailbox), lte(senderRules.expiresAt, sql`now()`)))
    const standing = await verdictsOf(tx, mailbox)
    const size = new Set([...standing.keys(), ...wanted.keys()]).size
    if (size > MOST_SENDER_RULES)
      throw new AppError('sender_limit', { values: { most: MOST_SENDER_RULES, now: standing.size, over: size - MOST_SENDER_RULES } })
    await upsert(tx, mailbox, [...wanted.values()])
    await enqueueTelling(tx)
    return standing
  })
  const put = [...wanted.keys()]
  return {
    put,
    added: put.filter((sender) => !before.has(sender)),
    turned: put.filter((sender) => before.has(sender) && before.get(sender) !== wanted.get(sender)?.verdict),
    refused,
    told: await tellAtOnce(on, mailbox),
  }
}

export interface RemovedSenderRules {
  removed: { sender: string; verdict: SenderVerdict; expiresAt: Date | null }[]
  told: boolean
}

/** Takes senders off a person's list, whatever their verdict; the next message obeys. */
export async function removeSenderRules(on: Resources, mailbox: AuthorizedMailbox, senders: string[]): Promise<RemovedSenderRules> {
  const removed = await on.db.transaction(async (tx) => {
    await lockUntold(tx, mailbox)
    const { sender, verdict, expiresAt } = senderRules
    const gone = await tx
      .delete(senderRules)
      .where(and(eq(senderRules.mailbox, mailbox), inArray(sender, senders)))
      .returning({ sender, verdict, expiresAt })
    await enqueueTelling(tx)
    return gone
  })
  return { removed, told: await tellAtOnce(on, mailbox) }
}

/** The last of the same sender wins. */
function sortOut(mailbox: string, rules: SenderRule[]): { wanted: Map<string, SenderRule>; refused: string[] } {
  const wanted = new Map<string, SenderRule>()
  const refused: string[] = []
  const notices = noticeSender().address.toLowerCase()
  for (const rule of rules) {
    const read = readSender(rule.sender)
    if ('sender' in read && !barOf(read.sender, rule.verdict, { mailbox, notices }))
      wanted.set(read.sender, { ...rule, sender: read.sender })
    else refused.push(rule.sender)
  }
  return { wanted, refused }
}

/** The list's row is its lock. Whoever takes it is about to change the list, so that the filter has to be told. */
async function lockUntold(tx: Queryable, mailbox: string): Promise<void> {
  await tx
    .insert(senderLists)
    .values({ mailbox })
    .onConflictDoUpdate({ target: senderLists.mailbox, set: { toldAt: null } })
}

async function verdictsOf(tx: Queryable, mailbox: string): Promise<Map<string, SenderVerdict>> {
  const rows = await tx
    .select({ sender: senderRules.sender, verdict: senderRules.verdict })
    .from(senderRules)
    .where(and(eq(senderRules.mailbox, mailbox), or(isNull(senderRules.expiresAt), gt(senderRules.expiresAt, sql`now()`))))
  return new Map(rows.map(({ sender, verdict }) => [sender, verdict]))
}

/** Since when, and how often it was met, belongs to the verdict. */
async function upsert(tx: Queryable, mailbox: string, rules: SenderRule[]): Promise<void> {
  const ifTurned = (fresh: string, column: string) =>
    sql.raw(`case when sender_rules.verdict = excluded.verdict then sender_rules.${column} else ${fresh} end`)
  await tx
    .insert(senderRules)
    .values(rules.map(({ sender, verdict, expiresAt = null }) => ({ mailbox, sender, verdict, expiresAt })))
    .onConflictDoUpdate({
      target: [senderRules.mailbox, senderRules.sender],
      set: {
        verdict: sql`excluded.verdict`,
        expiresAt: sql`excluded.expires_at`,
        createdAt: ifTurned('now()', 'created_at'),
        lastHitAt: ifTurned('null', 'last_hit_at'),
        hits: ifTurned('0', 'hits'),
      },
    })
}

/** An untold list is what lasts; the job only comes sooner than the next round would. */
const enqueueTelling = (tx: Queryable) => enqueue(tx, TELL, {}, { key: TELL, queue: TELL })

// A filter that hangs must not hold all connections to the database.
const few = atMost(3)

/** False when the filter did not answer: the worker goes on trying. */
async function tellAtOnce(on: Resources, mailbox: string): Promise<boolean> {
  try {
    await few(() => tell(on, mailbox))
    return true
  } catch (error) {
    log.warn({ error }, 'a sender list will be told later')
    return false
  }
}

/** Under the lock, with what the table says by then: the filter never ends up with an older list. */
async function tell({ db, mail }: Resources, mailbox: string): Promise<void> {
  await db.transaction(async (tx) => {
    const ofMailbox = eq(senderLists.mailbox, mailbox)
    const [list] = await tx.select({ toldAt: senderLists.toldAt }).from(senderLists).where(ofMailbox).for('update')
    if (!list || list.toldAt) return
    await mail.senderRules.replace(mailbox, await verdictsOf(tx, mailbox))
    await tx.update(senderLists).set({ toldAt: sql`clock_timestamp()` }).where(ofMailbox)
  })
}

/** Takes off what has expired, looks whether the filter still knows what it was told, and tells it what it does not know. */
async function tellAll(on: Resources): Promise<void> {
  for (const mailbox of await mailboxesOf(on.db, lte(senderRules.expiresAt, sql`now()`))) await takeOffExpired(on, mailbox)
  if (await hasForgotten(on)) {
    log.warn({}, 'the filter has forgotten the sender lists and is told them again')
    await on.db.update(senderLists).set({ toldAt: null })
  }
  for (;;) {
    const untold = await on.db.select().from(senderLists).where(isNull(senderLists.toldAt)).limit(PAGE)
    if (untold.length === 0) return
    for (const { mailbox } of untold) await tell(on, mailbox)
  }
}

async function mailboxesOf(db: Queryable, where: ReturnType<typeof lte>): Promise<string[]> {
  const rows = await db.selectDistinct({ mailbox: senderRules.mailbox }).from(senderRules).where(where)
  return rows.map(({ mailbox }) => mailbox)
}

async function takeOffExpired({ db }: Resources, mailbox: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockUntold(tx, mailbox)
    await tx.delete(senderRules).where(and(eq(senderRules.mailbox, mailbox), lte(senderRules.expiresAt, sql`now()`)))
  })
}

/** A Redis that comes back empty, or older, does not know a rule of the list that it was told last. */
async function hasForgotten({ db, mail }: Resources): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [probe] = await tx
      .select({ mailbox: senderRules.mailbox, sender: senderRules.sender, verdict: senderRules.verdict })
      .from(senderLists)
      .innerJoin(senderRules, eq(senderRules.mailbox, senderLists.mailbox))
      .where(sql`${senderLists.toldAt} is not null and ${senderRules.expiresAt} is null`)
      .orderBy(sql`${senderLists.toldAt} desc`)
      .limit(1)
      .for('update', { of: senderLists, skipLocked: true })
    return probe !== undefined && (await mail.senderRules.verdictOf(probe.mailbox, probe.sender)) !== probe.verdict
  })
}

export const senderRuleJobs: Jobs = {
  tasks: { [TELL]: (_, on) => tellAll(on) },
  every: { [TELL]: 15 },
}
