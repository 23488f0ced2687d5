import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Actor, describeActor, isSignedIn, type Role, type SignedInActor } from './actor.ts'
import { verificationOf } from './caller-verification.ts'
import type { Resources } from './context.ts'
import { env } from './env.ts'
import { AppError } from './errors.ts'
import type { HelpdeskAct } from './notices/kinds.ts'
import { tellAround } from './notices/tell-around.ts'
import { rolesOf } from './role-groups.ts'

export const DESK_ROLES = ['agent', 'supervisor'] as const satisfies Role[]
export type DeskRole = (typeof DESK_ROLES)[number]

/** What staff of the helpdesk may do to the mailbox of somebody else, and when. */
export interface StaffAccess<I> {
  roles: readonly DeskRole[]
  /** Only for a caller whom this member of staff has verified within the last hour (T45). */
  verified: boolean
  /** False: a change that touches nothing of the owner's, such as a step of the verification itself. */
  warrant?: false
  /** Not every input: app passwords can be suspended, never switched on. */
  when?: (input: I) => boolean
}

/** For a caller who was verified; a change asks for reason and ticket. */
export const DESK = { roles: DESK_ROLES, verified: true } as const

/** Why staff change something of somebody else's, and under which number; the owner reads both. */
export interface Warrant {
  reason: string
  ticket: string
}

const line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(least)
        .max(most)
        .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u),
    )
const Warrant = z.object({
  reason: line(4, 200),
  ticket: line(1, 50).refine((ticket) => new RegExp(env().TICKET_PATTERN, 'u').test(ticket)),
})

/** @throws AppError reason_needed, with the fields that are wrong */
export function warrantOf(given: unknown): Warrant {
  const parsed = Warrant.safeParse(given ?? {})
  if (parsed.success) return parsed.data
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')).filter(Boolean))]
  throw new AppError('reason_needed', { fields })
}

/** Staff at work on somebody else's mailbox; at their own they are its owner. */
export const actsAsStaff = (actor: Actor, mailbox: string): boolean => actor.kind === 'staff' && actor.mailbox !== mailbox

export const hasRole = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.kind === 'staff' && actor.roles.some((role) => roles.includes(role))

/** What can be told without asking anybody: the role, another's mailbox, and this input. */
export function isOpenToStaff<I>(access: StaffAccess<I> | undefined, actor: Actor, mailbox: string | undefined, input: I): boolean {
  if (!access || mailbox === undefined || !actsAsStaff(actor, mailbox)) return false
  return hasRole(actor, access.roles) && (access.when?.(input) ?? true)
}

/**
 * Whose mailbox it is, and whether the caller was verified: nobody acts on a peer or a higher role, and before the verification
 * nothing is shown or done (T45).
 * @throws AppError not_found, forbidden, caller_not_verified
 */
export async function expectStaffMay(
  { db, mail }: Resources,
  { verified }: { verified: boolean },
  actor: Actor,
  mailbox: string,
): Promise<void> {
  if (!isSignedIn(actor) && actor.kind !== 'apiKey') throw new AppError('forbidden')
  const account = await mail.directory.find(mailbox)
  if (!account || account.address !== mailbox) throw new AppError('not_found')
  if (await isOfStaff(db, account)) throw new AppError('forbidden')
  if (verified && !(await verificationOf(db, describeActor(actor).id, mailbox))) throw new AppError('caller_not_verified')
}

/** By the groups of the directory, or by those that the identity provider named at the last sign-in. */
export const isOfStaff = async (db: Resources['db'], { address, groups }: { address: string; groups: string[] }): Promise<boolean> =>
  (await rolesOf(db, groups)).length > 0 || (await lastSignedInAsStaff(db, address))

async function lastSignedInAsStaff(db: Resources['db'], mailbox: string): Promise<boolean> {
  const [row] = await db.execute<{ staff: boolean }>(
    sql`select cardinality(roles) > 0 as staff from sessions where mailbox = ${mailbox} order by created_at desc limit 1`,
  )
  return row?.staff ?? false
}

interface Act extends Warrant {
  operation: string
  actor: Actor
  mailbox: string
}

/** The owner hears of everything that staff changed, also when the portal dies before staff hear that it was done. */
export function tellingOwner<T>(db: Resources['db'], { operation, actor, mailbox, reason, ticket }: Act, run: () => Promise<T>) {
  const agent = (actor as SignedInActor).name
  return tellAround(db, { mailbox, params: { operation: operation as HelpdeskAct, agent, reason, ticket } }, run)
}
