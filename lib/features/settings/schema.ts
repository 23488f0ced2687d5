import { z } from 'zod'
import { ROLES } from '#lib/platform/actor.ts'
import { SETTING_GROUPS, SITE_SETTING_NAMES } from '#lib/platform/site-setting-names.ts'

const Line = (least: number, most: number, but = '') =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(
      z
        .string()
        .min(least)
        .max(most)
        .regex(new RegExp(`^[^\\p{Cc}\\p{Cf}\\p{Cs}${but}]+$`, 'u')),
    )

export const ShowSettings = z.object({})
export const SetSettings = z.object({
  changes: z
    .array(
      z.object({
        name: z.enum(SITE_SETTING_NAMES),
        /** As text; null: what the environment says counts again. */
        value: Line(1, 1_000).nullable(),
        /** As it was shown: whoever has seen another value sets nothing. */
        version: z.number().int().min(0),
      }),
    )
    .min(1)
    .max(SITE_SETTING_NAMES.length)
    .refine((changes) => new Set(changes.map(({ name }) => name)).size === changes.length),
})
export const ListRoles = z.object({})
const Role = z.enum(ROLES)
/** What parts the groups in the word of an identity provider cannot be in the name of one. */
const Group = Line(1, 200, ',;')
const Reason = Line(4, 200)
export const ProposeRole = z.object({ role: Role, group: Group, reason: Reason })
export const DecideRole = z.object({ id: z.uuid(), decision: z.enum(['approve', 'withdraw']) })
export const RevokeRole = z.object({ role: Role, group: Group, reason: Reason })

const count = z.number().int()
export const Setting = z.object({
  name: z.enum(SITE_SETTING_NAMES),
  group: z.enum(SETTING_GROUPS as [string, ...string[]]),
  kind: z.enum(['text', 'words', 'countries', 'pattern', 'number', 'choice']),
  choices: z.array(z.string()).optional(),
  min: count.optional(),
  max: count.optional(),
  unit: z.string().optional(),
  /** What counts, as text; empty: the site has none. */
  value: z.string(),
  from: z.enum(['site', 'environment', 'default']),
  /** What would count if the site had set nothing. */
  under: z.object({ value: z.string(), from: z.enum(['environment', 'default']) }),
  version: count,
  /** The site has set it, but beside what the environment says now it does not fit. */
  leftOut: z.boolean(),
})
export const SettingChange = z.object({
  id: count,
  name: z.enum(SITE_SETTING_NAMES),
  /** Null: what the environment says. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  by: z.string(),
  at: z.date(),
  /** Nothing has been set since, so it can be set back. */
  latest: z.boolean(),
})
export const SettingsState = z.object({ settings: z.array(Setting), changes: z.array(SettingChange) })

export const RoleChange = z.object({
  id: z.uuid(),
  kind: z.enum(['grant', 'revoke']),
  role: Role,
  group: z.string(),
  reason: z.string(),
  state: z.enum(['waiting', 'done', 'withdrawn']),
  askedBy: z.string(),
  askedAt: z.date(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  /** Asked for by whoever looks. */
  own: z.boolean(),
})
export const RoleState = z.object({
  groups: z.array(
    z.object({
      role: Role,
      group: z.string(),
      from: z.enum(['environment', 'site']),
      /** The own role of administrator of whoever looks rests on it alone. */
      ownAdmin: z.boolean(),
    }),
  ),
  waiting: z.array(RoleChange),
  /** Decided, the newest first. */
  changes: z.array(RoleChange),
})

export type Setting = z.infer<typeof Setting>
export type SettingChange = z.infer<typeof SettingChange>
export type SettingsState = z.infer<typeof SettingsState>
export type RoleChange = z.infer<typeof RoleChange>
export type RoleState = z.infer<typeof RoleState>
