import { z } from 'zod'
import { operation } from '#lib/platform/operation.ts'
import { maySet } from './policy.ts'
import { DecideRole, ListRoles, ProposeRole, RevokeRole, RoleState, SetSettings, SettingsState, ShowSettings } from './schema.ts'
import { decideRole, listRoles, proposeRole, revokeRole, setSettings, showSettings } from './service.ts'

export const showSettingsOperation = operation({
  name: 'settings.show',
  summary: 'What a site can set while the portal runs, what counts and who said so, and the last changes',
  method: 'GET',
  path: '/settings',
  input: ShowSettings,
  output: SettingsState,
  policy: maySet,
  audit: () => ({}),
  run: showSettings,
})

export const setSettingsOperation = operation({
  name: 'settings.set',
  summary: 'Set something, or let the environment count again; all of it or nothing',
  method: 'POST',
  path: '/settings',
  input: SetSettings,
  output: SettingsState,
  policy: maySet,
  stepUp: true,
  audit: ({ changes }) => ({ names: changes.map(({ name }) => name) }),
  run: setSettings,
})

export const listRolesOperation = operation({
  name: 'settings.list-roles',
  summary: 'Which group gives which role, what waits for a second person, and the last changes',
  method: 'GET',
  path: '/settings/roles',
  input: ListRoles,
  output: RoleState,
  policy: maySet,
  audit: () => ({}),
  run: listRoles,
})

export const proposeRoleOperation = operation({
  name: 'settings.propose-role',
  summary: 'Ask that a group shall give a role; somebody else approves it',
  method: 'POST',
  path: '/settings/roles',
  input: ProposeRole,
  output: z.object({ id: z.uuid() }),
  policy: maySet,
  stepUp: true,
  audit: ({ role, group, reason }) => ({ role, group, reason }),
  run: proposeRole,
})

export const decideRoleOperation = operation({
  name: 'settings.decide-role',
  summary: 'Approve what another administrator asks for, or withdraw it',
  method: 'POST',
  path: '/settings/roles/{id}/decision',
  input: DecideRole,
  output: z.object({}),
  policy: maySet,
  stepUp: ({ decision }) => decision === 'approve',
  audit: ({ id, decision }) => ({ id, decision }),
  run: decideRole,
})

export const revokeRoleOperation = operation({
  name: 'settings.revoke-role',
  summary: 'Let a group give a role no more, from the next request of every session on',
  method: 'POST',
  path: '/settings/roles/revocations',
  input: RevokeRole,
  output: z.object({}),
  policy: maySet,
  stepUp: true,
  audit: ({ role, group, reason }) => ({ role, group, reason }),
  run: revokeRole,
})
