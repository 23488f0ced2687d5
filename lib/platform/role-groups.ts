import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { roleGroups } from '#db/schema/settings.ts'
import { ROLES, type Role } from './actor.ts'
import { env } from './env.ts'

/** Whoever the identity provider has in this group has this role. */
export interface RoleGroup {
  role: Role
  group: string
}

/** As the environment and a session write it. The name of a group may hold an equals sign: a DN does. */
export const sourceOf = ({ role, group }: RoleGroup): string => `${role}=${group}`
const fromSource = (source: string): RoleGroup => {
  const end = source.indexOf('=')
  return { role: source.slice(0, end) as Role, group: source.slice(end + 1) }
}

export interface KnownRoleGroup extends RoleGroup {
  from: 'environment' | 'site'
}

/** Which groups give which role just now: those of the environment, and what administrators have granted and taken away since. */
export async function knownRoleGroups(db: Queryable): Promise<KnownRoleGroup[]> {
  const rows = await db.select().from(roleGroups)
  const ofSite = new Map(rows.map(({ role, groupName: group, granted }) => [sourceOf({ role, group }), granted]))
  const ofEnvironment = env().ROLE_GROUPS.filter((source) => ofSite.get(source) !== false)
  const granted = [...ofSite].filter(([source, granted]) => granted && !ofEnvironment.includes(source))
  return [
    ...ofEnvironment.map((source) => ({ ...fromSource(source), from: 'environment' as const })),
    ...granted.map(([source]) => ({ ...fromSource(source), from: 'site' as const })),
  ]
}

/** What these groups give. */
export async function givenTo(db: Queryable, groups: string[]): Promise<RoleGroup[]> {
  const known = await knownRoleGroups(db)
  return known.filter(({ group }) => groups.includes(group)).map(({ role, group }) => ({ role, group }))
}

/** In the order of ROLES, each once. */
export const rolesAmong = (given: RoleGroup[]): Role[] => ROLES.filter((role) => given.some((one) => one.role === role))

export const rolesOf = async (db: Queryable, groups: string[]): Promise<Role[]> => rolesAmong(await givenTo(db, groups))

interface Source {
  source: string
  /** What an administrator has decided about it; null: nothing. */
  granted: boolean | null
}

/** Of a session: what gave its roles, and what has been decided about that since, as of this very request. */
export const roleSources = sql<Source[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('source', s.source, 'granted', g.granted)), '[]')
  from unnest(sessions.role_sources) as s(source) left join role_groups g on g.role || '=' || g.group_name = s.source)`

/** A role that a group does not give any more is gone from the next request on. */
export const stillGiven = (sources: Source[]): RoleGroup[] =>
  sources.filter(({ source, granted }) => granted ?? env().ROLE_GROUPS.includes(source)).map(({ source }) => fromSource(source))
