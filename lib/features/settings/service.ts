import type { z } from 'zod'
import { isSignedIn, type SignedInActor } from '#lib/platform/actor.ts'
import type { Context } from '#lib/platform/context.ts'
import { fitting, keptForm, type SiteValues, underSite, wrongAmong } from '#lib/platform/env.ts'
import { AppError } from '#lib/platform/errors.ts'
import { log } from '#lib/platform/log.ts'
import { knownRoleGroups, type RoleGroup } from '#lib/platform/role-groups.ts'
import { GROUP_OF, kindOf, SITE_SETTING_NAMES, type SiteSetting } from '#lib/platform/site-setting-names.ts'
import { readSiteSettings, storedValues } from '#lib/platform/site-settings.ts'
import type { DecideRole, ProposeRole, RevokeRole, RoleChange, RoleState, SetSettings, Setting, SettingsState } from './schema.ts'
import * as store from './store.ts'

const SHOWN = 30

export async function showSettings({ db }: Context): Promise<SettingsState> {
  const [rows, stored, changes] = await Promise.all([store.settingsOf(db), storedValues(db), store.settingChanges(db, SHOWN)])
  const right = fitting(stored)
  const versions = new Map(rows.map(({ name, version }) => [name, version]))
  const known = changes.filter(({ change }) => change.name in GROUP_OF)
  return {
    settings: SITE_SETTING_NAMES.map((name) => toSetting(name, stored, right, versions.get(name) ?? 0)),
    changes: known.map(({ change: { id, name, before, after, changedBy: by, changedAt: at }, latest }) => ({
      ...{ id, name: name as SiteSetting, before, after, by, at, latest },
    })),
  }
}

function toSetting(name: SiteSetting, stored: SiteValues, right: SiteValues, version: number): Setting {
  const { choices, ...kind } = { choices: undefined, ...kindOf(name) }
  const [under, own] = [underSite(name), right[name]]
  const now = own === undefined ? under : { value: own, from: 'site' as const }
  const shape = { ...kind, ...(choices ? { choices: [...choices] } : {}) }
  return { name, group: GROUP_OF[name], ...shape, ...now, under, version, leftOut: name in stored && own === undefined }
}

/**
 * All of it or nothing. One after the other: what is set must fit to what else is set at that moment. This process follows at once,
 * the others when the database tells them.
 */
export async function setSettings(context: Context, { changes }: z.output<typeof SetSettings>): Promise<SettingsState> {
  const { db, audited } = context
  const { mailbox: changedBy } = person(context)
  await db.transaction(async (tx) => {
    await store.waitForTurn(tx)
    const rows = new Map((await store.settingsOf(tx)).map((row) => [row.name, row]))
    const stale = changes.filter(({ name, version }) => (rows.get(name)?.version ?? 0) !== version)
    if (stale.length > 0) throw new AppError('conflict', { fields: stale.map(({ name }) => name) })
    const wrong = wrongAmong(withChanges(fitting(await storedValues(tx)), changes))
    if (wrong.length > 0) throw new AppError('invalid_input', { fields: wrong })
    const set = changes.map(({ name, value, version }) => {
      const [before, after] = [rows.get(name)?.value ?? null, value === null ? null : keptForm(name, value)]
      return { name, before, after, version: version + 1 }
    })
    const real = set.filter(({ before, after }) => before !== after)
    for (const { version, ...change } of real) await store.putSetting(tx, version, { ...change, changedBy })
    audited.detail = {
      before: real.map(({ name, before }) => written(name, before)),
      after: real.map(({ name, after }) => written(name, after)),
    }
  })
  await readSiteSettings(db).catch((error) => log.warn({ error }, 'settings of the site not read'))
  return showSettings(context)
}

const written = (name: string, value: string | null) => (value === null ? name : `${name}=${value}`)

function withChanges(values: SiteValues, changes: z.output<typeof SetSettings>['changes']): SiteValues {
  const all = { ...values, ...Object.fromEntries(changes.map(({ name, value }) => [name, value ?? undefined])) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function person({ actor }: Pick<Context, 'actor'>): SignedInActor {
  if (!isSignedIn(actor)) throw new AppError('forbidden')
  return actor
}

/** Whether this administrator would be none any more without this group. */
const restsOn = (own: RoleGroup[], { role, group }: RoleGroup) =>
  role === 'admin' && !own.some((other) => other.role === 'admin' && other.group !== group)

export async function listRoles(context: Context): Promise<RoleState> {
  const { db } = context
  const { mailbox, sessionId } = person(context)
  const [known, own, waiting, decided] = await Promise.all([
    knownRoleGroups(db),
    store.ownRoles(db, sessionId),
    store.waitingRoles(db),
    store.decidedRoles(db, SHOWN),
  ])
  const toChange = ({ groupName: group, ...row }: (typeof waiting)[number]): RoleChange => ({ ...row, group, own: row.askedBy === mailbox })
  return {
    groups: known.map((each) => ({ ...each, ownAdmin: restsOn(own, each) })),
    waiting: waiting.map(toChange),
    changes: decided.map(toChange),
  }
}

export async function proposeRole(context: Context, { role, group, reason }: z.output<typeof ProposeRole>) {
  return context.db.transaction(async (tx) => {
    await store.waitForTurn(tx)
    const known = await knownRoleGroups(tx)
    if (known.some((each) => each.role === role && each.group === group)) throw new AppError('role_exists')
    const id = await store.proposeRole(tx, { role, group, reason, by: person(context).mailbox })
    if (!id) throw new AppError('role_exists')
    return { id }
  })
}

/** Its row is locked while it is decided: of two who decide at once, one does. Counts from the next sign-in of whoever is in the group. */
export async function decideRole(context: Context, { id, decision }: z.output<typeof DecideRole>) {
  const { db, audited } = context
  const { mailbox } = person(context)
  return db.transaction(async (tx) => {
    const change = await store.lockRoleChange(tx, id)
    if (!change) throw new AppError('not_found')
    if (change.state !== 'waiting') throw new AppError('conflict')
    const { role, groupName: group, askedBy } = change
    audited.detail = { role, group, askedBy }
    if (decision === 'approve' && askedBy === mailbox) throw new AppError('second_admin_needed')
    if (decision === 'approve') await store.putRoleGroup(tx, { role, group }, true)
    await store.settleRoleChange(tx, id, decision === 'approve' ? 'done' : 'withdrawn', mailbox)
    return {}
  })
}

/**
 * One person is enough, and it counts from the next request of every session. Whoever takes the role of administrator from a group
 * keeps the own one, so that there is always one left.
 */
export async function revokeRole(context: Context, { role, group, reason }: z.output<typeof RevokeRole>) {
  const { mailbox, sessionId } = person(context)
  return context.db.transaction(async (tx) => {
    await store.waitForTurn(tx)
    const known = await knownRoleGroups(tx)
    if (!known.some((each) => each.role === role && each.group === group)) throw new AppError('not_found')
    if (restsOn(await store.ownRoles(tx, sessionId), { role, group })) throw new AppError('own_admin_role')
    await store.putRoleGroup(tx, { role, group }, false)
    await store.noteRevocation(tx, { role, group, reason, by: mailbox })
    return {}
  })
}
