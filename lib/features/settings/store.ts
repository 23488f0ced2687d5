import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { roleChanges, roleGroups, siteSettingChanges, siteSettings } from '#db/schema/settings.ts'
import { sessions } from '#db/schema/sso.ts'
import { type RoleGroup, roleSources, stillGiven } from '#lib/platform/role-groups.ts'

/** To the end of the transaction nobody else sets anything: values have to fit to each other, and an administrator has to remain. */
export const waitForTurn = async (tx: Queryable): Promise<void> =>
  void (await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('settings', 0))`))

export const settingsOf = (db: Queryable) => db.select().from(siteSettings)

interface Change {
  name: string
  before: string | null
  after: string | null
  changedBy: string
}

export async function putSetting(tx: Queryable, version: number, { name, after: value, ...rest }: Change): Promise<void> {
  await tx.insert(siteSettings).values({ name, value, version }).onConflictDoUpdate({ target: siteSettings.name, set: { value, version } })
  await tx.insert(siteSettingChanges).values({ name, after: value, ...rest })
}

/** The newest first. */
export const settingChanges = (db: Queryable, limit: number) =>
  db
    .select({
      change: siteSettingChanges,
      latest: sql<boolean>`not exists (select from site_setting_changes later
        where later.name = ${siteSettingChanges}.name and later.id > ${siteSettingChanges}.id)`,
    })
    .from(siteSettingChanges)
    .orderBy(desc(siteSettingChanges.id))
    .limit(limit)

type RoleChangeRow = typeof roleChanges.$inferSelect

export const waitingRoles = (db: Queryable): Promise<RoleChangeRow[]> =>
  db.select().from(roleChanges).where(eq(roleChanges.state, 'waiting')).orderBy(roleChanges.askedAt)

export const decidedRoles = (db: Queryable, limit: number): Promise<RoleChangeRow[]> =>
  db.select().from(roleChanges).where(ne(roleChanges.state, 'waiting')).orderBy(desc(roleChanges.decidedAt)).limit(limit)

type Asked = RoleGroup & { reason: string; by: string }

/** Undefined when it waits already. */
export async function proposeRole(tx: Queryable, { role, group, reason, by }: Asked): Promise<string | undefined> {
  const [row] = await tx
    .insert(roleChanges)
    .values({ kind: 'grant', role, groupName: group, reason, state: 'waiting', askedBy: by })
    .onConflictDoNothing()
    .returning({ id: roleChanges.id })
  return row?.id
}

/** To the end of the transaction it is nobody else's to decide. */
export async function lockRoleChange(tx: Queryable, id: string): Promise<RoleChangeRow | undefined> {
  const [row] = await tx.select().from(roleChanges).where(eq(roleChanges.id, id)).for('update')
  return row
}

export async function settleRoleChange(tx: Queryable, id: string, state: 'done' | 'withdrawn', by: string): Promise<void> {
  await tx
    .update(roleChanges)
    .set({ state, decidedBy: by, decidedAt: sql`now()` })
    .where(and(eq(roleChanges.id, id), eq(roleChanges.state, 'waiting')))
}

export async function putRoleGroup(tx: Queryable, { role, group: groupName }: RoleGroup, granted: boolean): Promise<void> {
  await tx
    .insert(roleGroups)
    .values({ role, groupName, granted })
    .onConflictDoUpdate({ target: [roleGroups.role, roleGroups.groupName], set: { granted } })
}

export async function noteRevocation(tx: Queryable, { role, group, reason, by }: Asked): Promise<void> {
  const decided = { state: 'done', decidedBy: by, decidedAt: sql`now()` } as const
  await tx.insert(roleChanges).values({ kind: 'revoke', role, groupName: group, reason, askedBy: by, ...decided })
}

/** Through which groups the session in use has its roles. */
export async function ownRoles(db: Queryable, sessionId: string): Promise<RoleGroup[]> {
  const [row] = await db.select({ sources: roleSources }).from(sessions).where(eq(sessions.id, sessionId))
  return stillGiven(row?.sources ?? [])
}
